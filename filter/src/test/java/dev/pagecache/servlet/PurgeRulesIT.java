package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.policy.HiddenInputs;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.PolicyBuilder;
import dev.pagecache.policy.PurgeRules;
import dev.pagecache.store.Poll;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What purges by hand do to pages, over a socket: names made of text meet those of the requests that a container shows.
 */
final class PurgeRulesIT {
    private static final PagePolicy POLICY = PolicyBuilder.defaults();

    private static void raise(TestSite site, Set<String> names) {
        OpenCaches caches = OpenCaches.join(site.context(), System::nanoTime);
        try {
            caches.ledgers().forEach(ledger -> ledger.raise(names));
        } finally {
            caches.leave();
        }
    }

    private static TestSite.Builder numbered(String... fields) {
        return TestSite.with().page("/*", View.numbered(fields));
    }

    private static void assertGone(TestSite site, String target, String... fields) {
        Reply reply = site.get(target, fields);
        assertFalse(reply.isHit(), reply::toString);
        assertTrue(reply.saysStored(), reply::toString);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '^', textBlock = """
            /p                       ^ Host:site.test        ^ http://Site.Test/p
            /                        ^ Host:site.test        ^ http://site.test
            /p?                      ^ Host:site.test        ^ http://site.test:80/p?
            /p?b=2&a=%2F;x           ^ Host:site.test        ^ http://site.test/p?b=2&a=%2F;x
            /%C3%A4/%7Euser          ^ Host:site.test        ^ http://site.test/%C3%A4/%7Euser
            /p/                      ^ Host:SITE.test:8080   ^ http://site.test:8080/p/
            /p                       ^ Host:[2001:db8::1]:81 ^ http://[2001:DB8::1]:81/p
            """)
    void purgeOfAUrl_killsThatPageAndNoOther(String target, String host, String url) {
        try (TestSite site = numbered().start()) {
            site.getStoredThenHit(target, host);
            Reply other = site.getStoredThenHit("/other", host);
            raise(site, PurgeRules.url(url, POLICY));
            assertGone(site, target, host);
            site.getHit(other.text(), "/other", host);
        }
    }

    @Test
    void purgeOfAUrl_hiddenParameters_areNoPartOfIt() {
        PagePolicy policy = new PolicyBuilder()
                .hidden(new HiddenInputs(List.of("utm_*"), true, List.of()))
                .build();
        try (TestSite site = numbered()
                .param("query.ignore", "utm_*")
                .param("query.sort", "true")
                .start()) {
            site.getStoredThenHit("/p?utm_a=1&b=2&a=1");
            raise(site, PurgeRules.url("http://site.test/p?b=2&utm_b=2&a=1", policy));
            assertGone(site, "/p?a=1&b=2");
        }
    }

    @Test
    void purgeOfAPrefix_killsWhatLiesBelow() {
        try (TestSite site = numbered().start()) {
            for (String target : List.of("/a", "/a/", "/a/b?q", "/a/b%20c", "/a/b/c/", "/ab", "/b/a")) {
                site.getStoredThenHit(target);
            }
            String deep = "/d".repeat(40);
            site.getStoredThenHit(deep);
            raise(site, PurgeRules.prefix("/a/", POLICY));
            for (String target : List.of("/a", "/a/", "/a/b?q", "/a/b%20c", "/a/b/c/", deep)) {
                assertGone(site, target);
            }
            assertTrue(site.get("/ab").isHit());
            assertTrue(site.get("/b/a").isHit());
        }
    }

    @Test
    void purgeOfATag_killsThePagesWhoseFieldsNameIt() {
        try (TestSite site = numbered("Surrogate-Key", "news front", "Cache-Tag", "a,b", "Cache-Tag", "c")
                .start()) {
            for (String tag : List.of("front", "news", "a", "b", "c")) {
                assertEquals("news front", site.getStoredThenHit("/p").one("Surrogate-Key"));
                raise(site, PurgeRules.tag(tag, POLICY));
            }
            site.getStoredThenHit("/p");
            raise(site, PurgeRules.tag("fron", POLICY));
            assertTrue(site.get("/p").isHit());
        }
    }

    @Test
    void fieldThatNamesNoTag_isNotStored() {
        try (TestSite site = numbered("Cache-Tag", "a b").start()) {
            assertEquals(
                    "pagecache; fwd=bypass; detail=tags",
                    site.getNeverStored("/p").cacheStatus());
        }
        try (TestSite site =
                numbered("Cache-Tag", "a b").param("tagFields", "none").start()) {
            site.getStoredThenHit("/p");
        }
    }

