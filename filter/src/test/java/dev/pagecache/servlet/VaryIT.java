package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Variants of one URL (RFC 9111 section 4.1), and what Django's cache still gets wrong about them. */
final class VaryIT {

    @Test
    void variants_ofOneUrl_liveSideBySide() {
        try (TestSite site = varying("X-A").start()) {
            assertEquals("X-A=1 render 1", site.get("/p", "X-A: 1").text());
            Reply second = site.get("/p", "X-A: 2");
            assertEquals("X-A=2 render 2", second.text());
            assertTrue(second.saysStored(), second::toString);
            site.getHit("X-A=1 render 1", "/p", "X-A: 1");
            Reply hit = site.getHit("X-A=2 render 2", "/p", "X-A: 2");
            assertEquals("X-A", hit.one("Vary"));
        }
    }

    @Test
    void variant_missing_isCalledVaryMiss() {
        try (TestSite site = varying("X-A").start()) {
            assertEquals(
                    "pagecache; fwd=uri-miss; stored", site.get("/p", "X-A: 1").cacheStatus());
            assertEquals(
                    "pagecache; fwd=vary-miss; stored", site.get("/p", "X-A: 2").cacheStatus());
        }
    }

    @Test
    void field_notListed_countsForNothing() {
        try (TestSite site = varying("X-A").start()) {
            site.get("/p", "X-A: 1", "User-Agent: one", "X-B: 1");

            site.getHit("X-A=1 render 1", "/p", "User-Agent: two", "X-A: 1", "X-B: 2");
            site.getHit("X-A=1 render 1", "/p", "x-a: 1");
        }
    }

    /** CVE-2026-113593. */
    @Test
    void field_absentOrEmpty_areTwoVariants() {
        try (TestSite site = varying("X-A").start()) {
            assertEquals("X-A=null render 1", site.get("/p").text());
            assertEquals("X-A= render 2", site.get("/p", "X-A:").text());
            site.getHit("X-A=null render 1", "/p");
            site.getHit("X-A= render 2", "/p", "X-A:");
        }
    }

    @Test
    void values_thatJoinToTheSameText_areTwoVariants() {
        try (TestSite site = varying("X-A, X-B").start()) {
            assertEquals(
                    "X-A=1, X-B=2 render 1", site.get("/p", "X-A: 1", "X-B: 2").text());
            for (String[] fields : List.of(
                    new String[] {"X-A: 12"},
                    new String[] {"X-B: 12"},
                    new String[] {"X-A: 2", "X-B: 1"},
                    new String[] {"X-A: 1X-B=2"},
                    new String[] {"X-A: 1,X-B=2"})) {
                assertFalse(site.get("/p", fields).isHit(), () -> String.join(" ", fields));
            }
            assertEquals(6, site.renders("/p"));
        }
    }

    @Test
    void lines_ofOneField_areOneList() {
        try (TestSite site = varying("X-A").start()) {
            site.get("/p", "X-A: 1", "X-A: 2");

            assertTrue(site.get("/p", "X-A: 1", "X-A: 2").isHit());
            assertFalse(site.get("/p", "X-A: 2", "X-A: 1").isHit());
            assertFalse(site.get("/p", "X-A: 1").isHit());
        }
    }

