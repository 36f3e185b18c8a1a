package dev.pagecache.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A checker that lets everything pass would make the proof run green. */
final class CheckerTest {
    private static final Duration SLOW = Duration.ofSeconds(10);
    private static final long LATEST = 9;
    private static final String HIT = "pagecache; hit; ttl=3";

    private final Checker checker = new Checker(SLOW);

    private static Item item(Kind kind) {
        return new Item(0, kind, "a.example", "/p/1", "page=2", 100, 0);
    }

    private static Asked asked(Kind kind) {
        return new Asked(0, item(kind), "v1", "c1", -1, new Acks.Due(5, 4));
    }

    private static byte[] body(Identity identity) {
        return ProofBody.of(identity, 100);
    }

    private static byte[] body(long version) {
        return body(new Identity(Identity.SITE, "a.example", "/p/1", "page=2", "v1", "c1", version));
    }

    private static Answer answer(int status, byte[] body, boolean isWhole) {
        return new Answer(status, Map.of("cache-status", HIT), body, isWhole, 1_000);
    }

    private void assertWrong(Violation.@Nullable Type expected, Asked asked, Answer answer) {
        Violation violation = checker.check(asked, answer, LATEST);
        assertEquals(expected, violation == null ? null : violation.type());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            200, 7,  true,  etag,           '"a"',
            200, -1, true,  content-length, 500,
            200, 4,  true,  etag,           '"a"',        STALE_HERE
            200, 10, true,  etag,           '"a"',        FUTURE
            200, 7,  true,  etag,           '"a", "b"',   FIELDS
            200, 7,  false, etag,           '"a"',        CUT_OFF
            503, 7,  true,  etag,           '"a"',        STATUS
            """)
    void checkHead_isThePageOfItsEntityTag(
            int status, long version, boolean isWhole, String field, String value, Violation.@Nullable Type expected) {
        Asked asked = new Asked(0, item(Kind.HOT), "-", "-", version, new Acks.Due(5, 4));
        Answer answer = new Answer(status, Map.of("cache-status", HIT, field, value), new byte[0], isWhole, 1_000);
        Violation violation = checker.checkHead(asked, answer, LATEST);
        assertEquals(expected, violation == null ? null : violation.type());
    }

    /** The page asked for is the first row; each other row differs from it in one thing. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            shop,  a.example, /p/1, page=2, v1, c1,
            other, a.example, /p/1, page=2, v1, c1, FOREIGN_PAGE
            shop,  b.example, /p/1, page=2, v1, c1, FOREIGN_PAGE
            shop,  a.example, /p/2, page=2, v1, c1, FOREIGN_PAGE
            shop,  a.example, /p/1, page=3, v1, c1, FOREIGN_PAGE
            shop,  a.example, /p/1,       , v1, c1, FOREIGN_PAGE
            shop,  a.example, /p/1, page=2, v2, c1, FOREIGN_PAGE
            shop,  a.example, /p/1, page=2, -,  c1, FOREIGN_PAGE
            shop,  a.example, /p/1, page=2, v1, c2, OTHER_USER
            shop,  a.example, /p/1, page=2, v1, -,  OTHER_USER
            shop,  b.example, /p/1, page=2, v1, c2, FOREIGN_PAGE
            """)
    void check_page_mustBeTheOneAskedFor(
            String site,
            String host,
            String path,
            @Nullable String query,
            String variant,
            String user,
            Violation.@Nullable Type expected) {
        byte[] body = body(new Identity(site, host, path, query, variant, user, 7));
        assertWrong(expected, asked(Kind.HOT), answer(200, body, true));
    }

