package dev.pagecache.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of an origin's responses is stored and comes back (RFC 9111 sections 3 and 4). */
final class StoringIT {
    private static final String FRESH = "Cache-Control: max-age=3600";

    /** In the future, so that it adds nothing to the age, whatever the clock says. */
    private static final String DATE = "Date: Sat, 06 Nov 2094 08:49:37 GMT";

    /** RFC 9111 section 3.1. */
    @Test
    void hit_afterAMiss_hasTheOriginsFieldsByteForByteAndAge() {
        OriginServer origin = OriginServer.answering(OriginServer.answer(
                "200 OK",
                "page",
                FRESH,
                DATE,
                "x-lower: a  b",
                "X-UPPER: \u00fc;=\"\\",
                "X-Several: 1",
                "X-Between: b",
                "X-Several: 2, 3",
                "Content-Foo: bar",
                "Content-Type: text/HTML; Charset=\"UTF-8\"; x=y",
                "Content-Location: /q",
                "Content-Security-Policy: default-src 'self'",
                "Strict-Transport-Security: max-age=1",
                "Last-Modified: Sat, 05 Nov 1994 08:49:37 GMT",
                "X-Frame-Options: DENY"));
        try (GatewaySite site = GatewaySite.conforming(origin)) {
            Reply miss = site.get("/p");
            assertTrue(miss.saysStored(), miss::toString);
            Reply hit = site.get("/p");
            assertTrue(hit.isHit(), hit::toString);
            assertEquals("page", hit.text());
            assertEquals(sorted(miss.originFields(), "Expires"), sorted(hit.originFields(), "Expires"));
            assertEquals(List.of("a  b"), hit.values("x-lower"));
            assertTrue(hit.lines().contains("x-lower: a  b"), hit::toString);
            assertTrue(hit.lines().contains("X-UPPER: \u00fc;=\"\\"), hit::toString);
            assertEquals(List.of("1", "2, 3"), hit.values("X-Several"));
            assertEquals("text/HTML; Charset=\"UTF-8\"; x=y", hit.one("Content-Type"));
            assertEquals(DATE.substring(6), hit.one("Date"));
            assertEquals("bar", hit.one("Content-Foo"));
            assertTrue(Long.parseLong(hit.one("Age")) >= 0, hit::toString);
            assertEquals(1, origin.requests().size());
        }
    }

    /** The container must not know better than the origin. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "text/plain",
                "text/xml",
                "application/xhtml+xml",
                "application/json",
                "image/png",
                "text/html;x=y",
                "text/html; charset=us-ascii",
                "text/plain;charset=iso-8859-1",
                "nonsense"
            })
    void contentType_ofAnyKind_isHandedOnAndStoredAsItIs(String type) {
        OriginServer origin =
                OriginServer.answering(OriginServer.answer("200 OK", "page", FRESH, "Content-Type: " + type));
        try (GatewaySite site = GatewaySite.conforming(origin)) {
            // Elsewhere, since the end of a POST revokes the pages of its URL once more, behind its answer.
            assertEquals(type, site.send("POST", "/other").one("Content-Type"));
            assertEquals(type, site.getStoredThenHit("/p").one("Content-Type"));
        }
    }

    /** RFC 9111 section 3.1, RFC 9110 section 7.6.1. */
    @Test
    void fields_ofTheConnection_areNeitherHandedOnNorStored() {
        OriginServer origin = OriginServer.answering(OriginServer.answer(
                "200 OK",
                "page",
                FRESH,
                "Connection: X-Hop, close",
                "connection: x-other",
                "X-Hop: 1",
                "X-OTHER: 2",
                "Keep-Alive: timeout=5",
                "Proxy-Connection: close",
                "TE: trailers",
                "Upgrade: foo",
                "X-Kept: 3"));
        try (GatewaySite site = GatewaySite.conforming(origin)) {
            Reply hit = site.getStoredThenHit("/p");
            for (String name :
                    List.of("Connection", "X-Hop", "X-Other", "Keep-Alive", "Proxy-Connection", "TE", "Upgrade")) {
                assertEquals(List.of(), hit.values(name), hit::toString);
            }
            assertEquals("3", hit.one("X-Kept"));
        }
    }

