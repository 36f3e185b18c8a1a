package dev.pagecache.admin;

import static dev.pagecache.admin.AdminClient.BEARER;
import static dev.pagecache.admin.AdminClient.TOKEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.PageCaches;
import dev.pagecache.PageControl;
import dev.pagecache.servlet.Reply;
import dev.pagecache.servlet.TestSite;
import dev.pagecache.servlet.View;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The servlet by which operators purge, over a socket: what it does, and whom and what it refuses. */
final class AdminServletIT {
    private static final View TAGGED =
            View.numberedAfter((request, response) -> PageControl.of(request).tag("news", "sport"));

    private static TestSite.Builder site() {
        return AdminClient.site().page("/p", TAGGED).page("/q", View.numbered());
    }

    private static void assertKept(TestSite site) {
        Reply reply = site.get("/p");
        assertTrue(reply.isHit(), reply::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "tag=news, 1",
        "tag=other&tag=sport, 2",
        "url=/p, 1",
        "url=http%3A%2F%2Fsite.test%2Fp, 1",
        "prefix=/, 1",
        "prefix=/p&url=/q&tag=a, 3",
        "all=true, 1",
        "mode=hard&tag=news, 1"
    })
    void purge_thatMeansThePage_killsIt(String form, int count) {
        try (TestSite site = site().start()) {
            site.getStoredThenHit("/p");
            Reply answer = AdminClient.post(site, "/cache/purge", form);
            assertEquals(200, answer.status(), answer::toString);
            assertEquals("{\"purged\":" + count + ",\"shared\":true}\n", answer.text());
            assertEquals("application/json", answer.one("Content-Type"));
            assertTrue(answer.members("Cache-Control").contains("no-store"), answer::toString);
            assertEquals("render 2", site.get("/p").text());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tag=new", "tag=News", "url=/q", "url=/p?a", "prefix=/q", "prefix=/p/p"})
    void purge_thatMeansOthers_leavesThePage(String form) {
        try (TestSite site = site().start()) {
            site.getStoredThenHit("/p");
            assertEquals(200, AdminClient.post(site, "/cache/purge", form).status());
            assertKept(site);
        }
    }

    /** Who has no token learns nothing of whether he was near. */
    @Test
    void request_withoutOrWithWrongToken_getsTheSameAnswer() {
        try (TestSite site = site().start()) {
            site.getStoredThenHit("/p");
            Reply none = AdminClient.post(site, "/cache/purge", "all=true", "X: y");
            assertEquals(401, none.status());
            assertEquals("Bearer realm=\"pagecache\"", none.one("WWW-Authenticate"));
            for (String wrong : new String[] {
                "Authorization: Bearer " + TOKEN + "0",
                "Authorization: Bearer " + TOKEN.substring(1),
                "Authorization: Bearer",
                "Authorization: Basic " + TOKEN,
                BEARER + "\r\nAuthorization: Basic eDp5",
                "Cookie: token=" + TOKEN
            }) {
                Reply reply = AdminClient.post(site, "/cache/purge", "all=true", wrong);
                assertEquals(none.statusLine(), reply.statusLine(), wrong);
                assertEquals(none.text(), reply.text());
                assertEquals(none.fieldsWithout("Date"), reply.fieldsWithout("Date"));
            }
            for (String path : new String[] {"/cache/status", "/cache/purge", "/cache/none", "/cache/warm"}) {
                assertEquals(401, site.get(path).status(), path);
            }
            assertKept(site);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /cache/purge, POST",
        "HEAD, /cache/purge, POST",
        "PUT, /cache/purge, POST",
        "DELETE, /cache/purge, POST",
        "OPTIONS, /cache/purge, POST",
        "GET, /cache/warm, POST",
        "POST, /cache/status, 'GET, HEAD'"
    })
    void request_byAnotherMethod_purgesNothing(String method, String path, String allowed) {
        try (TestSite site = site().start()) {
            site.getStoredThenHit("/p");
            Reply reply = AdminClient.send(site, method, path, "", "application/x-www-form-urlencoded", BEARER);
            assertEquals(405, reply.status(), reply::toString);
            assertEquals(allowed, reply.one("Allow"));
            assertKept(site);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tag=*%0D%0AFLUSHALL%0D%0A           | tag: allowed are
            tag=news&tag=*%0D%0AFLUSHALL%0D%0A  | tag: allowed are
            all=true&tag=                       | tag: allowed are
            tag=*                               | tag: allowed are
            url=ftp://site.test/p               | URL: it begins neither
            url=/p%0D%0A                        | URL: it has a character
            prefix=/p?a                         | prefix: it has a query
            prefix=p                            | prefix: it begins neither
            tag=%zz                             | body: it has a percent sign
            all=1&tag=news                      | all: it is
            mode=gone&tag=news                  | mode: it is
            tgs=%3Cscript%3E                    | there is no field
            ''                                  | nothing is named
            """)
    void form_malformed_purgesNothing(String form, String hint) {
        try (TestSite site = site().start()) {
            site.getStoredThenHit("/p");
            Reply reply = AdminClient.post(site, "/cache/purge", form);
            assertEquals(400, reply.status(), reply::toString);
            assertTrue(reply.text().startsWith("{\"error\":\"" + hint), reply::toString);
            assertFalse(reply.text().contains("<"), reply::toString);
            assertFalse(reply.text().contains("FLUSHALL"), reply::toString);
            assertKept(site);
        }
    }

    @Test
    void form_tooLarge_purgesNothing() {
        try (TestSite site = site().start()) {
            site.getStoredThenHit("/p");
            String long64KiB = "tag=news&tag=" + "x".repeat(64 * 1024);
            assertEquals(413, AdminClient.post(site, "/cache/purge", long64KiB).status());
            assertEquals(
                    400,
                    AdminClient.post(site, "/cache/purge", "tag=news&".repeat(1_001))
                            .status());
            assertKept(site);
            assertEquals(
                    200,
                    AdminClient.post(site, "/cache/purge", "tag=news&".repeat(1_000))
                            .status());
        }
    }

    /** Its length is not known before it is read. */
    @Test
    void form_tooLargeInChunks_purgesNothing() {
        try (TestSite site = site().start();
                var client = site.client()) {
            site.getStoredThenHit("/p");
            String chunk = "tag=news&".repeat(1_000);
            client.write("POST /cache/purge HTTP/1.1\r\nHost: site.test\r\n" + BEARER
                    + "\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n");
            String size = Integer.toHexString(chunk.length());
            client.write((size + "\r\n" + chunk + "\r\n").repeat(8) + "0\r\n\r\n");
            assertEquals(413, client.read("POST").status());
            assertKept(site);
        }
    }

    @Test
    void form_inTheQueryOrOfAnotherType_purgesNothing() {
        try (TestSite site = site().start()) {
            site.getStoredThenHit("/p");
            assertEquals(
                    400,
                    AdminClient.post(site, "/cache/purge?all=true", "tag=a").status());
            for (String type : new String[] {"text/plain", "application/json", "multipart/form-data; boundary=x"}) {
                Reply reply = AdminClient.send(site, "POST", "/cache/purge", "all=true", type, BEARER);
                assertEquals(415, reply.status(), type);
            }
            assertKept(site);
        }
    }

    @Test
    void path_unknown_isNotFound() {
        try (TestSite site = site().start()) {
            for (String path : new String[] {"/cache/", "/cache/purge/", "/cache/x", "/cache"}) {
                assertEquals(404, AdminClient.post(site, path, "all=true").status(), path);
            }
        }
    }

    @Test
    void purge_behindAContextPath_isOfPathsWithIt() {
        try (TestSite site = site().contextPath("/app").start()) {
            site.getStoredThenHit("/app/p");
            AdminClient.post(site, "/app/cache/purge", "url=/p&prefix=/p");
            assertTrue(site.get("/app/p").isHit());
            AdminClient.post(site, "/app/cache/purge", "prefix=/app");
            assertEquals("render 2", site.get("/app/p").text());
        }
    }

    @Test
    void mapping_withoutStar_isEnough() {
        try (TestSite site = site().servlet("/purge", AdminServlet.class).start()) {
            site.getStoredThenHit("/p");
            assertEquals(200, AdminClient.post(site, "/purge", "all=true").status());
            assertEquals("render 2", site.get("/p").text());
        }
    }

    @Test
    void status_ofAPage_hasNumbersAndNothingOfRequests() {
        try (TestSite site = site().start()) {
            site.getStoredThenHit("/p?secret");
            site.send("POST", "/q", "Content-Length: 0");
            Reply status = site.get("/cache/status", BEARER);
            assertEquals(200, status.status());
            assertTrue(status.text().startsWith("{\"caches\":{\"default\":{\"hits\":1,"), status::toString);
            assertTrue(status.text().contains("\"reasons\":{\"method\":1,\"never-cache\":1}"), status::toString);
            assertTrue(status.text().contains("\"remoteReads\":\"none\""), status::toString);
            assertTrue(status.text().contains("\"purgesReach\":\"node\""), status::toString);
            for (String secret : new String[] {"secret", "/p", "site.test", TOKEN}) {
                assertFalse(status.text().contains(secret), secret);
            }
            assertFalse(site.get("/cache/status", BEARER).isHit(), "the status is never stored");
            Reply head = site.send("HEAD", "/cache/status", BEARER);
            assertEquals(200, head.status());
        }
    }

    @Test
    void purge_withoutAFilter_isUnavailable() {
        try (TestSite site = site().startPlain()) {
            assertEquals(503, AdminClient.post(site, "/cache/purge", "all=true").status());
            assertThrows(IllegalStateException.class, () -> PageCaches.of(site.context()));
        }
    }

    @Test
    void servlet_withoutToken_doesNotServe() {
        try (TestSite site = TestSite.with()
                .page("/p", TAGGED)
                .servlet("/cache/*", AdminServlet.class)
                .start()) {
            site.getStoredThenHit("/p");
            for (String fields :
                    new String[] {"X: y", "Authorization: Bearer ", "Authorization: Bearer none", BEARER}) {
                int status = AdminClient.post(site, "/cache/purge", "all=true", fields)
                        .status();
                assertTrue(status >= 400, () -> fields + " " + status);
            }
            assertKept(site);
        } catch (IllegalStateException e) {
            // A container may start servlets with the application, which then does not start.
            assertTrue(String.valueOf(e.getCause()).contains("admin.token"), () -> String.valueOf(e.getCause()));
        }
    }
}
