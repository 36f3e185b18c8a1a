package dev.pagecache.frameworks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.Filter;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.filter.CharacterEncodingFilter;
import org.springframework.web.filter.FormContentFilter;
import org.springframework.web.filter.ForwardedHeaderFilter;
import org.springframework.web.filter.HiddenHttpMethodFilter;
import org.springframework.web.filter.RequestContextFilter;
import org.springframework.web.filter.ServletRequestPathFilter;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/** The filters that Spring comes with, around the cache: pages are shared as without them. */
final class SpringFiltersIT {
    private final AtomicInteger numbers = new AtomicInteger();

    static Stream<Named<Supplier<Filter>>> filters() {
        return Stream.of(
                Named.of("CharacterEncodingFilter", () -> new CharacterEncodingFilter("UTF-8", true)),
                Named.of("ForwardedHeaderFilter", ForwardedHeaderFilter::new),
                Named.of("FormContentFilter", FormContentFilter::new),
                Named.of("HiddenHttpMethodFilter", HiddenHttpMethodFilter::new),
                Named.of("RequestContextFilter", RequestContextFilter::new),
                Named.of("ServletRequestPathFilter", ServletRequestPathFilter::new),
                Named.of("ShallowEtagHeaderFilter", ShallowEtagHeaderFilter::new));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void pages_behindTheFilter_areShared(Supplier<Filter> filter) {
        try (Site site = ShopSite.with().outer(filter.get()).start()) {
            assertPagesAreShared(site);
        }
    }

    @ParameterizedTest
    @MethodSource("filters")
    void pages_inFrontOfTheFilter_areShared(Supplier<Filter> filter) {
        try (Site site = ShopSite.with().inner(filter.get()).start()) {
            assertPagesAreShared(site);
        }
    }

    @Test
    void pages_betweenAllFilters_areShared() {
        Site.Builder builder = ShopSite.with();
        filters().forEach(filter -> builder.outer(filter.getPayload().get()));
        filters().forEach(filter -> builder.inner(filter.getPayload().get()));
        try (Site site = builder.start()) {
            assertPagesAreShared(site);
        }
    }

    /** The field names another host: in the page, and so in the key, or on no other page. */
    @ParameterizedTest
    @MethodSource("places")
    void forwardedHost_inAPagesLinks_isNotSeenByOthers(boolean isOuter) {
        Site.Builder builder = ShopSite.with();
        Filter filter = new ForwardedHeaderFilter();
        try (Site site = (isOuter ? builder.outer(filter) : builder.inner(filter)).start()) {
            Browser attacker = visitor(site).field("X-Forwarded-Host", "evil.example");
            for (int i = 0; i < 2; i++) {
                assertTrue(attacker.get("/link").body().contains("evil.example"));
                Page page = visitor(site).get("/link");
                assertFalse(page.body().contains("evil.example"), page::toString);
            }
            Browser proxied = visitor(site).field("X-Forwarded-Prefix", "/evil");
            for (int i = 0; i < 2; i++) {
                assertTrue(proxied.get("/").body().contains("/evil/products/1"));
                Page page = visitor(site).get("/");
                assertFalse(page.body().contains("evil"), page::toString);
            }
        }
    }

    static Stream<Boolean> places() {
        return Stream.of(true, false);
    }

    private void assertPagesAreShared(Site site) {
        for (String target : new String[] {"/", "/plain", "/language", "/api/products", "/callable", "/deferred"}) {
            Page hit = Visits.assertShared(visitor(site), visitor(site), target);
            assertEquals(200, hit.status());
        }
        Page sheet = Visits.assertShared(visitor(site), visitor(site), "/assets/shop.css");
        assertTrue(sheet.body().startsWith("body"), sheet::toString);
    }

    private Browser visitor(Site site) {
        return Visits.visitor(site, numbers);
    }
}