    @Test
    void setCookie_withTheConformingProfile_isStored() {
        try (GatewaySite site = GatewaySite.conforming(cookies())) {
            Reply hit = site.getStoredThenHit("/p");
            assertEquals(List.of("a=1; Path=/", "b=2"), hit.values("Set-Cookie"));
        }
    }

    @Test
    void setCookie_withTheDefaultProfile_forbidsStoring() {
        try (GatewaySite site = GatewaySite.start(cookies(), "default")) {
            Reply second = site.getNeverStored("/p");
            assertEquals(List.of("a=1; Path=/", "b=2"), second.values("Set-Cookie"));
        }
    }

    /** RFC 9111 section 3: any final status, also one that nobody has defined, with explicit freshness. */
    @ParameterizedTest
    @ValueSource(ints = {200, 203, 204, 299, 301, 302, 303, 307, 308, 400, 404, 410, 499, 500, 502, 503, 504, 599})
    void status_withExplicitFreshness_isStored(int status) {
        OriginServer origin = OriginServer.answering(
                OriginServer.answer(status + " x", status == 204 ? "" : "page", FRESH, "Location: /elsewhere"));
        try (GatewaySite site = GatewaySite.conforming(origin)) {
            Reply hit = site.getStoredThenHit("/p");
            assertEquals(status, hit.status());
            assertEquals("/elsewhere", hit.one("Location"));
        }
    }

    /** RFC 9111 section 4.2.3. */
    @Test
    void age_ofTheOrigin_isCountedOn() {
        OriginServer origin = OriginServer.answering(OriginServer.answer("200 OK", "page", FRESH, "Age: 1000"));
        try (GatewaySite site = GatewaySite.conforming(origin)) {
            assertTrue(Long.parseLong(site.getStoredThenHit("/p").one("Age")) >= 1000);
        }
    }

    /** RFC 9111 section 4.2.3. */
    @Test
    void age_beyondTheLifetime_meansStale() {
        AtomicInteger renders = new AtomicInteger();
        OriginServer origin = OriginServer.start((number, request, wire) ->
                wire.send(OriginServer.answer("200 OK", "page " + renders.incrementAndGet(), FRESH, "Age: 3600")));
        try (GatewaySite site = GatewaySite.conforming(origin)) {
            assertEquals("page 2", site.getNeverStored("/p").text());
        }
    }

    /** RFC 9111 section 5.3: Expires counts against the Date of the origin, whatever its clock says. */
    @Test
    void expires_againstTheOriginsDate_isTheLifetime() {
        OriginServer origin = OriginServer.answering(
                OriginServer.answer("200 OK", "page", DATE, "Expires: Sat, 06 Nov 2094 09:49:37 GMT"));
        try (GatewaySite site = GatewaySite.conforming(origin)) {
            String status = site.getStoredThenHit("/p").one("Cache-Status");
            int ttl = Integer.parseInt(status.substring(status.indexOf("ttl=") + 4));
            assertTrue(ttl > 0 && ttl <= 3600, status);
        }
    }

    /** RFC 9111 section 5.3. */
    @Test
    void expires_beforeTheOriginsDate_meansStale() {
        OriginServer origin = OriginServer.answering(
                OriginServer.answer("200 OK", "page", DATE, "Expires: Fri, 05 Nov 2094 08:49:37 GMT"));
        try (GatewaySite site = GatewaySite.conforming(origin)) {
            assertFalse(site.getNeverStored("/p").isHit());
        }
    }

    private static OriginServer cookies() {
        return OriginServer.answering(
                OriginServer.answer("200 OK", "page", FRESH, "Set-Cookie: a=1; Path=/", "Set-Cookie: b=2"));
    }

    private static List<String> sorted(List<String> lines, String without) {
        return lines.stream()
                .filter(line -> !line.startsWith(without + ":"))
                .sorted()
                .toList();
    }
}
