package dev.pagecache.frameworks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spring Security in front of the cache, as recommended: anonymous visitors share pages, users share nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SpringSecurityIT {
    private final AtomicInteger numbers = new AtomicInteger();
    private Site site;

    @BeforeAll
    void start() {
        site = ShopSite.guarded().outer(ShopSite.security()).start();
    }

    @AfterAll
    void stop() {
        site.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/products/1", "/plain", "/language", "/api/products", "/assets/shop.css"})
    void page_ofAnonymousVisitors_isShared(String target) {
        Visits.assertShared(visitor(), visitor(), target);
    }

    /**
     * The filter runs once more for the asynchronous dispatch, on the request that the application gave to it. What it
     * asks for then, the client's address among it, cannot be told from what the page asks for.
     */
    @ParameterizedTest
    @ValueSource(strings = {"/callable", "/deferred"})
    void page_thatIsAsynchronous_isNotShared(String target) {
        Visits.assertNeverStored(visitor(), visitor(), target);
    }

    /** Each in every order, so that whoever comes first is in the store if anything is. */
    @ParameterizedTest
    @ValueSource(strings = {"/who/thread", "/who/argument", "/who/principal", "/who/request"})
    void page_thatNamesTheUser_isSeenByNobodyElse(String page) {
        Browser alice = Visits.logIn(visitor(), "alice");
        Browser bob = Visits.logIn(visitor(), "bob");
        Browser anonymous = visitor();
        int order = 0;
        for (Browser[] visitors : new Browser[][] {
            {alice, bob, anonymous}, {bob, alice, anonymous}, {anonymous, alice, bob}, {alice, anonymous, bob}
        }) {
            String target = page + "?order=" + order++;
            for (int i = 0; i < 2; i++) {
                for (Browser visitor : visitors) {
                    String body = visitor.get(target).body();
                    assertEquals(visitor == alice, body.contains("alice"), body);
                    assertEquals(visitor == bob, body.contains("bob"), body);
                }
            }
        }
    }

    @Test
    void account_ofOneUser_isSeenByNobodyElse() {
        Browser alice = Visits.logIn(visitor(), "alice");
        Browser bob = Visits.logIn(visitor(), "bob");
        for (int i = 0; i < 2; i++) {
            assertTrue(alice.get("/account").body().endsWith("for alice"));
            assertTrue(bob.get("/account").body().endsWith("for bob"));
            assertEquals(302, visitor().get("/account").status());
            assertEquals(302, visitor().head("/account").status());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/form/argument", "/form/attribute", "/form/view"})
    void formWithAToken_isNeverStored(String target) {
        Browser one = visitor();
        Browser other = visitor();
        String mine = Visits.assertNeverStored(one, other, target).body();
        assertNotEquals(mine, visitor().get(target).body());
        Browser alice = Visits.logIn(visitor(), "alice");
        Browser bob = Visits.logIn(visitor(), "bob");
        assertNotEquals(alice.get(target).body(), bob.get(target).body());
    }

    @Test
    void pageOfAUser_isNeitherStoredNorServedFromTheStore() {
        Visits.assertShared(visitor(), visitor(), "/plain?user");
        Browser alice = Visits.logIn(visitor(), "alice");
        Page page = alice.get("/plain?user");
        assertFalse(page.isHit() || page.isStored(), page::toString);
    }

    @Test
    void page_afterLogout_isSharedAgain() {
        Visits.assertShared(visitor(), visitor(), "/plain?logout");
        Browser alice = Visits.logIn(visitor(), "alice");
        assertFalse(alice.get("/plain?logout").isHit());
        assertTrue(visitor().get("/plain?logout").isHit());
    }

    private Browser visitor() {
        return Visits.visitor(site, numbers);
    }
}
