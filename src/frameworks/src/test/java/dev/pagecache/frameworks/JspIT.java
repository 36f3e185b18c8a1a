package dev.pagecache.frameworks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.ee11.apache.jsp.JettyJasperInitializer;
import org.eclipse.jetty.ee11.jsp.JettyJspServlet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain JSPs: shared where they say that they want no session. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class JspIT {
    private final AtomicInteger numbers = new AtomicInteger();
    private Site site;

    @BeforeAll
    void start(@TempDir Path work) {
        Filter users = (request, response, chain) -> {
            String tenant = ((HttpServletRequest) request).getHeader("X-Tenant");
            request.setAttribute("tenant", tenant);
            request.setAttribute("customer", tenant == null ? null : new AtomicReference<>(tenant));
            chain.doFilter(request, response);
        };
        site = jsp(work).outer(users).start();
    }

    @AfterAll
    void stop() {
        site.close();
    }

    /** A site for the pages in {@code src/test/webapp}. */
    static Site.Builder jsp(Path work) {
        File folder = work.toFile();
        return Site.with()
                .context(context -> {
                    context.setAttribute("jakarta.servlet.context.tempdir", folder);
                    context.setClassLoader(new URLClassLoader(new URL[0], JspIT.class.getClassLoader()));
                    context.addServletContainerInitializer(new JettyJasperInitializer());
                })
                .servlet("*.jsp", new JettyJspServlet());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/plain.jsp",
                "/jstl.jsp",
                "/parameter.jsp?q=tea",
                "/scope.jsp",
                "/including.jsp",
                "/principal.jsp"
            })
    void page_withoutSession_isShared(String target) {
        Visits.assertShared(visitor(), visitor(), target);
    }

    /** A JSP makes a session unless it says that it wants none. */
    @ParameterizedTest
    @ValueSource(strings = {"/default.jsp", "/bean.jsp"})
    void page_withSession_isNeverStored(String target) {
        Visits.assertNeverStored(visitor(), visitor(), target);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            /parameter.jsp?plan, X-Plan,          gold
            /jstl.jsp?language,  Accept-Language, en-US
            /tenant.jsp,         X-Tenant,        red
            /customer.jsp,       X-Tenant,        red
            """)
    void page_thatReadsWhatDiffers_isKeptApart(String target, String name, String value) {
        Browser one = visitor();
        Browser other = visitor().field(name, value);
        String usual = one.get(target).body();
        String special = other.get(target).body();
        assertNotEquals(usual, special);
        for (int i = 0; i < 2; i++) {
            assertEquals(special, other.get(target).body());
            assertEquals(usual, one.get(target).body());
        }
    }

    @Test
    void page_thatReadsACookie_isKeptApart() {
        Browser one = visitor().cookie("currency", "CHF");
        assertTrue(one.get("/cookie.jsp").body().contains("CHF"));
        assertTrue(one.get("/cookie.jsp").isHit());
        assertFalse(visitor().get("/cookie.jsp").body().contains("CHF"));
    }

    /** An object of an outer filter has no place in a key. */
    @Test
    void page_thatReadsAnObjectFromOutside_isNeverStored() {
        Browser red = visitor().field("X-Tenant", "red");
        Visits.assertNeverStored(red, visitor().field("X-Tenant", "blue"), "/customer.jsp?object");
    }

    private Browser visitor() {
        return Visits.visitor(site, numbers);
    }
}
