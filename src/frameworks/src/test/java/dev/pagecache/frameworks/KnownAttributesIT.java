package dev.pagecache.frameworks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The attributes that frameworks hand on to themselves past the cache are those that the page about them lists. */
final class KnownAttributesIT {
    private static final Set<String> HARMLESS = Set.of(
            "org.springframework.web.context.request.async.WebAsyncManager.WEB_ASYNC_MANAGER",
            "org.springframework.web.util.ServletRequestPathUtils.PATH");

    @Test
    void ordinaryPages_readFromOutside_whatIsKnown() throws Exception {
        OuterAttributeReads reads = new OuterAttributeReads();
        Site.Builder builder = ShopSite.guarded().withoutCache().outer(ShopSite.security());
        SpringFiltersIT.filters()
                .forEach(filter -> builder.outer(filter.getPayload().get()));
        try (Site site = builder.inner(reads).start()) {
            Browser visitor = Visits.visitor(site, new AtomicInteger());
            for (String target : new String[] {
                "/", "/plain", "/old", "/language", "/api/products", "/callable", "/deferred", "/assets/shop.css"
            }) {
                assertTrue(visitor.get(target).status() < 400, target);
            }
        }
        Set<String> names = reads.read().keySet();
        assertEquals(HARMLESS, names);
        String page = Files.readString(Path.of("..", "docs", "frameworks.md"));
        names.forEach(name -> assertTrue(page.contains("| `" + name + "` |"), name));
    }

    @Test
    void formWithAToken_readsTheTokenFromOutside() {
        OuterAttributeReads reads = new OuterAttributeReads();
        try (Site site = ShopSite.guarded()
                .withoutCache()
                .outer(ShopSite.security())
                .inner(reads)
                .start()) {
            Browser visitor = Visits.visitor(site, new AtomicInteger());
            assertEquals(200, visitor.get("/form/view").status());
            Map<String, String> read = reads.read();
            assertTrue(read.containsKey("org.springframework.security.web.csrf.CsrfToken"), read::toString);
            assertEquals(200, visitor.get("/form/attribute").status());
            assertTrue(reads.read().containsKey("_csrf"), read::toString);
        }
    }
}
