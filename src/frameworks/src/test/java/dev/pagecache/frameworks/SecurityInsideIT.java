package dev.pagecache.frameworks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.springframework.security.config.Customizer.withDefaults;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** Spring Security behind the cache, where it should not be: nothing of a user comes into the store there either. */
final class SecurityInsideIT {
    private final AtomicInteger numbers = new AtomicInteger();

    /** Its own Cache-Control forbids it. */
    @Test
    void pages_behindWhichSecurityStands_areNotStored() {
        try (Site site = ShopSite.guarded().inner(ShopSite.security()).start()) {
            for (String target : new String[] {"/", "/plain", "/api/products", "/form/view", "/assets/shop.css"}) {
                Visits.assertNeverStored(visitor(site), visitor(site), target);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Void.class, WithoutCacheControl.class})
    void pages_ofAUser_areSeenByNobodyElse(Class<?> rules) {
        Site.Builder builder = rules == Void.class ? ShopSite.guarded() : ShopSite.guarded(WithoutCacheControl.class);
        try (Site site = builder.inner(ShopSite.security()).start()) {
            Browser alice = Visits.logIn(visitor(site), "alice");
            Browser bob = Visits.logIn(visitor(site), "bob");
            for (String page : new String[] {"/who/thread", "/who/principal", "/who/request", "/account"}) {
                for (int i = 0; i < 2; i++) {
                    assertTrue(alice.get(page).body().endsWith("for alice"), page);
                    assertTrue(bob.get(page).body().endsWith("for bob"), page);
                    Page anonymous = visitor(site).get(page);
                    assertTrue(
                            !anonymous.body().contains("alice")
                                    && !anonymous.body().contains("bob"),
                            page);
                    assertEquals(page.equals("/account") ? 302 : 200, anonymous.status());
                }
            }
            Visits.assertNeverStored(visitor(site), visitor(site), "/form/view");
            Visits.assertNeverStored(visitor(site), visitor(site), "/form/attribute");
        }
    }

    private Browser visitor(Site site) {
        return Visits.visitor(site, numbers);
    }

    /** Rules that let responses be stored. */
    @Configuration
    static class WithoutCacheControl {
        @Bean
        @Order(0)
        SecurityFilterChain open(HttpSecurity http) throws Exception {
            return http.securityMatcher("/**")
                    .authorizeHttpRequests(requests -> requests.requestMatchers("/account")
                            .authenticated()
                            .anyRequest()
                            .permitAll())
                    .formLogin(withDefaults())
                    .headers(headers -> headers.cacheControl(cache -> cache.disable()))
                    .build();
        }
    }
}
