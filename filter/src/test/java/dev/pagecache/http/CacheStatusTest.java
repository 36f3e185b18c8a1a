package dev.pagecache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pagecache.http.CacheStatus.Forward;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class CacheStatusTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            true  |           | false | false | 593 |            | pagecache; hit; ttl=593
            true  |           | false | false | -5  | stale      | pagecache; hit; ttl=-5; detail=stale
            true  |           | false | false |     |            | pagecache; hit
            false | URI_MISS  | true  | false |     |            | pagecache; fwd=uri-miss; stored
            false | URI_MISS  | false | true  | 600 |            | pagecache; fwd=uri-miss; collapsed; ttl=600
            false | URI_MISS  | true  | true  | 600 | x          | pagecache; fwd=uri-miss; stored; collapsed; ttl=600; detail=x
            false | BYPASS    | false | false |     | set-cookie | pagecache; fwd=bypass; detail=set-cookie
            false | METHOD    | false | false |     |            | pagecache; fwd=method
            false | VARY_MISS | false | false |     |            | pagecache; fwd=vary-miss
            false | MISS      | false | false |     |            | pagecache; fwd=miss
            false | REQUEST   | false | false |     |            | pagecache; fwd=request
            false | STALE     | false | false |     |            | pagecache; fwd=stale
            false | PARTIAL   | false | false |     |            | pagecache; fwd=partial
            """)
    @DisplayName("RFC 9211 section 2: Cache-Status")
    void toFieldValue_status_isWritten(
            boolean isHit,
            @Nullable Forward forward,
            boolean isStored,
            boolean isCollapsed,
            @Nullable Long ttl,
            @Nullable String detail,
            String expected) {
        CacheStatus status = new CacheStatus(
                isHit, forward, 0, isStored, isCollapsed, ttl == null ? CacheStatus.NO_TTL : ttl, null, detail);

        assertEquals(expected, status.toFieldValue("pagecache"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            pagecache   ; pagecache
            *a          ; *a
            Zed         ; Zed
            ~{a~        ; "{a"
            ~[a~        ; "[a"
            ~a	b~      ; "a?b"
            a:b/c       ; a:b/c
            My Cache    ; "My Cache"
            ~a;b~       ; ~"a;b"~
            9cache      ; "9cache"
            a"b\\c      ; "a\\"b\\\\c"
            grün        ; "gr?n"
            ~~          ; ""
            """)
    @DisplayName("RFC 9651 sections 3.3.3 and 3.3.4: token, else string")
    void toFieldValue_nameAndDetail_areItems(String text, String item) {
        CacheStatus status = new CacheStatus(true, null, 0, false, false, CacheStatus.NO_TTL, null, text);

        assertEquals(item + "; hit; detail=" + item, status.toFieldValue(text));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("RFC 9211 section 2.2: fwd")
    void token_forward_isItsNameInLowerCase(Forward forward) {
        assertEquals(forward.name().toLowerCase(Locale.ROOT).replace('_', '-'), forward.token());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            a digest  | {ab}:c | pagecache; fwd=stale; fwd-status=304; stored; key="{ab}:c"
            quotes    | "      | pagecache; fwd=stale; fwd-status=304; stored; key="\\""
            """)
    @DisplayName("RFC 9211 sections 2.3 and 2.7: the status of the next hop, and the key as a string")
    void toFieldValue_statusAndKey(String sentence, String key, String expected) {
        CacheStatus status =
                CacheStatus.forwarded(Forward.STALE, true, null).withKey(key).withForwardStatus(304);
        assertEquals(expected, status.toFieldValue("pagecache"), sentence);
        assertEquals(
                "pagecache; hit; ttl=5; key=\"k\"",
                CacheStatus.hit(5).withKey("k").toFieldValue("pagecache"));
    }
}
