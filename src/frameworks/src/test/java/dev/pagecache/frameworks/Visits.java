package dev.pagecache.frameworks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What two visitors see of a page. */
final class Visits {
    /** Cookies of analytics, for {@code cookies.ignore}. */
    static final String ANALYTICS = "_ga*, _gid, consent";

    private static final String TOKEN = "name=\"_csrf\" type=\"hidden\" value=\"";

    private Visits() {}

    /** A visitor with the fields of a browser and an analytics cookie of its own. */
    static Browser visitor(Site site, AtomicInteger numbers) {
        return Visitor.BROWSERS.get(0).enter(site, numbers.incrementAndGet());
    }

    /** One visitor's answer is stored and serves another one. */
    static Page assertShared(Browser one, Browser other, String target) {
        Page stored = one.get(target);
        assertFalse(stored.isHit(), () -> target + " miss expected: " + stored);
        Page hit = other.get(target);
        assertTrue(hit.isHit(), () -> target + " hit expected: " + hit);
        assertEquals(stored.body(), hit.body());
        assertEquals(stored.status(), hit.status());
        return hit;
    }

    /** No answer is stored, and none comes from the store. */
    static Page assertNeverStored(Browser one, Browser other, String target) {
        for (Browser browser : new Browser[] {one, other, one}) {
            Page page = browser.get(target);
            assertFalse(page.isStored() || page.isHit(), () -> target + " not stored expected: " + page);
        }
        return other.get(target);
    }

    /** Logs a visitor in by the form of Spring Security. */
    static Browser logIn(Browser browser, String name) {
        Page form = browser.get("/login");
        int start = form.body().indexOf(TOKEN) + TOKEN.length();
        assertTrue(start > TOKEN.length(), form::body);
        String token = form.body().substring(start, form.body().indexOf('"', start));
        Page answer = browser.post("/login", Map.of("username", name, "password", "secret", "_csrf", token));
        assertEquals(302, answer.status());
        assertFalse(answer.field("Location").contains("error"), answer::toString);
        return browser;
    }
}
