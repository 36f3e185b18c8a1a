package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.CacheControl;
import dev.pagecache.CachePage;
import dev.pagecache.NeverCache;
import dev.pagecache.PageControl;
import dev.pagecache.VaryOnCookie;
import dev.pagecache.VaryOnHeaders;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages cached per view: annotations on servlets, and what a page says of itself while it renders. */
final class ViewCachingIT {

    @ParameterizedTest
    @CsvSource(textBlock = """
            /300,   none,                  300, max-age=300
            /300,   max-age=30,            300, max-age=30
            /300,   max-age=9999,          300, max-age=300
            /300,   max-age=0,             300, max-age=0
            /300,   'max-age=5, public',   300, 'max-age=5, public'
            /unset, none,                  600, max-age=600
            /unset, max-age=30,            30,  max-age=30
            /child, none,                  300, max-age=300
            """)
    void cachePage_withAndWithoutSeconds_storesAsDjangoDoes(
            String path, String cacheControl, long seconds, String sent) {
        for (String scope : List.of("view", "site")) {
            try (TestSite site = annotated().param("scope", scope).start()) {
                Reply hit = site.getStoredThenHit(path + "?" + cacheControl.replace(" ", ""));
                assertTrue(hit.ttl() <= seconds && hit.ttl() >= seconds - 5, hit::toString);
                assertEquals(sent, String.join(", ", hit.members("Cache-Control")), scope);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"private", "no-store", "No-Cache", "max-age=60,PRIVATE"})
    void cachePage_onPrivateResponse_storesNothing(String cacheControl) {
        try (TestSite site = annotated().param("scope", "view").start()) {
            assertRendersTwice(site, "/300?" + cacheControl);
        }
    }

    @Test
    void cachePage_zero_storesNothing() {
        try (TestSite site = annotated().param("scope", "view").start()) {
            assertRendersTwice(site, "/0");
            assertRendersTwice(site, "/0?max-age=60");
        }
    }

    @Test
    void scopeView_servletWithoutAnnotation_isLeftAlone() {
        try (TestSite site = annotated().param("scope", "view").start();
                TestSite plain = annotated().startPlain()) {
            Reply reply = assertRendersTwice(site, "/bare");
            plain.get("/bare");
            assertEquals(plain.get("/bare").fieldsWithout("Date"), reply.fieldsWithout("Date", "Cache-Status"));
        }
    }

    @Test
    void scopeSite_servletWithoutAnnotation_isCached() {
        try (TestSite site = annotated().start()) {
            site.getStoredThenHit("/bare");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"view", "site"})
    void neverCache_always_tellsEveryCacheNotToStore(String scope) {
        try (TestSite site = annotated().param("scope", scope).start()) {
            for (String target : List.of("/never", "/never?max-age=60")) {
                Reply reply = assertRendersTwice(site, target);
                assertEquals(
                        List.of("max-age=0", "must-revalidate", "no-cache", "no-store", "private"),
                        reply.members("Cache-Control"));
                assertTrue(reply.has("Expires"), reply::toString);
                assertFalse(reply.has("ETag"), reply::toString);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            /control, none,                        'max-age=60, must-revalidate, public, s-maxage=90', 90
            /control, max-age=30,                  'max-age=30, must-revalidate, public, s-maxage=90', 90
            /control, max-age=99,                  'max-age=60, must-revalidate, public, s-maxage=90', 90
            """)
    void cacheControl_onServlet_isMerged(String path, String cacheControl, String sent, long seconds) {
        try (TestSite site = annotated().start()) {
            Reply hit = site.getStoredThenHit(path + "?" + cacheControl);
            assertEquals(sent, String.join(", ", hit.members("Cache-Control")));
            assertTrue(hit.ttl() <= seconds && hit.ttl() >= seconds - 5, hit::toString);
        }
    }

    @Test
    void cacheControl_private_storesNothing() {
        try (TestSite site = annotated().start()) {
            Reply reply = assertRendersTwice(site, "/private?public,max-age=60");
            assertEquals(List.of("max-age=60", "private"), reply.members("Cache-Control"));
        }
    }

    @Test
    void varyOnHeaders_always_addsMissingNamesAndSplits() {
        try (TestSite site = annotated().start()) {
            Reply first = site.get("/vary", "X-B: 1");
            assertEquals(List.of("accept", "x-a", "x-b"), first.members("Vary"));
            assertEquals("render 2", site.get("/vary", "X-B: 2").text());
            site.getHit("render 1", "/vary", "X-B: 1");
        }
    }

    @Test
    void varyOnCookie_always_splitsByCookies() {
        try (TestSite site = annotated().start()) {
            assertEquals(
                    List.of("cookie"), site.get("/varycookie", "Cookie: a=1").members("Vary"));
            assertEquals("render 2", site.get("/varycookie", "Cookie: a=2").text());
            assertEquals("render 3", site.get("/varycookie").text());
            site.getHit("render 1", "/varycookie", "Cookie: a=1");
        }
    }

    @Test
    void cachePage_vary_joinsTheKeyAndIsSaid() {
        try (TestSite site = annotated().param("scope", "view").start()) {
            assertEquals(List.of("x-a"), site.get("/full", "X-A: 1").members("Vary"));
            assertEquals("render 2", site.get("/full", "X-A: 2").text());
            site.getHit("render 1", "/full", "X-A: 1");
        }
    }

    @Test
    void pageControl_timeout_winsOverEverything() {
        View view = View.numberedAfter((request, response) -> {
            response.setHeader("Cache-Control", "max-age=30");
            PageControl.of(request).timeout(Duration.ofSeconds(100));
        });
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            Reply hit = site.getStoredThenHit("/p");
            assertTrue(hit.ttl() <= 100 && hit.ttl() >= 95, hit::toString);
        }
    }

    @Test
    void pageControl_timeoutZero_storesNothing() {
        assertControlled(control -> control.timeout(Duration.ZERO));
    }

    @Test
    void pageControl_doNotStore_storesNothing() {
        assertControlled(PageControl::doNotStore);
    }

    private static void assertControlled(Consumer<PageControl> how) {
        View view = View.numberedAfter((request, response) -> how.accept(PageControl.of(request)));
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            Reply reply = site.getNeverStored("/p");
            assertFalse(reply.has("Expires"), reply::toString);
        }
    }

    @Test
    void pageControl_vary_joinsTheKeyAndIsSaid() {
        View view = View.numberedAfter((request, response) -> {
            response.addHeader("Vary", "Accept");
            PageControl.of(request).vary("X-A", "accept");
        });
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            assertEquals(List.of("accept", "x-a"), site.get("/p", "X-A: 1").members("Vary"));
            assertEquals("render 2", site.get("/p", "X-A: 2").text());
            site.getHit("render 1", "/p", "X-A: 1");
        }
    }

    @ParameterizedTest
    @CsvSource({"product:1,true", "A-Z_a.z/0:9,true", "'',false", "'a b',false", "a*,false", "'a\r\nb',false", "ä,false"
    })
    void pageControl_tag_hasABoundedForm(String tag, boolean isAllowed) {
        View view = (request, response) -> {
            String outcome = "taken";
            try {
                PageControl.of(request).tag(tag);
            } catch (IllegalArgumentException e) {
                outcome = "refused";
            }
            response.getWriter().write(outcome);
        };
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            assertEquals(isAllowed ? "taken" : "refused", site.get("/p").text());
        }
    }

    @Test
    void pageControl_withoutCache_doesNothing() {
        View view = View.numberedAfter((request, response) ->
                PageControl.of(request).tag("t").vary("X-A").doNotStore());
        try (TestSite site = TestSite.with().page("/p", view).startPlain()) {
            assertEquals("render 1", site.get("/p").text());
        }
    }

    @Test
    void auto_nothingDeclared_cachesAnnotatedViewsOnly() {
        try (TestSite site = annotated().startAuto()) {
            site.getStoredThenHit("/300");
            assertRendersTwice(site, "/bare");
        }
    }

    @Test
    void annotations_inContextWithoutClassLoader_areFound() {
        try (TestSite site =
                annotated().withoutClassLoader().param("scope", "view").start()) {
            site.getStoredThenHit("/300");
        }
    }

    @Test
    void auto_switchedOff_cachesNothing() {
        try (TestSite site = annotated().contextParam("pagecache.auto", "false").startAuto()) {
            Reply reply = assertRendersTwice(site, "/300");
            assertFalse(reply.has("Cache-Status"), reply::toString);
        }
    }

    @Test
    void auto_besidesDeclaredFilter_staysAway() {
        try (TestSite site = annotated().startDeclaredAndAuto()) {
            Reply hit = site.getStoredThenHit("/bare");
            assertEquals(1, hit.values("Cache-Status").size(), hit::toString);
        }
    }

    private static Reply assertRendersTwice(TestSite site, String target) {
        Reply first = site.get(target);
        Reply second = site.get(target);
        assertFalse(first.saysStored() || second.saysStored() || second.isHit(), second::toString);
        assertFalse(first.text().equals(second.text()), second::toString);
        return second;
    }

    private static TestSite.Builder annotated() {
        return TestSite.with()
                .servlet("/300", Page300.class)
                .servlet("/unset", PageUnset.class)
                .servlet("/0", PageZero.class)
                .servlet("/child", Child.class)
                .servlet("/bare", Bare.class)
                .servlet("/never", Never.class)
                .servlet("/control", Controlled.class)
                .servlet("/private", Private.class)
                .servlet("/vary", Varying.class)
                .servlet("/varycookie", VaryingOnCookie.class)
                .servlet("/full", Full.class);
    }

    /** Says which render it is; the query, if there is one but "none", is the Cache-Control that it sends. */
    public static class Bare extends HttpServlet {
        private final AtomicInteger renders = new AtomicInteger();

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String cacheControl = request.getQueryString();
            if (cacheControl != null && !cacheControl.equals("none")) {
                response.setHeader("Cache-Control", cacheControl);
            }
            response.setContentType("text/plain");
            response.getWriter().write("render " + renders.incrementAndGet());
        }
    }

    /** Five minutes. */
    @CachePage(300)
    public static class Page300 extends Bare {}

    /** Inherits the annotation. */
    public static class Child extends Page300 {}

    /** As the response says. */
    @CachePage
    public static class PageUnset extends Bare {}

    /** Not stored. */
    @CachePage(0)
    public static class PageZero extends Bare {}

    /** Stored by nobody. */
    @NeverCache
    public static class Never extends Bare {}

    /** Directives of its own. */
    @CacheControl(maxAge = 60, sMaxage = 90, isPublic = true, mustRevalidate = true)
    public static class Controlled extends Bare {}

    /** For one user. */
    @CacheControl(isPrivate = true)
    public static class Private extends Bare {}

    /** Depends on two fields, besides the one that it names itself. */
    @VaryOnHeaders({"X-A", "X-B", "accept"})
    public static class Varying extends Bare {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.addHeader("Vary", "Accept");
            response.addHeader("Vary", "x-a");
            super.doGet(request, response);
        }
    }

    /** Depends on the cookies. */
    @VaryOnCookie
    public static class VaryingOnCookie extends Bare {}

    /** Every attribute. */
    @CachePage(value = 300, cache = "default", keyPrefix = "full", vary = "X-A", tags = "t:1", staleWhileRevalidate = 5)
    public static class Full extends Bare {}
}
