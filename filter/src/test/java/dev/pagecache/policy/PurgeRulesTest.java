package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.policy.PageNames.Kinds;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is meant by a URL, a prefix or a tag that somebody wants to be purged. */
final class PurgeRulesTest {
    private static final PagePolicy DEFAULTS = PolicyBuilder.defaults();
    private static final PagePolicy SITE =
            new PolicyBuilder().site("shop").authority("shop.example").build();

    private static List<String> list(String names) {
        return List.of(names.split(" \\| ", -1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '^', textBlock = """
            http://example.com/p                 ^ url:http://example.com:80/p
            HTTP://Example.COM/p                 ^ url:http://example.com:80/p
            https://example.com/p                ^ url:https://example.com:443/p
            https://example.com:/p               ^ url:https://example.com:443/p
            http://example.com:8080/p            ^ url:http://example.com:8080/p
            http://example.com                   ^ url:http://example.com:80/
            http://example.com?q                 ^ url:http://example.com:80/?q
            http://example.com/p?                ^ url:http://example.com:80/p?
            http://example.com/p?b=2&a=1         ^ url:http://example.com:80/p?b=2&a=1
            http://example.com/p?a=/../;?        ^ url:http://example.com:80/p?a=/../;?
            http://example.com/P%2fq/%C3%A4      ^ url:http://example.com:80/P%2fq/%C3%A4
            http://example.com//p//              ^ url:http://example.com:80//p//
            http://example.com/p/                ^ url:http://example.com:80/p/
            http://example.com/[a]|...           ^ url:http://example.com:80/[a]|...
            http://a_b-c.d~/p                    ^ url:http://a_b-c.d~:80/p
            http://[2001:DB8::1]:81/             ^ url:http://[2001:db8::1]:81/ | url:http://2001:db8::1:81/
            """)
    void url_absolute_isSpelledAsRequestsAre(String url, String names) {
        assertEquals(list(names), List.copyOf(PurgeRules.url(url, DEFAULTS)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            http://node1:8080/p?q   ; url:http://shop.example/p?q
            https://shop.example/p  ; url:https://shop.example/p
            https://[::1]/p         ; url:https://shop.example/p
            /p?q                    ; url:http://shop.example/p?q | url:https://shop.example/p?q
            /                       ; url:http://shop.example/ | url:https://shop.example/
            """)
    void url_siteWithAuthority_isOneOfIt(String url, String names) {
        assertEquals(list(names), List.copyOf(PurgeRules.url(url, SITE)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            http://a/p?utm_x=1&b=2&a=1  ; url:http://a:80/p?a=1&b=2
            http://a/p?utm_x=1          ; url:http://a:80/p
            """)
    void url_hiddenParameters_areHiddenAndTheRestIsSorted(String url, String names) {
        PagePolicy policy = new PolicyBuilder()
                .hidden(new HiddenInputs(List.of("utm_*"), true, List.of()))
                .build();
        assertEquals(list(names), List.copyOf(PurgeRules.url(url, policy)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            /                        ; path:/ | path:*
            /a                       ; path:/a | path:*
            /a/                      ; path:/a | path:*
            /a//                     ; path:/a | path:*
            /a/b                     ; path:/a/b | path:*
            /a//b                    ; path:/a//b | path:*
            /%61                     ; path:/%61 | path:*
            http://Example.com       ; path:http://example.com:80/ | path:*
            https://example.com/a/   ; path:https://example.com:443/a | path:*
            http://[::1]/a           ; path:http://[::1]:80/a | path:http://::1:80/a | path:*
            """)
    void prefix_path_endsAtASegment(String prefix, String names) {
        assertEquals(list(names), List.copyOf(PurgeRules.prefix(prefix, DEFAULTS)));
    }

    @Test
    void prefix_ofASite_isOneOfIt() {
        assertEquals(Set.of("path:shop /a", "path:shop *"), PurgeRules.prefix("/a", SITE));
        assertEquals(
                Set.of("path:shop http://shop.example/a", "path:shop *"), PurgeRules.prefix("http://node1/a", SITE));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', delimiter = '^', textBlock = """
            ~~                       ^ begins neither with a slash nor with http
            p                        ^ begins neither with a slash nor with http
            ftp://a/p                ^ begins neither with a slash nor with http
            //a/p                    ^ begins with two slashes
            http:/a                  ^ begins neither with a slash nor with http
            http://                  ^ host or port
            http:///p                ^ host or port
            http://:80/p             ^ host or port
            http://u:p@a/p           ^ host or port
            http://a:0/p             ^ host or port
            http://a:65536/p         ^ host or port
            http://a:99999999999/p   ^ host or port
            http://a:8x/p            ^ host or port
            http://a:-1/p            ^ host or port
            http://[::1/p            ^ host or port
            http://[]/p              ^ host or port
            http://[::1]x/p          ^ host or port
            http://a*b/p             ^ host or port
            http://a/p#f             ^ fragment
            http://a/ p              ^ printable ASCII
            http://a/ä               ^ printable ASCII
            http://ä/                ^ printable ASCII
            http://a/p%              ^ percent
            http://a/p%2             ^ percent
            http://a/p%g0            ^ percent
            http://a/p%0g            ^ percent
            http://a/p;v=1           ^ parameters
            http://a/p\\q            ^ backslash
            http://a/../p            ^ dots
            http://a/b/..            ^ dots
            http://a/./b             ^ dots
            http://a/%2e%2E/b        ^ dots
            http://a/.%2e/b          ^ dots
            """)
    void purge_oddText_isRefusedByItsRule(String text, String rule) {
        for (String what : List.of("URL", "prefix")) {
            String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> {
                        Set<String> names =
                                what.equals("URL") ? PurgeRules.url(text, DEFAULTS) : PurgeRules.prefix(text, DEFAULTS);
                        assertTrue(names.isEmpty(), names::toString);
                    })
                    .getMessage());
            assertTrue(message.startsWith(what + ": ") && message.contains(rule), message);
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "9", "10", "13", "127", "128", "8232"})
    void purge_controlCharacters_areRefused(int character) {
        String text = "http://a/p" + (char) character;
        assertThrows(IllegalArgumentException.class, () -> PurgeRules.url(text, DEFAULTS));
        assertThrows(IllegalArgumentException.class, () -> PurgeRules.prefix(text, DEFAULTS));
    }

    @Test
    void url_withoutHost_isRefusedWhereNoneIsKnown() {
        String message =
                String.valueOf(assertThrows(IllegalArgumentException.class, () -> PurgeRules.url("/p", DEFAULTS))
                        .getMessage());
        assertTrue(message.contains("authority"), message);
    }

    @ParameterizedTest
    @CsvSource({"/a?q, query", "/a?, query", "/a%2Fb, encoded slash", "/a%2fb, encoded slash", "/%C3%2f, encoded slash"
    })
    void prefix_whatHasNoOneMeaning_isRefused(String prefix, String rule) {
        String message =
                String.valueOf(assertThrows(IllegalArgumentException.class, () -> PurgeRules.prefix(prefix, DEFAULTS))
                        .getMessage());
        assertTrue(message.contains(rule), message);
    }

    @Test
    void purge_longText_isRefused() {
        String host = "h".repeat(255);
        String url = "https://" + host + ":65535/" + "p".repeat(8191);
        assertEquals(Set.of("url:" + url), PurgeRules.url(url, DEFAULTS));
        assertThrows(IllegalArgumentException.class, () -> PurgeRules.url(url + "pppp", DEFAULTS));
        assertThrows(IllegalArgumentException.class, () -> PurgeRules.url("http://h" + host + "/", DEFAULTS));
        assertThrows(IllegalArgumentException.class, () -> PurgeRules.prefix("/" + "p".repeat(9000), DEFAULTS));
    }

    @Test
    void tag_andAll_areOfTheSite() {
        assertEquals(Set.of("tag:news"), PurgeRules.tag("news", DEFAULTS));
        assertEquals(Set.of("tag:shop group:x"), PurgeRules.tag("group:x", SITE));
        assertEquals(Set.of("all:"), PurgeRules.all(DEFAULTS));
        assertEquals(Set.of("all:shop"), PurgeRules.all(SITE));
        for (String tag : List.of("", "a b", "a#b", "*", "t".repeat(129))) {
            assertThrows(IllegalArgumentException.class, () -> PurgeRules.tag(tag, DEFAULTS), tag);
        }
    }

    @Test
    void softlyAndRefreshing_areKindsOfNames() {
        assertEquals(Set.of("soft:path:/a", "soft:path:*"), PurgeRules.softly(PurgeRules.prefix("/a", DEFAULTS)));
        assertEquals(Set.of("refresh:tag:x"), PurgeRules.refreshing(Set.of("tag:x")));
    }

    /** What is purged is a page: the names made of text meet those that are made of requests. */
    @Test
    void purge_names_areThoseOfTheRequestsMeant() {
        TestRequest request =
                TestRequest.get("/a/b%20c/").withHost("Example.com").withQuery("x=1&y=%2F");
        for (PagePolicy policy : List.of(DEFAULTS, SITE)) {
            for (Set<String> purge : List.of(
                    PurgeRules.url("http://EXAMPLE.com:80/a/b%20c/?x=1&y=%2F", policy),
                    PurgeRules.prefix("/a", policy),
                    PurgeRules.prefix("/", policy),
                    PurgeRules.prefix("/a/b%20c", policy),
                    PurgeRules.prefix("http://example.com/a/b%20c/", policy),
                    PurgeRules.tag("news", policy),
                    PurgeRules.all(policy))) {
                assertTrue(isPurged(request, policy, purge), purge::toString);
            }
            for (Set<String> purge : List.of(
                    PurgeRules.url("http://example.com/a/b%20c/?x=1", policy),
                    PurgeRules.url("http://example.com/a/b%20c?x=1&y=%2F", policy),
                    PurgeRules.prefix("/a/b", policy),
                    PurgeRules.prefix("https://example.com/a", policy),
                    PurgeRules.tag("new", policy),
                    PurgeRules.all(new PolicyBuilder().site("other").build()),
                    PurgeRules.softly(PurgeRules.all(policy)))) {
                assertFalse(isPurged(request, policy, purge), purge::toString);
            }
        }
        TestRequest deep = TestRequest.get("/s".repeat(40));
        assertTrue(isPurged(deep, DEFAULTS, PurgeRules.prefix("/elsewhere", DEFAULTS)));
        assertTrue(isPurged(deep, DEFAULTS, PurgeRules.prefix("/s".repeat(35), DEFAULTS)));
    }

    private static boolean isPurged(TestRequest request, PagePolicy policy, Set<String> purge) {
        return PageNames.of(request, policy).any(List.of("news"), Kinds.ALL, purge::contains);
    }
}
