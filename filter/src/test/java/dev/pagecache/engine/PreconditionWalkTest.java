package dev.pagecache.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.pagecache.engine.Step.Unsatisfiable;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.PolicyBuilder;
import dev.pagecache.policy.Reason;
import dev.pagecache.policy.TestRequest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that a stored page answers or nothing that is stored: those with preconditions, and those with ranges. */
final class PreconditionWalkTest {
    private static final TestRequest GET = TestRequest.get();
    private static final PagePolicy DEFAULTS = PolicyBuilder.defaults();

    private final TestEngine test = new TestEngine(TestEngine.LONG_WAIT);

    @AfterEach
    void assertSound() {
        test.assertSound();
    }

    @ParameterizedTest
    @CsvSource({"If-Match, PRECONDITION", "If-Unmodified-Since, PRECONDITION"})
    @DisplayName("RFC 9110 section 13.2.2: a fresh page is there to be compared, and none is made")
    void open_fieldOfStoredPagesOnly_servesOrRendersUnstored(String name, Reason reason) {
        TestRequest request = GET.with(name, "x");
        Rendering miss = test.render(request, DEFAULTS);
        assertEquals(reason, miss.notStored());
        assertNull(test.answer(miss, request, "part"));

        test.store(GET, DEFAULTS, "page");
        assertEquals("page", TestEngine.body(test.serve(request, DEFAULTS)));
    }

    @ParameterizedTest
    @CsvSource({"If-Match", "If-Unmodified-Since", "Range"})
    @DisplayName("RFC 5861 section 3: it gets the stale page too, and renews nothing")
    void open_staleWithinTheWindow_servesWithoutRenewing(String name) {
        PagePolicy policy =
                new PolicyBuilder().staleWhileRevalidate(Duration.ofMinutes(1)).build();
        test.store(GET, policy, "old");
        test.clock.advance(Duration.ofSeconds(610));
        assertEquals("old", TestEngine.body(test.serve(GET.with(name, "x"), policy)));
        test.answer(test.renew(GET, policy).rendering(), GET, "new");
        assertEquals("new", TestEngine.body(test.serve(GET, policy)));
    }

    @ParameterizedTest
    @CsvSource({"If-Match", "If-Unmodified-Since", "Range"})
    @DisplayName("RFC 9111 section 5.2.1.7: only-if-cached goes nowhere")
    void open_onlyIfCachedOnMiss_isUnsatisfiable(String name) {
        PagePolicy honor = new PolicyBuilder().honorDirectives().build();
        TestRequest request = GET.with(name, "x").with("Cache-Control", "only-if-cached");
        assertEquals(new Unsatisfiable(), test.open(request, honor));
    }
}
