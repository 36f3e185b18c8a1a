package dev.pagecache.frameworks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Which visitors share a page under each of Spring's locale resolvers. */
final class LocaleResolversIT {
    private final AtomicInteger numbers = new AtomicInteger();

    @Test
    void acceptHeader_hasAPageForEachFieldValue() {
        try (Site site = ShopSite.with().start()) {
            Visits.assertShared(visitor(site), visitor(site), "/");
            Page french = visitor(site).field("Accept-Language", "fr-FR").get("/");
            assertFalse(french.isHit(), french::toString);
            assertTrue(visitor(site).field("Accept-Language", "fr-FR").get("/").isHit());
        }
    }

    @Test
    void fixed_hasOnePage() {
        try (Site site = ShopSite.with(ShopSite.OneLanguage.class).start()) {
            Visits.assertShared(visitor(site), visitor(site).field("Accept-Language", "fr-FR"), "/");
        }
    }

    /** Cookies come all at once: pages are shared once the analytics are hidden. */
    @Test
    void cookie_isSharedWhereOtherCookiesAreIgnored() {
        try (Site site = ShopSite.with(ShopSite.LanguageInCookie.class).start()) {
            visitor(site).get("/");
            Page other = visitor(site).get("/");
            assertFalse(other.isHit(), other::toString);
        }
        try (Site site = ShopSite.with(ShopSite.LanguageInCookie.class)
                .param("cookies.ignore", Visits.ANALYTICS)
                .start()) {
            Visits.assertShared(visitor(site), visitor(site), "/");
            Browser french = visitor(site).cookie("language", "fr");
            assertFalse(french.get("/language").isHit());
            assertTrue(french.get("/language").body().endsWith("in fr"));
            assertTrue(visitor(site).get("/language").body().endsWith("in de_DE"));
        }
    }

    /** The language of who chose none follows from the field. */
    @Test
    void session_isSharedByVisitorsWithout() {
        try (Site site = ShopSite.with(ShopSite.LanguageInSession.class).start()) {
            Visits.assertShared(visitor(site), visitor(site), "/");
            assertEquals("in de_DE", end(Visits.assertShared(visitor(site), visitor(site), "/language")));
            Browser french = visitor(site).field("Accept-Language", "fr-FR");
            assertEquals("in fr_FR", end(french.get("/language")));
            assertEquals("in de_DE", end(visitor(site).get("/language")));
        }
    }

    private static String end(Page page) {
        return page.body().substring(page.body().indexOf("in "));
    }

    private Browser visitor(Site site) {
        return Visits.visitor(site, numbers);
    }
}
