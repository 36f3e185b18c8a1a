package dev.pagecache.frameworks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.filter.CharacterEncodingFilter;
import org.springframework.web.filter.ForwardedHeaderFilter;
import org.springframework.web.filter.RequestContextFilter;

/**
 * How many requests of anonymous visitors with ordinary browsers come from the store: 13 browsers in 10 languages, each
 * visitor with analytics cookies of its own, and pages as often asked for as their place in the list says.
 */
final class VisitorsIT {
    private static final long SEED = 20261122;
    private static final int VISITORS = 80;
    private static final int PAGES_EACH = 20;
    private static final List<String> SHOP = List.of(
            "/",
            "/products/1",
            "/api/products",
            "/assets/shop.css",
            "/plain",
            "/products/2",
            "/search?q=tea",
            "/language",
            "/model",
            "/callable",
            "/link",
            "/plan",
            "/products/3",
            "/api/open",
            "/api/products/1",
            "/deferred");
    private static final List<String> GUARDED = List.of(
            "/",
            "/products/1",
            "/api/products",
            "/assets/shop.css",
            "/plain",
            "/products/2",
            "/search?q=tea",
            "/language",
            "/model",
            "/link",
            "/plan",
            "/products/3",
            "/api/open",
            "/api/products/1");
    private static final List<String> JSPS = List.of(
            "/plain.jsp", "/jstl.jsp", "/parameter.jsp?q=tea", "/scope.jsp", "/including.jsp", "/principal.jsp");

    private final TestReporter reporter;

    VisitorsIT(TestReporter reporter) {
        this.reporter = reporter;
    }

    @Test
    void springMvc_withDefaults_comesFromTheStore(TestInfo test) {
        try (Site site = ShopSite.with()
                .outer(new CharacterEncodingFilter("UTF-8", true))
                .outer(new ForwardedHeaderFilter())
                .inner(new RequestContextFilter())
                .start()) {
            Ratio ratio = visit(site, SHOP);
            report(test, ratio);
            System.out.println(test.getDisplayName() + " " + ratio);
            assertTrue(ratio.cold() >= 0.85, ratio::toString);
            assertTrue(ratio.warm() >= 0.95, ratio::toString);
        }
    }

    @Test
    void springMvc_inOneLanguage_comesFromTheStore(TestInfo test) {
        try (Site site = ShopSite.with(ShopSite.OneLanguage.class).start()) {
            Ratio ratio = visit(site, SHOP);
            report(test, ratio);
            System.out.println(test.getDisplayName() + " " + ratio);
            assertTrue(ratio.cold() >= 0.95, ratio::toString);
            assertTrue(ratio.warm() >= 0.95, ratio::toString);
        }
    }

    @Test
    void springMvc_behindSpringSecurity_comesFromTheStore(TestInfo test) {
        try (Site site = ShopSite.guarded().outer(ShopSite.security()).start()) {
            Ratio ratio = visit(site, GUARDED);
            report(test, ratio);
            System.out.println(test.getDisplayName() + " " + ratio);
            assertTrue(ratio.cold() >= 0.85, ratio::toString);
            assertTrue(ratio.warm() >= 0.95, ratio::toString);
        }
    }

    @Test
    void jsp_withoutSession_comesFromTheStore(TestInfo test, @TempDir Path work) {
        try (Site site = JspIT.jsp(work).start()) {
            Ratio ratio = visit(site, JSPS);
            report(test, ratio);
            System.out.println(test.getDisplayName() + " " + ratio);
            assertTrue(ratio.cold() >= 0.95, ratio::toString);
            assertTrue(ratio.warm() >= 0.98, ratio::toString);
        }
    }

    private void report(TestInfo test, Ratio ratio) {
        reporter.publishEntry(Map.of(test.getDisplayName(), ratio.toString()));
    }

    /** The first run fills the store; the second one, of other visitors, finds it filled. */
    private static Ratio visit(Site site, List<String> pages) {
        Random random = new Random(SEED);
        Map<String, Integer> misses = new TreeMap<>();
        double cold = run(site, pages, random, 0, new TreeMap<>());
        double warm = run(site, pages, random, VISITORS, misses);
        return new Ratio(cold, warm, misses);
    }

    private static double run(Site site, List<String> pages, Random random, int first, Map<String, Integer> misses) {
        List<Browser> visitors = new ArrayList<>();
        for (int i = 1; i <= VISITORS; i++) {
            Visitor browser = Visitor.BROWSERS.get(random.nextInt(Visitor.BROWSERS.size()));
            visitors.add(browser.enter(site, first + i));
        }
        int hits = 0;
        for (int i = 0; i < VISITORS * PAGES_EACH; i++) {
            String target = pages.get((int) (pages.size() * random.nextDouble() * random.nextDouble()));
            Page page = visitors.get(random.nextInt(VISITORS)).get(target);
            assertEquals(200, page.status(), target);
            if (page.isHit()) {
                hits++;
            } else {
                misses.merge(target + " " + page.cacheStatus(), 1, Integer::sum);
            }
        }
        return (double) hits / (VISITORS * PAGES_EACH);
    }

    /** Shares of requests that came from the store. */
    private record Ratio(double cold, double warm, Map<String, Integer> missesWarm) {}
}
