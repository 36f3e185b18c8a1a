package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Groups of pages (RFC 9875), and keys that are shown (RFC 9211 section 2.7), over a real connection. */
final class GroupsIT {
    private static final View CHANGE = (request, response) -> {
        response.setHeader("Cache-Group-Invalidation", "\"news\", \"unknown\"");
        response.setStatus(204);
    };

    @Test
    @DisplayName("RFC 9875 section 3: an answer to an unsafe method makes the groups that it names out of date")
    void group_invalidated_allItsPagesAreRenderedAnew() {
        try (TestSite site = TestSite.with()
                .page("/in", View.numbered("Cache-Groups", "\"news\", \"sport\""))
                .page("/out", View.numbered("Cache-Groups", "\"sport\""))
                .page("/none", View.numbered())
                .page("/change", CHANGE)
                .start()) {
            for (String path : List.of("/in", "/out", "/none")) {
                site.getStoredThenHit(path);
            }
            assertEquals(204, site.send("POST", "/change").status());
            assertEquals("render 2", site.get("/in").text());
            site.getHit("render 1", "/out");
            site.getHit("render 1", "/none");
            site.getHit("render 2", "/in");
        }
    }

    @Test
    @DisplayName("RFC 9875 section 3: not an answer to a safe method")
    void group_namedByASafeAnswer_isUntouched() {
        try (TestSite site = TestSite.with()
                .page("/in", View.numbered("Cache-Groups", "\"news\""))
                .page("/change", CHANGE)
                .start()) {
            site.getStoredThenHit("/in");
            assertEquals(204, site.send("GET", "/change").status());
            site.getHit("render 1", "/in");
        }
    }

    @Test
    @DisplayName("RFC 9875 section 2: not the group of that name of another origin")
    void group_ofAnotherOrigin_isUntouched() {
        try (TestSite site = TestSite.with()
                .page("/in", View.numbered("Cache-Groups", "\"news\""))
                .page("/change", CHANGE)
                .start()) {
            site.getStoredThenHit("/in");
            RawClient client = site.client();
            client.write("POST /change HTTP/1.1\r\nHost: other.test\r\nContent-Length: 0\r\n\r\n");
            assertEquals(204, client.read("POST").status());
            client.close();
            site.getHit("render 1", "/in");
        }
    }

    @Test
    @DisplayName("RFC 9211 section 2.7: the key is shown where it is asked for")
    void key_shown_isTheSameOnMissAndHit() {
        try (TestSite site = TestSite.with()
                .param("cacheStatus.key", "true")
                .page("/p", View.numbered())
                .start()) {
            String miss = site.get("/p").cacheStatus();
            String hit = site.get("/p").cacheStatus();
            assertTrue(miss.matches("pagecache; fwd=uri-miss; stored; key=\"\\{[\\w-]{43}}\""), miss);
            assertTrue(hit.matches("pagecache; hit; ttl=\\d+; key=\"\\{[\\w-]{43}}\""), hit);
            assertEquals(miss.substring(miss.indexOf("key=")), hit.substring(hit.indexOf("key=")));
        }
        try (TestSite site = TestSite.with().page("/p", View.numbered()).start()) {
            assertFalse(site.get("/p").cacheStatus().contains("key="));
        }
    }
}
