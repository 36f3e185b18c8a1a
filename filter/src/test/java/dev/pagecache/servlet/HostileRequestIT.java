package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests made to break keys, rules and framing. */
final class HostileRequestIT {

    /** Web cache deception: no spelling of a private path makes its page come out for another user. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/q",
                "/q;jsessionid=ABC",
                "/q;.css",
                "/q;/p/a.css",
                "/q?.css",
                "/q?/p/a.css",
                "/p/../q",
                "/p/./../q",
                "/p/x/../../q",
                "/p/%2e%2e/q",
                "/p/..;/q",
                "//q",
                "/q/",
                "/q%2f",
                "/q%00.css",
                "/q%3F.css",
                "/q%3B.css",
                "/%71",
                "/q%0d%0aX",
                "/Q",
                "/q#.css",
                "http://site.test/q",
                "http://site.test/q;.css",
                "*"
            })
    void privatePage_underAnySpelling_isGivenToNobodyElse(String target) {
        try (TestSite site = deception().start()) {
            Reply alice = site.get(target, "X-User: alice");
            Reply mallory = site.get(target, "X-User: mallory");

            assertFalse(mallory.text().contains("alice"), mallory::toString);
            assertFalse(alice.saysStored() && alice.text().contains("alice"), alice::toString);
            assertFalse(site.get("/q").text().contains("alice"));
        }
    }

    /** The cache accepts and refuses what the container does, and keeps spellings apart. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/p/a;x=1/b",
                "//p/a",
                "/p//a",
                "/p/./a",
                "/p/x/../a",
                "/p/a%2Fb",
                "/p/a%00",
                "/p/a%0d%0aX",
                "/p/a%3Fb",
                "/p/a%3Bx",
                "/p/%61",
                "/p/%c3%a9",
                "/p/a?x=1;y=2",
                "/p/a?x=%zz",
                "/p/a?x=%E9",
                "/p/a?x=%00",
                "/p/a?x=%0d%0aSet-Cookie:a=1",
                "/p/a?<script>",
                "/p/a#f",
                "/p/é",
                "http://other.test/p/a",
                "http://site.test/p/a",
                "/p/%2e%2e/%2e%2e/q"
            })
    void target_odd_isAnsweredAsWithoutTheCache(String target) {
        View view = View.numberedAfter((request, response) -> response.getWriter()
                .write(request.getRequestURI() + "|" + request.getPathInfo() + "|" + request.getQueryString() + "|"));
        TestSite.Builder builder = TestSite.with().page("/p/*", view);
        try (TestSite site = builder.start();
                TestSite plain = builder.startPlain()) {
            site.get("/p/a");
            plain.get("/p/a");
            Reply expected = plain.get(target);
            Reply reply = site.get(target);
            assertEquals(expected.statusLine(), reply.statusLine());
            if (expected.status() == 200 && site.renders("/p/*") == 2) {
                assertEquals(expected.text(), reply.text());
            }
            Reply again = site.get(target);
            assertEquals(expected.statusLine(), again.statusLine());
            site.getHit("/p/a|/a|null|render 1", "/p/a");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Host: a.test\r\nHost: b.test", "Host: a b", "Host: a.test:99999999"})
    void host_missingOrTwice_storesNothingForOthers(String host) {
        View view =
                View.numberedAfter((request, response) -> response.getWriter().write(request.getServerName() + " "));
        try (TestSite site = TestSite.with().page("/p", view).start();
                RawClient client = site.client()) {
            client.write("GET /p HTTP/1.1\r\n" + (host.isEmpty() ? "" : host + "\r\n") + "\r\n");
            Reply odd = client.read("GET");
            // Tomcat takes a port as it comes.
            boolean isServed = odd.status() == 200 && host.endsWith(":99999999");
            assertTrue(odd.status() == 400 || isServed, odd::toString);
            assertEquals(
                    "site.test render " + (isServed ? 2 : 1), site.get("/p").text());
        }
    }

    @Test
    void http10_withoutHost_getsAPageOfItsOwn() {
        View view =
                View.numberedAfter((request, response) -> response.getWriter().write(request.getServerName() + " "));
        try (TestSite site = TestSite.with().page("/p", view).start();
                RawClient client = site.client()) {
            client.write("GET /p HTTP/1.0\r\n\r\n");
            String local = client.read("GET").text();
            assertTrue(local.equals("127.0.0.1 render 1") || local.equals("localhost render 1"), local);
            assertTrue(client.isAtEnd());
            assertEquals("site.test render 2", site.get("/p").text());
        }
    }

    @Test
    void http10_warm_getsTheStoredPageAndAnEnd() {
        try (TestSite site = TestSite.with().page("/p", View.numbered()).start();
                RawClient client = site.client()) {
            site.get("/p");
            client.write("GET /p HTTP/1.0\r\nHost: site.test\r\n\r\n");
            Reply reply = client.read("GET");
            assertEquals("render 1", reply.text());
            assertTrue(reply.isHit() && reply.isComplete() && client.isAtEnd(), reply::toString);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Content-Length: 3          | abc
            Transfer-Encoding: chunked | 3+abc+0++
            """)
    void get_withBody_passesByAndLeavesTheConnectionClean(String field, String body) {
        View view = View.numberedAfter((request, response) -> response.getWriter()
                .write(new String(request.getInputStream().readAllBytes(), StandardCharsets.US_ASCII) + " "));
        try (TestSite site = TestSite.with().page("/p", view).start();
                RawClient client = site.client()) {
            client.write(RawClient.head("GET", "/p", field) + body.replace("+", "\r\n"));
            Reply fat = client.read("GET");
            assertEquals("abc render 1", fat.text());
            assertFalse(fat.saysStored(), fat::toString);
            assertEquals(" render 2", client.send("GET", "/p").text());
        }
    }

    /** A body that nobody reads must not be taken for the next request. */
    @Test
    void get_withUnreadBody_onWarmPage_fillsNothingUnderAnotherKey() {
        try (TestSite site = TestSite.with().page("/*", View.numbered()).start();
                RawClient client = site.client()) {
            site.getStoredThenHit("/p");
            String smuggled = RawClient.head("GET", "/admin");
            client.write(RawClient.head("GET", "/p", "Content-Length: " + smuggled.length()) + smuggled);
            Reply fat = client.read("GET");
            assertFalse(fat.isHit() || fat.saysStored(), fat::toString);
            assertEquals("render 1", site.get("/p").text());
            assertEquals("render 3", site.get("/admin").text());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "Get", "head", "FOO", "TRACE2"})
    void method_unknownOrInOtherLetters_passesBy(String method) {
        try (TestSite site = TestSite.with().page("/p", View.numbered()).start()) {
            site.getStoredThenHit("/p");
            Reply first = site.send(method, "/p");
            Reply second = site.send(method, "/p");
            assertFalse(first.isHit() || first.saysStored() || second.isHit(), first::toString);
            assertEquals("render 3", second.text());
        }
    }

