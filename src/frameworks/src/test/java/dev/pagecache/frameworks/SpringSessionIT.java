package dev.pagecache.frameworks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.web.http.SessionRepositoryFilter;

/** Sessions of Spring Session, whose filter wraps the request, in front of the cache and behind it. */
final class SpringSessionIT {
    private final AtomicInteger numbers = new AtomicInteger();

    /** Behind the cache the filter looks for its cookie among all, so those that tell visitors apart are hidden. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void pages_ofVisitorsWithAndWithoutSession_areKeptApart(boolean isOuter) {
        SessionRepositoryFilter<?> sessions =
                new SessionRepositoryFilter<>(new MapSessionRepository(new ConcurrentHashMap<>()));
        Site.Builder builder = ShopSite.with().param("cookies.ignore", Visits.ANALYTICS);
        try (Site site = (isOuter ? builder.outer(sessions) : builder.inner(sessions)).start()) {
            Browser anna = visitor(site);
            assertEquals(200, anna.post("/basket", Map.of("name", "anna")).status());
            Visits.assertShared(visitor(site), visitor(site), "/plain");
            Visits.assertShared(visitor(site), visitor(site), "/");
            Page own = anna.get("/plain");
            assertFalse(own.isHit() || (isOuter && own.isStored()), own::toString);
            for (int i = 0; i < 2; i++) {
                assertTrue(anna.get("/basket").body().endsWith("of anna"));
                assertTrue(visitor(site).get("/basket").body().endsWith("of nobody"));
            }
            String cart = anna.get("/cart").body();
            assertFalse(visitor(site).get("/cart").body().contains(cart.substring(cart.lastIndexOf(' '))));
        }
    }

    private Browser visitor(Site site) {
        return Visits.visitor(site, numbers);
    }
}
