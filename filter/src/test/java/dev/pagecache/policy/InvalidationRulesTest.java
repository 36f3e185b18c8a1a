package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.http.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which answers revoke what (RFC 9111 section 4.4). */
final class InvalidationRulesTest {
    private static final PagePolicy DEFAULTS = PolicyBuilder.defaults();
    private static final TargetUrl TARGET = new TargetUrl("http", "Example.COM", 80, "/target", "q=1");
    private static final String TARGET_NAME = "url:http://example.com:80/target?q=1";

    @ParameterizedTest
    @DisplayName("RFC 9110 section 9.2.1: what is not known to be safe is not")
    @CsvSource({
        "GET, true",
        "HEAD, true",
        "OPTIONS, true",
        "TRACE, true",
        "QUERY, true",
        "POST, false",
        "PUT, false",
        "DELETE, false",
        "PATCH, false",
        "CONNECT, false",
        "M-SEARCH, false",
        "get, false",
        "'', false"
    })
    void isSafe_method_isKnownByItsName(String method, boolean isSafe) {
        assertEquals(isSafe, InvalidationRules.isSafe(method));
    }

    @ParameterizedTest
    @DisplayName("RFC 9111 section 4.4: a non-error response is one of 2xx or 3xx")
    @CsvSource({
        "103, false",
        "199, false",
        "200, true",
        "204, true",
        "299, true",
        "303, true",
        "304, true",
        "399, true",
        "400, false",
        "404, false",
        "500, false",
        "599, false"
    })
    void revokes_status_isNoError(int status, boolean revokes) {
        assertEquals(revokes, InvalidationRules.revokes(status));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "http, example.com, 80, /p, -, url:http://example.com:80/p",
                "https, EXAMPLE.com, 8443, /p, -, url:https://example.com:8443/p",
                "http, [::1], 80, /, -, url:http://[::1]:80/",
                "http, a, 80, /P%2fq, -, url:http://a:80/P%2fq",
                "http, a, 80, /p, a=1&b=2, url:http://a:80/p?a=1&b=2",
                "http, a, 80, /p, '', url:http://a:80/p?",
                "http, a, 80, *, -, url:http://a:80*"
            })
    void urlName_request_isSpelledAsKeyed(
            String scheme, String host, int port, String path, @Nullable String query, String name) {
        TestRequest request = TestRequest.get()
                .withScheme(scheme)
                .withHost(host)
                .withPort(port)
                .withPath(path, "/mapped")
                .withQuery(query);
        assertEquals(name, InvalidationRules.urlName(request, DEFAULTS));
        assertEquals(Set.of(name), InvalidationRules.names(TargetUrl.of(request), DEFAULTS, List.of(), List.of()));
    }

    @Test
    void urlName_parts_areToldApart() {
        List<TestRequest> requests = new ArrayList<>();
        for (String scheme : List.of("http", "https")) {
            for (String host : List.of("a", "a.b", "[::1]", "80")) {
                for (int port : new int[] {8, 80, 808}) {
                    for (String path : List.of("/", "/p", "/P", "/p/", "//p", "/80", "/p%3F")) {
                        for (String query : new String[] {null, "", "p", "?", "p?"}) {
                            requests.add(TestRequest.get()
                                    .withScheme(scheme)
                                    .withHost(host)
                                    .withPort(port)
                                    .withPath(path, path)
                                    .withQuery(query));
                        }
                    }
                }
            }
        }
        Set<String> names = new HashSet<>();
        for (TestRequest request : requests) {
            assertTrue(names.add(InvalidationRules.urlName(request, DEFAULTS)), request::toString);
        }
    }

    @Test
    void urlName_siteWithAuthority_isOneForAllItsHosts() {
        PagePolicy policy = policy("site.example", HiddenInputs.NONE);
        TestRequest request = TestRequest.get("/p").withHost("node1").withPort(8081);
        assertEquals("url:http://site.example/p", InvalidationRules.urlName(request, policy));
    }

    /** One row, one reference; the rows of other forms wait for the resolution of RFC 3986 section 5. */
    @ParameterizedTest
    @DisplayName("RFC 9111 section 4.4: references to the same origin revoke, others do not")
    @CsvSource(
            nullValues = "-",
            value = {
                "/other, url:http://example.com:80/other",
                "/other?a=1, url:http://example.com:80/other?a=1",
                "/other?, url:http://example.com:80/other?",
                "/other#part, url:http://example.com:80/other",
                "/other?a=1#part?b, url:http://example.com:80/other?a=1",
                "/#, url:http://example.com:80/",
                "/, url:http://example.com:80/",
                "//elsewhere.test/other, -",
                "//elsewhere.test, -",
                "http://elsewhere.test/other, -",
                "https://example.com/other, -",
                "http://example.com:8080/other, -",
                "mailto:a@example.com, -",
                "'', -",
                "#part, -"
            })
    void names_reference_isRevokedOnTheSameOrigin(String reference, @Nullable String name) {
        Set<String> names = InvalidationRules.names(TARGET, DEFAULTS, List.of(reference), List.of());
        assertEquals(name == null ? List.of(TARGET_NAME) : List.of(TARGET_NAME, name), List.copyOf(names));
    }

    @Test
    @DisplayName("RFC 9875 section 3: groups are revoked besides")
    void names_referencesAndGroups_areAllThere() {
        Set<String> names = InvalidationRules.names(TARGET, DEFAULTS, List.of("/a", "/b", "/a"), List.of("g", "H"));
        assertEquals(
                List.of(
                        TARGET_NAME,
                        "url:http://example.com:80/a",
                        "url:http://example.com:80/b",
                        "tag:group:http://example.com:80#g",
                        "tag:group:http://example.com:80#H"),
                List.copyOf(names));
    }

    @Test
    void names_hiddenParameters_areNoPartOfThem() {
        PagePolicy policy = policy(null, new HiddenInputs(List.of("utm_*"), false, List.of()));
        Set<String> names = InvalidationRules.names(TARGET, policy, List.of("/a?utm_x=1&b=2", "/c?utm_x=1"), List.of());
        assertEquals(
                List.of(TARGET_NAME, "url:http://example.com:80/a?b=2", "url:http://example.com:80/c"),
                List.copyOf(names));
    }

    private static PagePolicy policy(@Nullable String authority, HiddenInputs hidden) {
        return new PagePolicy(
                "",
                "",
                authority,
                HostFilter.ALL,
                PathFilter.ALL,
                null,
                null,
                Set.of(200),
                List.of(),
                PagePolicy.Inputs.LEARNED,
                Set.of(),
                hidden,
                false,
                null,
                Set.of(),
                null,
                Duration.ZERO,
                Duration.ZERO,
                0,
                1,
                List.of(),
                List.of());
    }

    @Test
    @DisplayName("RFC 9875 section 2: a group is one of its origin")
    void tags_groups_areThoseOfTheOrigin() {
        TargetUrl url = new TargetUrl("https", "Example.com", 8443, "/p", null);
        Fields fields = Fields.of("cache-groups", "\"a\", \"b\"");
        assertEquals(
                List.of("group:https://example.com:8443#a", "group:https://example.com:8443#b", "own"),
                InvalidationRules.tags(List.of("own"), fields, url, PolicyBuilder.defaults()));
        List<String> own = List.of("own");
        assertSame(own, InvalidationRules.tags(own, Fields.of("X-A", "1"), url, PolicyBuilder.defaults()));
        assertSame(own, InvalidationRules.tags(own, Fields.of("Cache-Groups", "a"), url, PolicyBuilder.defaults()));
    }
}