    @Test
    void purgeOfASite_leavesOtherSites() {
        PagePolicy shop = new PolicyBuilder().site("shop").build();
        try (TestSite site =
                numbered("Cache-Tag", "news").param("keyPrefix", "shop").start()) {
            site.getStoredThenHit("/p");
            raise(site, PurgeRules.all(POLICY));
            raise(site, PurgeRules.tag("news", POLICY));
            raise(site, PurgeRules.prefix("/", POLICY));
            assertTrue(site.get("/p").isHit());
            for (Set<String> own : List.of(
                    PurgeRules.all(shop), PurgeRules.tag("news", shop), PurgeRules.prefix("/", shop), Set.of("*"))) {
                raise(site, own);
                assertGone(site, "/p");
            }
        }
    }

    @Test
    void softPurge_servesThePageOnceMoreAndRenewsIt() {
        try (TestSite site = TestSite.with()
                .param("staleWhileRevalidate", "1h")
                .page("/p", View.numbered())
                .start()) {
            site.getStoredThenHit("/p");
            raise(site, PurgeRules.softly(PurgeRules.all(POLICY)));
            Reply stale = site.get("/p");
            assertEquals("render 1", stale.text());
            assertEquals("pagecache; hit; ttl=0", stale.cacheStatus());
            assertEquals("render 2", StalePages.awaitFresh(site).text());
        }
    }

    @Test
    void softPurge_withoutWindow_rendersAnew() {
        try (TestSite site = numbered().start()) {
            site.getStoredThenHit("/p");
            raise(site, PurgeRules.softly(PurgeRules.prefix("/p", POLICY)));
            Reply reply = site.get("/p");
            assertEquals("pagecache; fwd=stale; stored", reply.cacheStatus());
            assertEquals("render 2", reply.text());
        }
    }

    @Test
    void refresh_clientsGetTheFreshPageWhileItIsRenewed() {
        CountDownLatch isRenewing = new CountDownLatch(1);
        CountDownLatch isReleased = new CountDownLatch(1);
        View page = View.numberedAfter((request, response) -> {
            if (TestSite.render(request) == 2) {
                isRenewing.countDown();
                Latches.await(isReleased);
            }
        });
        try (TestSite site = TestSite.with().page("/p", page).start()) {
            site.getStoredThenHit("/p");
            raise(site, PurgeRules.refreshing(PurgeRules.url("http://site.test/p", POLICY)));
            Reply first = site.getHit("render 1", "/p");
            assertTrue(first.isComplete() && first.ttl() > 500, first::toString);
            Latches.await(isRenewing);
            for (int i = 0; i < 5; i++) {
                assertTrue(site.getHit("render 1", "/p").ttl() > 500);
            }
            isReleased.countDown();
            awaitRender(site, 2);
            assertEquals(2, site.renders("/p"));
        } finally {
            isReleased.countDown();
        }
    }

    @Test
    void refresh_atNoRate_renewsNothing() {
        try (TestSite site = TestSite.with()
                .param("refresh.rate", "0")
                .page("/p", View.numbered())
                .start()) {
            site.getStoredThenHit("/p");
            raise(site, PurgeRules.refreshing(PurgeRules.all(POLICY)));
            for (int i = 0; i < 5; i++) {
                site.getHit("render 1", "/p");
            }
            assertEquals(1, site.renders("/p"));
        }
    }

    /** Ten minutes of the last half of a day are left: all but one of some seventy requests renew the page. */
    @Test
    void earlyRenewal_renewsThePageBeforeItsEnd() {
        try (TestSite site = TestSite.with()
                .param("timeout", "1d")
                .param("earlyRenewal", "50%")
                .page("/p", View.numbered())
                .start()) {
            site.getStoredThenHit("/p");
            site.age(Duration.ofHours(23).plusMinutes(50));
            awaitRender(site, 2);
            assertEquals(2, site.renders("/p"));
        }
    }

    /** Asks until a render is what is stored; each answer comes from the store. */
    private static void awaitRender(TestSite site, int render) {
        Poll.until("render " + render, () -> {
            Reply reply = site.get("/p");
            assertTrue(reply.isHit() && reply.ttl() > 0, reply::toString);
            return reply.text().equals("render " + render);
        });
    }
}
