package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code hosts}: which host names are cached. */
final class HostsIT {
    private static final View HOST =
            View.numberedAfter((request, response) -> response.getWriter().write(request.getServerName() + " "));

    private static Reply send(TestSite site, String version, String hostField) {
        try (RawClient client = site.client()) {
            client.write("GET /p " + version + "\r\n" + hostField + "\r\n");
            return client.read("GET");
        }
    }

    private static Reply get(TestSite site, String host) {
        return send(site, "HTTP/1.1", "Host: " + host + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop.test", "SHOP.test", "shop.test:80", "shop.test:8080", "shop.test.", "a.b.test"})
    void host_listed_isCached(String host) {
        try (TestSite site = TestSite.with()
                .param("hosts", "shop.test, .b.test")
                .page("/p", HOST)
                .start()) {
            assertEquals("pagecache; fwd=uri-miss; stored", get(site, host).one("Cache-Status"));
            assertTrue(get(site, host).isHit());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.test",
                "shop.test.evil.test",
                "www.shop.test",
                "notb.test",
                "127.0.0.1",
                "[::1]",
                "evil.test:80"
            })
    void host_notListed_goesPastTheCache(String host) {
        try (TestSite site = TestSite.with()
                .param("hosts", "shop.test, .b.test")
                .page("/p", HOST)
                .start()) {
            for (int i = 1; i <= 2; i++) {
                Reply reply = get(site, host);
                assertEquals("pagecache; fwd=bypass; detail=host", reply.one("Cache-Status"));
                assertTrue(reply.text().endsWith(" render " + i), reply::text);
            }
        }
    }

    /** With one name in the key for all hosts, a page made of a strange one would be everybody's. */
    @Test
    void host_notListedWithAuthority_neitherGetsNorGivesAPage() {
        try (TestSite site = TestSite.with()
                .param("hosts", "shop.test")
                .param("authority", "shop.test")
                .page("/p", View.numbered())
                .start()) {
            assertEquals("render 1", get(site, "evil.test").text());
            assertEquals("render 2", get(site, "shop.test").text());
            assertEquals("render 3", get(site, "evil.test").text());
            Reply hit = get(site, "shop.test.");
            assertEquals("render 2", hit.text());
            assertTrue(hit.isHit());
        }
    }

    /** A container takes the address of the connection where HTTP/1.0 gives no host. */
    @Test
    void host_missing_goesPastTheCache() {
        try (TestSite site =
                TestSite.with().param("hosts", "shop.test").page("/p", HOST).start()) {
            Reply reply = send(site, "HTTP/1.0", "");
            assertEquals("pagecache; fwd=bypass; detail=host", reply.one("Cache-Status"));
        }
    }

    /** Success of an unsafe method is success, whatever the host was called. */
    @Test
    void post_underAnotherName_stillRevokesThePageOfTheAuthority() {
        try (TestSite site = TestSite.with()
                .param("hosts", "shop.test")
                .param("authority", "shop.test")
                .page("/p", View.numbered())
                .start()) {
            get(site, "shop.test");
            assertTrue(get(site, "shop.test").isHit());
            try (RawClient client = site.client()) {
                client.write("POST /p HTTP/1.1\r\nHost: evil.test\r\nContent-Length: 0\r\n\r\n");
                assertEquals(200, client.read("POST").status());
            }
            assertFalse(get(site, "shop.test").isHit());
        }
    }
}
