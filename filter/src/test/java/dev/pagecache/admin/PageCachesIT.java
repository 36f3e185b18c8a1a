package dev.pagecache.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.PageCaches;
import dev.pagecache.PageControl;
import dev.pagecache.servlet.Reply;
import dev.pagecache.servlet.TestSite;
import dev.pagecache.servlet.View;
import dev.pagecache.store.Poll;
import jakarta.servlet.ServletContext;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Purging by code: {@link PageCaches} of a running application. */
final class PageCachesIT {
    private static final View TAGGED =
            View.numberedAfter((request, response) -> PageControl.of(request).tag("news"));

    private static TestSite.Builder site() {
        return TestSite.with().page("/p", TAGGED).page("/p/*", TAGGED);
    }

    private static Arguments row(String what, Consumer<PageCaches> purge) {
        return Arguments.of(what, purge);
    }

    static Stream<Arguments> purges() {
        return Stream.of(
                row("a URL", caches -> caches.purgeUrl("http://site.test/p/a?b=c")),
                row("a URL, host in other letters", caches -> caches.purgeUrl("HTTP://Site.Test:80/p/a?b=c")),
                row("a path", caches -> caches.purgePrefix("/p/a")),
                row("a path above", caches -> caches.purgePrefix("/p/")),
                row("the root", caches -> caches.purgePrefix("/")),
                row("a path of the host", caches -> caches.purgePrefix("http://site.test/p")),
                row("a tag", caches -> caches.purgeTag("other", "news")),
                row("all", PageCaches::purgeAll));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("purges")
    void purge_ofThePage_killsItBeforeItReturns(String what, Consumer<PageCaches> purge) {
        try (TestSite site = site().start()) {
            site.getStoredThenHit("/p/a?b=c");
            purge.accept(PageCaches.of(site.context()));
            assertEquals("render 2", site.get("/p/a?b=c").text());
            site.getHit("render 2", "/p/a?b=c");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("purges")
    void purge_whileThePageIsRendered_keepsItFromBeingStored(String what, Consumer<PageCaches> purge) {
        ServletContext[] context = new ServletContext[1];
        View purging = View.numberedAfter((request, response) -> {
            PageControl.of(request).tag("news");
            if (TestSite.render(request) == 1) {
                purge.accept(PageCaches.of(request.getServletContext()));
                context[0] = request.getServletContext();
            }
        });
        try (TestSite site = TestSite.with().page("/p/*", purging).start()) {
            Reply first = site.get("/p/a?b=c");
            assertEquals("pagecache; fwd=bypass; detail=revoked", first.cacheStatus());
            assertEquals("render 2", site.get("/p/a?b=c").text());
            site.getHit("render 2", "/p/a?b=c");
            assertEquals(PageCaches.of(site.context()), PageCaches.of(context[0]));
        }
    }

    @Test
    void softPurge_ofAPageWithAWindow_servesItStaleAndRenewsIt() {
        try (TestSite site = site().param("staleWhileRevalidate", "60").start()) {
            site.getStoredThenHit("/p");
            PageCaches.of(site.context()).softPurgeTag("news");
            site.getHit("render 1", "/p");
            Poll.until("it is renewed", () -> site.get("/p").text().equals("render 2"));
        }
    }

    @Test
    void softPurge_ofAPageWithoutWindow_isAPurge() {
        try (TestSite site = site().start()) {
            site.getStoredThenHit("/p");
            PageCaches.of(site.context()).softPurgeAll();
            assertEquals("render 2", site.get("/p").text());
        }
    }

    @Test
    void refresh_ofAPage_servesItOnceMoreAndRenewsIt() {
        try (TestSite site = site().start()) {
            site.getStoredThenHit("/p");
            PageCaches.of(site.context()).refreshPrefix("/p");
            site.getHit("render 1", "/p");
            Poll.until("it is renewed", () -> site.get("/p").text().equals("render 2"));
        }
    }

    @Test
    void purge_inMemoryAlone_isSharedAtOnce() {
        try (TestSite site = site().start()) {
            assertTrue(PageCaches.of(site.context()).purgeTag("news").isShared());
            assertTrue(PageCaches.of(site.context()).purgeAll().awaitShared(Duration.ZERO));
        }
    }

    @Test
    void purge_ofAllSites_reachesViewsWithAPrefixOfTheirOwn() {
        try (TestSite site =
                TestSite.with().param("keyPrefix", "shop").page("/p", TAGGED).start()) {
            site.getStoredThenHit("/p");
            PageCaches.of(site.context()).purgeTag("news");
            assertEquals("render 2", site.get("/p").text());
        }
    }

    @Test
    void of_anApplicationWithoutFilter_saysWhatToDo() {
        try (TestSite site = site().startPlain()) {
            String message =
                    String.valueOf(assertThrows(IllegalStateException.class, () -> PageCaches.of(site.context()))
                            .getMessage());
            assertTrue(message.contains("PageCacheFilter") && message.contains("@CachePage"), message);
        }
    }

    @Test
    void of_anApplicationThatHasEnded_throws() {
        TestSite site = site().start();
        ServletContext context = site.context();
        assertTrue(PageCaches.of(context).purgeAll().isShared());
        site.close();
        assertThrows(IllegalStateException.class, () -> PageCaches.of(context));
    }
}
