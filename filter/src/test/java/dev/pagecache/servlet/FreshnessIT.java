package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which lifetime wins, and which directives forbid storing (RFC 9111 sections 3 and 4.2, Django's table). */
final class FreshnessIT {

    @ParameterizedTest
    @CsvSource(textBlock = """
            90,     90
            90s,    90
            10m,    600
            2h,     7200
            PT10M,  600
            PT1H,   3600
            """)
    void timeout_unit_isRead(String timeout, long seconds) {
        try (TestSite site = TestSite.with()
                .param("timeout", timeout)
                .page("/p", View.numbered())
                .start()) {
            Reply hit = site.getStoredThenHit("/p");
            assertEquals("max-age=" + seconds, hit.one("Cache-Control"));
            assertTtl(seconds, hit);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            max-age=30,                          30,    max-age=30
            max-age=9999,                        9999,  max-age=9999
            'public, max-age=30',                30,    'max-age=30, public'
            'Max-Age=30',                        30,    max-age=30
            'max-age=030',                       30,    max-age=030
            """)
    void maxAge_declared_winsOverTimeoutAndIsKept(String cacheControl, long seconds, String sent) {
        View view = View.numbered("Cache-Control", cacheControl);
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            Reply hit = site.getStoredThenHit("/p");
            assertTtl(seconds, hit);
            assertEquals(sent, String.join(", ", hit.members("Cache-Control")));
        }
    }

    @Test
    void expires_besidesDeclaredMaxAge_isAddedAsDjangoDoes() {
        try (TestSite site = TestSite.with()
                .page("/p", View.numbered("Cache-Control", "max-age=30"))
                .start()) {
            Reply miss = site.get("/p");
            long lifetime =
                    Duration.between(miss.date("Date"), miss.date("Expires")).toSeconds();
            assertTrue(Math.abs(lifetime - 30) <= 1, miss::toString);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            'max-age=30, s-maxage=50',                 50
            's-maxage=50, max-age=90',                 50
            's-maxage=50',                             50
            'S-MAXAGE=50, MAX-AGE=30',                 50
            'max-age=30, ext="max-age=5"',             30
            'ext="private, no-store", max-age=30',     30
            'max-age=30, immutable, foo=bar',          30
            'must-revalidate, max-age=30',             30
            """)
    void sharedLifetime_declared_winsForStoring(String cacheControl, long seconds) {
        View view = View.numbered("Cache-Control", cacheControl);
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            assertTtl(seconds, site.getStoredThenHit("/p"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483647", "2147483648", "99999999999", "99999999999999999999999999"})
    void maxAge_huge_meansVeryLong(String seconds) {
        View view = View.numbered("Cache-Control", "max-age=" + seconds);
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            Reply hit = site.getStoredThenHit("/p");
            assertTrue(hit.ttl() > 2_000_000_000L, hit::toString);
        }
    }

    @Test
    void lifetimes_onSeveralLines_areOneList() {
        View view = View.numbered("Cache-Control", "max-age=30", "Cache-Control", "s-maxage=50");
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            assertTtl(50, site.getStoredThenHit("/p"));
        }
    }

    @Test
    void expires_declared_winsOverTimeoutAndIsKept() {
        String expires = httpDate(Instant.now().plusSeconds(120));
        try (TestSite site =
                TestSite.with().page("/p", View.numbered("Expires", expires)).start()) {
            Reply hit = site.getStoredThenHit("/p");
            assertTrue(hit.ttl() > 60 && hit.ttl() <= 121, hit::toString);
            assertEquals(expires, hit.one("Expires"));
        }
    }

    @Test
    void maxAge_besidesAnyExpires_wins() {
        String expires = httpDate(Instant.now().plusSeconds(1200));
        View view = (request, response) -> {
            response.setHeader("Cache-Control", "max-age=30");
            response.setHeader("Expires", request.getRequestURI().endsWith("bad") ? "0" : expires);
            response.getWriter().write("x");
        };
        try (TestSite site = TestSite.with().page("/p/*", view).start()) {
            assertTtl(30, site.getStoredThenHit("/p/bad"));
            Reply hit = site.getStoredThenHit("/p/good");
            assertTtl(30, hit);
            assertEquals(expires, hit.one("Expires"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "Thu, 01 Jan 1970 00:00:00 GMT", "soon", "Tue, 01 Jan 2999 00:00:00 UTC"})
    void expires_pastOrMalformed_isNotStored(String expires) {
        try (TestSite site =
                TestSite.with().page("/p", View.numbered("Expires", expires)).start()) {
            Reply reply = site.getNeverStored("/p");
            assertEquals(expires, reply.one("Expires"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "max-age=0",
                "max-age=00",
                "MAX-AGE=0",
                "max-age=abc",
                "max-age=-1",
                "max-age=1.5",
                "max-age='30'",
                "max-age=30s",
                "max-age=",
                "max-age",
                "s-maxage=0, max-age=60",
                "s-maxage=abc, max-age=60",
                "max-age = 30"
            })
    void maxAge_zeroOrMalformed_isServedUntouchedAndNotStored(String cacheControl) {
        try (TestSite site = TestSite.with()
                .page("/p", View.numbered("Cache-Control", cacheControl))
                .start()) {
            assertUntouched(List.of(cacheControl), site.getNeverStored("/p"));
        }
    }

    /** CVE-2026-8404 and CVE-2026-24472. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "private",
                "PRIVATE",
                "Private",
                "no-store",
                "NO-STORE",
                "No-Store",
                "no-cache",
                "NO-CACHE",
                "No-Cache",
                "max-age=60,private",
                "max-age=60 ,\tprivate ,",
                "public, private",
                "public, s-maxage=60, no-store",
                "private=\"X-Foo\"",
                "Private=\"x\", max-age=60",
                "no-cache=\"set-cookie\", max-age=60",
                "private=x",
                "no-store=\"\"",
                "ext=\"a\\\"b\", no-store"
            })
    void directive_forbidsStoring_pageIsUntouched(String cacheControl) {
        try (TestSite site = TestSite.with()
                .page("/p", View.numbered("Cache-Control", cacheControl))
                .start()) {
            assertUntouched(List.of(cacheControl), site.getNeverStored("/p"));
        }
    }

    @ParameterizedTest
    @CsvSource({"private,max-age=60", "max-age=60,no-store", "public,No-Cache", "'',private"})
    void directive_onAnotherLine_counts(String first, String second) {
        View view = View.numbered("Cache-Control", first, "Cache-Control", second);
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            site.getNeverStored("/p");
        }
    }

    @Test
    void timeout_origin_storesOnlyWhatDeclaresFreshness() {
        try (TestSite site = TestSite.with()
                .param("timeout", "origin")
                .page("/none", View.numbered())
                .page("/some", View.numbered("Cache-Control", "max-age=30"))
                .start()) {
            Reply none = site.getNeverStored("/none");
            assertFalse(none.has("Cache-Control") || none.has("Expires"), none::toString);
            assertTtl(30, site.getStoredThenHit("/some"));
        }
    }

    @Test
    void browserTimeout_set_isWhatClientsSee() {
        try (TestSite site = TestSite.with()
                .param("browserTimeout", "5")
                .page("/p", View.numbered())
                .start()) {
            Reply hit = site.getStoredThenHit("/p");
            assertTrue(hit.members("Cache-Control").contains("max-age=5"), hit::toString);
            assertTtl(600, hit);
        }
    }

    @ParameterizedTest
    @CsvSource({"shop,'shop; fwd=uri-miss; stored'", "off,"})
    void cacheStatus_name_isConfigured(String name, @Nullable String expected) {
        try (TestSite site = TestSite.with()
                .param("cacheStatus", name)
                .page("/p", View.numbered())
                .start()) {
            assertEquals(expected, site.get("/p").field("Cache-Status"));
            assertEquals("render 1", site.get("/p").text());
        }
    }

    private static void assertTtl(long seconds, Reply hit) {
        assertTrue(hit.ttl() <= seconds && hit.ttl() >= seconds - 5, () -> "ttl " + seconds + " expected: " + hit);
    }

    private static void assertUntouched(List<String> cacheControl, Reply reply) {
        assertEquals(200, reply.status());
        assertEquals(cacheControl.get(0).strip(), reply.one("Cache-Control"));
        assertFalse(reply.has("Expires") || reply.has("ETag") || reply.has("Age"), reply::toString);
    }

    private static String httpDate(Instant instant) {
        return DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
                .format(instant.atOffset(ZoneOffset.UTC));
    }
}
