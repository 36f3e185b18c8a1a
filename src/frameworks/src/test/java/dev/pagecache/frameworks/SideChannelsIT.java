package dev.pagecache.frameworks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.RequestContextListener;
import org.springframework.web.context.support.WebApplicationContextUtils;
import org.springframework.web.filter.RequestContextFilter;

/** Servlets that get at a request through Spring's thread, on which a filter or listener outside has put it. */
final class SideChannelsIT {
    private final AtomicInteger numbers = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(strings = {"filter outside", "listener", "filter inside"})
    void sessionScopedBean_inAServlet_isSeenByItsOwnerOnly(String place) {
        Site.Builder builder =
                ShopSite.with().servlet("/bean", new BeanServlet()).servlet("/direct", new DirectServlet());
        switch (place) {
            case "filter outside" -> builder.outer(new RequestContextFilter());
            case "listener" -> builder.context(context -> context.addEventListener(new RequestContextListener()));
            default -> builder.inner(new RequestContextFilter());
        }
        try (Site site = builder.start()) {
            Browser anna = visitor(site);
            assertEquals(200, anna.post("/basket", Map.of("name", "anna")).status());
            for (String page : new String[] {"/bean", "/direct"}) {
                for (int i = 0; i < 2; i++) {
                    assertEquals("anna", anna.get(page).body());
                    assertEquals("nobody", visitor(site).get(page).body());
                }
            }
        }
    }

    /** Where the cache cannot see who reads, the filter belongs behind it. */
    @Test
    void languageOfTheThread_filterBehindTheCache_isInTheKey() {
        Filter filter = new RequestContextFilter();
        try (Site site = Site.with()
                .inner(filter)
                .servlet("/language", new LanguageServlet())
                .start()) {
            assertEquals("de_DE", visitor(site).get("/language").body());
            assertEquals(
                    "fr_FR",
                    visitor(site)
                            .field("Accept-Language", "fr-FR")
                            .get("/language")
                            .body());
            assertEquals("de_DE", visitor(site).get("/language").body());
        }
    }

    private Browser visitor(Site site) {
        return Visits.visitor(site, numbers);
    }

    /** Shows whose basket it is. */
    private static final class BeanServlet extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter()
                    .write(WebApplicationContextUtils.getRequiredWebApplicationContext(getServletContext())
                            .getBean(Shop.Basket.class)
                            .owner());
        }
    }

    /** Shows the same without a bean. */
    private static final class DirectServlet extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Object basket = RequestContextHolder.currentRequestAttributes()
                    .getAttribute("scopedTarget.basket", RequestAttributes.SCOPE_SESSION);
            response.getWriter().write(basket instanceof Shop.Basket known ? known.owner() : "nobody");
        }
    }

    private static final class LanguageServlet extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write(LocaleContextHolder.getLocale().toString());
        }
    }
}
