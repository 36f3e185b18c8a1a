package dev.pagecache.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.PagePolicy.Feature;
import dev.pagecache.policy.PolicyBuilder;
import dev.pagecache.policy.TestRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages that answer whoever likes their language best, where fields are compared by meaning. */
final class LanguageWalkTest {
    private static final PagePolicy MEANING =
            new PolicyBuilder().feature(Feature.MEANING).build();
    private static final String[] GERMAN = {"Vary", "Accept-Language, Cookie", "Content-Language", "de"};

    private final TestEngine test = new TestEngine(TestEngine.LONG_WAIT);

    @AfterEach
    void engine_isSound() {
        test.assertSound();
    }

    private static TestRequest asking(String languages) {
        return TestRequest.get().with("Accept-Language", languages);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            de, en;q=0.5  | de
            en, de        | de
            en, DE;q=0.1  | de
            en, *         | de
            """)
    void page_inALanguageThatWasAskedFor_answersWhoLikesItBest(String asked, String other) {
        test.store(asking(asked), MEANING, "german", GERMAN);
        assertEquals("german", TestEngine.body(test.serve(asking(other), MEANING)));
    }

    /** A page may show what it was asked for; only who asks for the same shall see that. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            de, <script>      | de
            de;q=0, fr        | de
            fr                | de
            de;x=1            | de
            """)
    void page_inALanguageThatWasNotAskedFor_answersNobodyElse(String asked, String other) {
        test.store(asking(asked), MEANING, "evil", GERMAN);
        test.answer(test.render(asking(other), MEANING), asking(other), "good", GERMAN);
        assertEquals("good", TestEngine.body(test.serve(asking(other), MEANING)));
    }

    @Test
    void page_ofAnotherCookie_answersNobodyElse() {
        TestRequest alice = asking("de, en").with("Cookie", "user=alice");
        test.store(alice, MEANING, "alice", GERMAN);
        TestRequest bob = asking("de").with("Cookie", "user=bob");
        test.answer(test.render(bob, MEANING), bob, "bob", GERMAN);
        assertEquals("alice", TestEngine.body(test.serve(asking("de").with("Cookie", "user=alice"), MEANING)));
    }
}