    /** CVE-2024-46982: nothing in a request turns caching on. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cache-Control: public, max-age=60",
                "Cache-Control: only-if-cached",
                "X-Cache: hit",
                "Cache-Status: pagecache; hit",
                "Surrogate-Control: max-age=60",
                "CDN-Cache-Control: max-age=60",
                "X-HTTP-Method-Override: GET",
                "Vary: X-A"
            })
    void requestField_asksForCaching_changesNothing(String field) {
        View view = View.numbered("Cache-Control", "no-store");
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            assertEquals(200, site.getNeverStored("/p", field).status());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Cache-Control: no-cache", "Cache-Control: max-age=0", "Pragma: no-cache"})
    void requestField_asksForARender_changesNothingByDefault(String field) {
        try (TestSite site = TestSite.with().page("/p", View.numbered()).start()) {
            site.getStoredThenHit("/p");
            site.getHit("render 1", "/p", field);
        }
    }

    @Test
    void responseField_withLineBreaks_isTheSameOnHitAndMiss() {
        View view = View.numbered("X-Evil", "a\r\nSet-Cookie: sid=1\r\n\r\nbody");
        TestSite.Builder builder = TestSite.with().page("/p", view);
        try (TestSite site = builder.start();
                TestSite plain = builder.startPlain()) {
            assertEquals(plain.get("/p").one("X-Evil"), site.get("/p").one("X-Evil"));
            Reply second = site.get("/p");
            assertEquals(plain.get("/p").one("X-Evil"), second.one("X-Evil"));
            assertFalse(second.has("Set-Cookie"), second::toString);
        }
    }

    /** Fields that belong to one connection are not for the next client. */
    @Test
    void hopByHopFields_ofTheResponse_areNotReplayed() {
        View view = View.numbered("Connection", "X-Hop", "X-Hop", "1", "Keep-Alive", "timeout=5", "X-Keep", "1");
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            site.get("/p");
            Reply second = site.get("/p");
            if (second.isHit()) {
                assertFalse(second.has("X-Hop") || second.has("Keep-Alive"), second::toString);
                assertEquals("1", second.one("X-Keep"));
            }
        }
    }

    @Test
    void keys_ofOneHashCode_areAllTheirOwnPages() {
        List<String> names = new ArrayList<>(List.of(""));
        for (int i = 0; i < 6; i++) {
            List<String> longer = new ArrayList<>();
            for (String name : names) {
                longer.add(name + "Aa");
                longer.add(name + "BB");
            }
            names = longer;
        }
        View view = (request, response) -> response.getWriter().write(path(request));
        try (TestSite site = TestSite.with().page("/*", view).start();
                RawClient client = site.client()) {
            Set<Integer> codes = new HashSet<>();
            for (int round = 0; round < 2; round++) {
                for (String name : names) {
                    codes.add(name.hashCode());
                    assertEquals("/" + name, client.send("GET", "/" + name).text());
                }
            }
            assertEquals(1, codes.size());
            assertEquals(64, site.renders("/*"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {7_000, 9_000, 20_000})
    void url_long_isNeverAnsweredWithAnothersPage(int length) {
        View view = (request, response) -> response.getWriter().write(path(request));
        try (TestSite site = TestSite.with().page("/*", view).start()) {
            String stem = "/" + "a".repeat(length);
            for (int round = 0; round < 2; round++) {
                for (String end : List.of("1", "2")) {
                    Reply reply = site.get(stem + end);
                    assertEquals(stem + end, reply.text());
                    assertTrue(length < 8192 || !reply.isHit(), "a URL of more than 8 KiB passes by");
                }
            }
        }
    }

    @Test
    void host_long_isNeverStored() {
        try (TestSite site = TestSite.with().page("/p", View.numbered()).start()) {
            String host = "Host: " + "a.".repeat(150) + "test";
            site.get("/p", host);
            Reply second = site.get("/p", host);
            assertFalse(second.isHit(), second::toString);
        }
    }

    private static String path(HttpServletRequest request) {
        return request.getRequestURI();
    }

    private static TestSite.Builder deception() {
        View secret = (request, response) -> {
            response.setHeader("Cache-Control", "private");
            response.getWriter().write("secret of " + request.getHeader("X-User"));
        };
        View open = (request, response) -> response.getWriter().write("open to all");
        return TestSite.with().param("inputs", "declared").page("/q", secret).page("/p/*", open);
    }
}
