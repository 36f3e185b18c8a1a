package dev.pagecache.frameworks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.faces.config.ConfigureListener;
import jakarta.faces.webapp.FacesServlet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.weld.environment.servlet.EnhancedListener;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jakarta Faces (Mojarra on Weld): transient views are shared, views with state are not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FacesIT {
    private final AtomicInteger numbers = new AtomicInteger();
    private Site site;

    @BeforeAll
    void start() {
        site = faces().param("cookies.ignore", Visits.ANALYTICS).start();
    }

    @AfterAll
    void stop() {
        site.close();
    }

    private static Site.Builder faces() {
        return Site.with()
                .context(context -> {
                    context.addServletContainerInitializer(new EnhancedListener());
                    context.setInitParameter("jakarta.faces.PROJECT_STAGE", "Production");
                    context.setInitParameter("com.sun.faces.forceLoadConfiguration", "true");
                    context.addEventListener(new ConfigureListener());
                })
                .servlet("*.xhtml", new FacesServlet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/page.xhtml", "/page.xhtml?words=tea", "/transient.xhtml"})
    void view_thatIsTransient_isShared(String target) {
        Page hit = Visits.assertShared(visitor(), visitor(), target);
        assertEquals(200, hit.status());
    }

    /** The state of a view is in the session of the one visitor, even if it has no form. */
    @Test
    void view_withState_isNeverStored() {
        Visits.assertNeverStored(visitor(), visitor(), "/state.xhtml");
        String one =
                Visits.assertNeverStored(visitor(), visitor(), "/form.xhtml").body();
        assertTrue(one.contains("jakarta.faces.ViewState"), one);
        assertNotEquals(one, visitor().get("/form.xhtml").body());
    }

    /** Faces looks for its flash among the cookies of each request. */
    @Test
    void page_ofVisitorsWithOtherCookies_isNotShared() {
        assertFalse(visitor().cookie("other", "1").get("/page.xhtml?cookies").isHit());
        assertFalse(visitor().cookie("other", "2").get("/page.xhtml?cookies").isHit());
        assertTrue(visitor().cookie("other", "1").get("/page.xhtml?cookies").isHit());
    }

    private Browser visitor() {
        return Visits.visitor(site, numbers);
    }
}