    /** Due are 5 here and 4 anywhere; the data have 9. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            9,
            5,
            4, STALE_HERE
            3, STALE_HERE
            10, FUTURE
            """)
    void check_version_mustNotBeOlderThanDue(long version, Violation.@Nullable Type expected) {
        assertWrong(expected, asked(Kind.HOT), answer(200, body(version), true));
    }

    @Test
    void check_versionOlderThanAnotherNodesChange_isStaleAnywhere() {
        Asked asked = new Asked(0, item(Kind.HOT), "v1", "c1", -1, new Acks.Due(2, 4));
        assertWrong(Violation.Type.STALE_ANYWHERE, asked, answer(200, body(3), true));
        assertWrong(null, asked, answer(200, body(4), true));
    }

    @ParameterizedTest
    @CsvSource({"7,", "3, STALE_HERE", "-1, STATUS"})
    void check_notModified_countsAsThePageHeld(long held, Violation.@Nullable Type expected) {
        Asked asked = new Asked(0, item(Kind.HOT), "v1", "c1", held, new Acks.Due(5, 4));
        assertWrong(expected, asked, answer(304, new byte[0], true));
    }

    @Test
    void check_bodyWithAnyByteChanged_isTorn() {
        byte[] right = body(7);
        for (int i = 0; i < right.length; i++) {
            byte[] wrong = right.clone();
            wrong[i] ^= 1;
            assertWrong(Violation.Type.TORN, asked(Kind.HOT), answer(200, wrong, true));
        }
    }

    @Test
    void check_bodyCutAnywhereOrLonger_isTorn() {
        byte[] right = body(7);
        for (int length = 0; length < right.length; length++) {
            assertWrong(Violation.Type.TORN, asked(Kind.HOT), answer(200, Arrays.copyOf(right, length), true));
        }
        assertWrong(Violation.Type.TORN, asked(Kind.HOT), answer(200, Arrays.copyOf(right, right.length + 1), true));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void check_answerCutOff_isForPagesThatFailOnly(Kind kind) {
        assertWrong(kind == Kind.FLAKY ? null : Violation.Type.CUT_OFF, asked(kind), answer(200, new byte[10], false));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            FLAKY, 500, pagecache; fwd=uri-miss,
            FLAKY, 503, pagecache; fwd=uri-miss,
            FLAKY, 500, pagecache; hit; ttl=3,   STATUS
            FLAKY, 500, pagecache; hit; ttl=-3,  STATUS
            FLAKY, 502, pagecache; fwd=uri-miss, STATUS
            FLAKY, 404, pagecache; fwd=uri-miss, STATUS
            HOT,   500, pagecache; fwd=uri-miss, STATUS
            HOT,   504, pagecache; fwd=uri-miss, STATUS
            HOT,   206, pagecache; hit; ttl=3,   STATUS
            """)
    void check_errors_areThoseOfPagesThatFail(
            Kind kind, int status, String cacheStatus, Violation.@Nullable Type expected) {
        Answer answer = new Answer(status, Map.of("cache-status", cacheStatus), new byte[0], true, 1_000);
        assertWrong(expected, asked(kind), answer);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            age,            0,
            age,            12,
            age,            -1,              FIELDS
            age,            '',              FIELDS
            age,            '1, 2',          FIELDS
            age,            1.5,             FIELDS
            age,            99999999999,     FIELDS
            content-length, 5,               FIELDS
            etag,           '"a", "b"',      FIELDS
            cache-status,   'x; hit, y; hit', FIELDS
            """)
    void check_fields_mayNotContradict(String name, String value, Violation.@Nullable Type expected) {
        Map<String, String> fields = new HashMap<>(Map.of("cache-status", HIT));
        fields.put(name, value);
        assertWrong(expected, asked(Kind.HOT), new Answer(200, fields, body(7), true, 1_000));
    }

    @Test
    void check_answerLaterThanTheBound_isSlow() {
        Map<String, String> fields = Map.of("cache-status", HIT);
        assertWrong(null, asked(Kind.HOT), new Answer(200, fields, body(7), true, SLOW.toNanos()));
        assertWrong(Violation.Type.SLOW, asked(Kind.HOT), new Answer(200, fields, body(7), true, SLOW.toNanos() + 1));
    }

    @ParameterizedTest
    @EnumSource(names = {"NEWCOMER", "PRIVATE"})
    void check_nameForOneOnly_isNotSaidTwice(Kind kind) {
        Asked asked = asked(kind);
        Identity identity = new Identity(Identity.SITE, "a.example", "/p/1", "page=2", "v1", "n17", 7);
        assertWrong(null, asked, answer(200, body(identity), true));
        assertWrong(null, asked, answer(200, body(identity.withUser("n18")), true));
        assertWrong(Violation.Type.REPEATED_NAME, asked, answer(200, body(identity), true));
    }

    @Test
    void violation_text_namesRequestAndAnswer() {
        Violation violation = checker.check(asked(Kind.HOT), answer(200, body(1), true), LATEST);
        assertNotNull(violation);
        String text = violation.toString();
        assertEquals("STALE_HERE", text.substring(0, text.indexOf(':')));
        assertEquals("shop a.example /p/1 ?page=2 v1 c1 1", text.substring(text.indexOf("shop ")));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            shop a.example /p/1 ?page=2 v1 c1 7
            shop a.example /p/1 - - - 0
            """)
    void identity_line_readsAsItWasWritten(String line) {
        Identity identity = Identity.parse(line);
        assertNotNull(identity);
        assertEquals(line, identity.line());
        assertEquals(identity, ProofBody.read(ProofBody.of(identity, 33)));
    }

    @ParameterizedTest
    @CsvSource({"''", "shop a.example /p/1 - - -", "shop a.example /p/1 - - - x", "shop a.example /p/1 - - - 1 2"})
    void identity_otherLines_areNone(String line) {
        assertNull(Identity.parse(line));
    }
}