    @Test
    void vary_onSeveralLinesWithPadding_isOneList() {
        View view = (request, response) -> {
            response.addHeader("Vary", " X-A ,\t");
            response.addHeader("Vary", ",x-b");
            reflect(request, response, "X-A", "X-B");
        };
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            assertEquals(
                    "X-A=1, X-B=1 render 1", site.get("/p", "X-A: 1", "X-B: 1").text());
            assertEquals(
                    "X-A=1, X-B=2 render 2", site.get("/p", "X-A: 1", "X-B: 2").text());
            assertEquals(
                    "X-A=2, X-B=1 render 3", site.get("/p", "X-A: 2", "X-B: 1").text());
            site.getHit("X-A=1, X-B=1 render 1", "/p", "X-A: 1", "X-B: 1");
        }
    }

    /** CVE-2026-6907 and CVE-2026-48587. */
    @ParameterizedTest
    @ValueSource(strings = {"*", " * ", "\t*", "*, *", ", *", "*,", "Accept, *", "*,Accept", "Accept , * , X-A"})
    void vary_star_isNotStored(String vary) {
        try (TestSite site =
                TestSite.with().page("/p", View.numbered("Vary", vary)).start()) {
            Reply reply = site.getNeverStored("/p");
            assertFalse(reply.has("Expires") || reply.has("ETag"), reply::toString);
        }
    }

    @Test
    void vary_starOnAnotherLine_isNotStored() {
        View view = View.numbered("Vary", "Accept", "Vary", "*");
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            site.getNeverStored("/p");
        }
    }

    @Test
    void varyParam_set_takesPartEverywhere() {
        try (TestSite site = TestSite.with()
                .param("vary", "X-Site, X-B")
                .page("/p", View.numbered())
                .start()) {
            assertEquals("render 1", site.get("/p", "X-Site: a").text());
            assertEquals("render 2", site.get("/p", "X-Site: b").text());
            assertEquals("render 3", site.get("/p", "X-Site: a", "X-B:").text());
            site.getHit("render 1", "/p", "X-Site: a");
        }
    }

    @Test
    void names_ofSeveralResponses_areUnited() {
        View view = (request, response) -> {
            response.setHeader("Vary", TestSite.render(request) == 1 ? "X-A" : "X-B");
            response.getWriter().write("render " + TestSite.render(request));
        };
        try (TestSite site = declared(view)) {
            assertEquals("render 1", site.get("/p", "X-A: 1", "X-B: 1").text());
            assertEquals("render 2", site.get("/p", "X-A: 2", "X-B: 1").text());
            site.getHit("render 2", "/p", "X-A: 2", "X-B: 1");
            assertEquals("render 3", site.get("/p", "X-A: 3", "X-B: 1").text());
            assertEquals("render 4", site.get("/p", "X-A: 2", "X-B: 2").text());
            site.getHit("render 2", "/p", "X-A: 2", "X-B: 1");
        }
    }

    @Test
    void variants_beyondTheBound_passBy() {
        try (TestSite site = varying("X-A").start()) {
            for (int i = 1; i <= 40; i++) {
                assertEquals(
                        "X-A=" + i + " render " + i, site.get("/p", "X-A: " + i).text());
            }
            site.getHit("X-A=1 render 1", "/p", "X-A: 1");
            Reply beyond = site.get("/p", "X-A: 40");
            assertEquals("X-A=40 render 41", beyond.text());
            assertFalse(beyond.isHit() || beyond.saysStored(), beyond::toString);
        }
    }

    /** What an application reads joins the key, or it must not be stored: nobody gets a page made for another value. */
    @ParameterizedTest
    @MethodSource("inputs")
    void header_readAndNotDeclared_neverReachesAnotherRequest(String name) {
        View view = (request, response) -> reflect(request, response, name);
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            Reply evil = site.get("/p", name + ": evil");
            assertTrue(evil.text().contains("evil"), evil::toString);
            assertFalse(site.get("/p").text().contains("evil"));
            assertFalse(site.get("/p", name + ": other").text().contains("evil"));
            assertTrue(site.get("/p", name + ": evil").text().contains("evil"));
        }
    }

    static List<String> inputs() {
        return List.of(("X-Forwarded-Host X-Forwarded-Proto X-Forwarded-Scheme X-Forwarded-Port X-Forwarded-Prefix"
                        + " X-Forwarded-Server X-Forwarded-For Forwarded X-Original-URL X-Rewrite-URL"
                        + " X-HTTP-Method-Override X-HTTP-Method X-Method-Override X-Host X-Original-Host"
                        + " Origin Referer User-Agent Accept Accept-Language Accept-Encoding Accept-Charset"
                        + " Cookie Authorization X-Api-Key X-Requested-With X-Wap-Profile True-Client-IP"
                        + " CF-Connecting-IP Via Max-Forwards Content-Type Pragma Cache-Control Save-Data DNT"
                        + " Sec-Fetch-Mode Priority Purpose RSC Next-Router-State-Tree X-Anything")
                .split(" ", -1));
    }

    @Test
    void headersEnumerated_neverReachAnotherRequest() {
        View view = (request, response) -> {
            for (String name : Collections.list(request.getHeaderNames())) {
                response.getWriter().write(name + "=" + request.getHeader(name) + "\n");
            }
        };
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            assertTrue(site.get("/p", "X-Any: evil").text().contains("evil"));
            assertFalse(site.get("/p").text().contains("evil"));
            assertFalse(site.get("/p", "X-Other: 1").text().contains("evil"));
        }
    }

    @Test
    void djangoFinding1_listChangesFromOneNameToAnother_oldPageIsNotMistaken() {
        View view = (request, response) -> {
            response.setHeader("Vary", TestSite.render(request) == 1 ? "X-A" : "X-B");
            response.getWriter().write("render " + TestSite.render(request));
        };
        try (TestSite site = declared(view)) {
            assertEquals("render 1", site.get("/p", "X-A: 1").text());
            assertEquals("render 2", site.get("/p").text());
            assertEquals("render 3", site.get("/p", "X-B: 1").text());
        }
    }

    @Test
    void djangoFinding2_oneResponseWithoutVary_doesNotWipeWhatWasLearned() {
        View view = (request, response) -> {
            String user = request.getHeader("X-User");
            if (user != null) {
                response.setHeader("Vary", "X-User");
            }
            response.getWriter().write("page of " + user);
        };
        try (TestSite site = declared(view)) {
            assertEquals("page of alice", site.get("/p", "X-User: alice").text());
            assertEquals("page of null", site.get("/p").text());
            assertEquals("page of bob", site.get("/p", "X-User: bob").text());
            assertEquals("page of alice", site.get("/p", "X-User: alice").text());
            assertEquals("page of null", site.get("/p").text());
        }
    }

    @Test
    void djangoFinding3_setCookieWithoutVaryCookie_isNotReplayed() {
        View view = View.numbered("Set-Cookie", "sid=1");
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            site.getNeverStored("/p");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"max-age=abc", "max-age=\"abc\"", "max-age"})
    void djangoFinding4_malformedMaxAge_isNoError(String cacheControl) {
        try (TestSite site = TestSite.with()
                .page("/p", View.numbered("Cache-Control", cacheControl))
                .start()) {
            assertEquals(200, site.getNeverStored("/p").status());
        }
    }

    @Test
    void djangoFinding5_ageIsCountedFromStoringAndNotFromExpires() {
        View view = View.numbered("Expires", "Thu, 01 Jan 1970 00:00:00 GMT", "Cache-Control", "max-age=600");
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            Reply hit = site.getStoredThenHit("/p");
            assertTrue(Long.parseLong(hit.one("Age")) < 60, hit::toString);
        }
    }

    private static void reflect(HttpServletRequest request, HttpServletResponse response, String... names)
            throws IOException {
        StringBuilder body = new StringBuilder();
        for (String name : names) {
            body.append(body.isEmpty() ? "" : ", ").append(name).append('=').append(request.getHeader(name));
        }
        response.getWriter().write(body + " render " + TestSite.render(request));
    }

    private static TestSite.Builder varying(String vary) {
        return TestSite.with().page("/p", (request, response) -> {
            response.setHeader("Vary", vary);
            reflect(request, response, vary.split(", ", -1));
        });
    }

    /** A site on which Vary alone counts, so that nothing else keeps pages apart. */
    private static TestSite declared(View view) {
        return TestSite.with().param("inputs", "declared").page("/p", view).start();
    }
}
