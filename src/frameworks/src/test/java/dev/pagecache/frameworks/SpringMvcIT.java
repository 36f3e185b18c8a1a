package dev.pagecache.frameworks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ordinary pages of Spring MVC behind the cache with its default settings. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SpringMvcIT {
    private final AtomicInteger numbers = new AtomicInteger();
    private Site site;

    @BeforeAll
    void start() {
        site = ShopSite.with().start();
    }

    @AfterAll
    void stop() {
        site.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/products/1",
                "/search?q=tea",
                "/plain",
                "/model",
                "/language",
                "/plan",
                "/link",
                "/callable",
                "/deferred",
                "/api/products",
                "/api/products/1",
                "/api/open",
                "/assets/shop.css"
            })
    void page_sameForEverybody_isSharedByVisitors(String target) {
        Visits.assertShared(visitor(), visitor(), target);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            /products/101, 404
            /nothing,      404
            /old,          302
            """)
    void answer_thatIsNoPage_isNotStored(String target, int status) {
        assertEquals(
                status, Visits.assertNeverStored(visitor(), visitor(), target).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/cart", "/basket", "/wizard", "/address"})
    void page_ofOneVisitor_isNeverStored(String target) {
        Visits.assertNeverStored(visitor(), visitor(), target);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            /language?vary, Accept-Language, fr-FR,  render 2 in fr_FR
            /plan?vary,     X-Plan,          gold,   render 2 of gold
            """)
    void page_thatReadsAField_hasAVariantForEachValue(String target, String name, String value, String body) {
        Visits.assertShared(visitor(), visitor(), target);
        Page other = visitor().field(name, value).get(target);
        assertTrue(other.isStored(), other::toString);
        assertTrue(other.body().endsWith(body.substring(body.indexOf(' ', 7))), other::body);
        assertEquals(other.body(), visitor().field(name, value).get(target).body());
    }

    /** Cookies come all at once, so the page is for whoever sends the same ones. */
    @Test
    void page_thatReadsACookie_isForTheSameCookiesOnly() {
        Browser one = visitor().cookie("currency", "CHF");
        assertTrue(one.get("/price").isStored());
        assertTrue(one.get("/price").isHit());
        Page other = visitor().get("/price");
        assertFalse(other.isHit(), other::toString);
        assertTrue(other.body().endsWith("in EUR"), other::body);
    }

    /** Spring binds fields too, and for that looks at all of them. */
    @ParameterizedTest
    @ValueSource(strings = {"/find?words=tea", "/find/record?words=tea"})
    void form_boundByParametersAndFields_isForBrowsersThatSendTheSame(String target) {
        assertTrue(visitor().get(target).isStored());
        Page other = visitor().field("User-Agent", "another").get(target);
        assertFalse(other.isHit(), other::toString);
    }

    @Test
    void visitorWithASession_hasPagesRendered() {
        Visits.assertShared(visitor(), visitor(), "/plain?session");
        Browser buyer = visitor();
        assertEquals(200, buyer.get("/cart").status());
        Page page = buyer.get("/plain?session");
        assertFalse(page.isHit() || page.isStored(), page::toString);
    }

    @Test
    void basketInSession_ofOneVisitor_isNotSeenByOthers() {
        Browser one = visitor();
        assertEquals(200, one.post("/basket", Map.of("name", "anna")).status());
        assertTrue(one.get("/basket").body().endsWith("of anna"));
        assertTrue(visitor().get("/basket").body().endsWith("of nobody"));
        assertTrue(one.get("/basket").body().endsWith("of anna"));
    }

    @Test
    void sessionAttributesOfAController_ofOneVisitor_areNotSeenByOthers() {
        Browser one = visitor();
        one.get("/wizard");
        assertEquals("noted", one.post("/wizard", Map.of("name", "anna")).body());
        assertTrue(one.get("/wizard").body().endsWith("of anna"));
        assertFalse(visitor().get("/wizard").body().contains("anna"));
    }

    @Test
    void flashAttribute_ofOneVisitor_isNotSeenByOthers() {
        Visits.assertShared(visitor(), visitor(), "/ordered?before");
        Browser one = visitor();
        Page redirect = one.post("/order", Map.of("name", "anna"));
        assertTrue(redirect.field("Location").contains("/ordered"), redirect::toString);
        Page thanks = one.get("/ordered");
        assertTrue(thanks.body().endsWith("Thank you, anna"), thanks::toString);
        assertFalse(thanks.isStored(), thanks::toString);
        assertTrue(visitor().get("/ordered").body().endsWith("null"));
        assertTrue(one.get("/ordered").body().endsWith("null"));
    }

    @Test
    void flashAttribute_whereThePageIsStored_isSeenAllTheSame() {
        visitor().get("/ordered");
        assertTrue(visitor().get("/ordered").isHit());
        Browser one = visitor();
        one.post("/order", Map.of("name", "berta"));
        Page thanks = one.get("/ordered");
        assertTrue(thanks.body().endsWith("Thank you, berta"), thanks::toString);
        assertTrue(visitor().get("/ordered").body().endsWith("null"));
    }

    private Browser visitor() {
        return Visits.visitor(site, numbers);
    }
}
