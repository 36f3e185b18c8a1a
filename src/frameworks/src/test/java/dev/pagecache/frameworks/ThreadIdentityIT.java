package dev.pagecache.frameworks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.Filter;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;

/**
 * A filter outside knows the user from a cookie, without any session, and the page learns it from the thread: of the
 * request it reads nothing at all.
 */
final class ThreadIdentityIT {
    private final AtomicInteger numbers = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(strings = {"alice first", "anonymous first"})
    void pageOfThread_behindStatelessSecurity_isSeenByNobodyElse(String order) {
        try (Site site = ShopSite.with(StatelessRules.class)
                .outer(ShopSite.security())
                .servlet("/thread", new ThreadServlet())
                .start()) {
            assertEachSeesItself(site, order);
        }
    }

    /** Other frameworks do the same: the wrapper names the user, and the application reads the thread. */
    @ParameterizedTest
    @ValueSource(strings = {"alice first", "anonymous first"})
    void pageOfThread_behindAWrapperWithTheUser_isSeenByNobodyElse(String order) {
        Filter users = (request, response, chain) -> {
            String name = user((HttpServletRequest) request);
            Authentication user = name == null ? null : authentication(name);
            if (user != null) {
                SecurityContextHolder.setContext(new SecurityContextImpl(user));
            }
            try {
                chain.doFilter(
                        new HttpServletRequestWrapper((HttpServletRequest) request) {
                            @Override
                            public @Nullable Principal getUserPrincipal() {
                                return user;
                            }
                        },
                        response);
            } finally {
                SecurityContextHolder.clearContext();
            }
        };
        try (Site site =
                Site.with().outer(users).servlet("/thread", new ThreadServlet()).start()) {
            assertEachSeesItself(site, order);
        }
    }

    private void assertEachSeesItself(Site site, String order) {
        Browser alice = Visits.visitor(site, numbers).cookie("user", "alice");
        Browser bob = Visits.visitor(site, numbers).cookie("user", "bob");
        Browser anonymous = Visits.visitor(site, numbers);
        if (order.startsWith("anonymous")) {
            assertEquals("nobody", anonymous.get("/thread").body());
        }
        for (int i = 0; i < 2; i++) {
            assertEquals("alice", alice.get("/thread").body());
            assertEquals("bob", bob.get("/thread").body());
            assertEquals("nobody", anonymous.get("/thread").body());
        }
    }

    private static Authentication authentication(String name) {
        return UsernamePasswordAuthenticationToken.authenticated(
                name, "", AuthorityUtils.createAuthorityList("ROLE_USER"));
    }

    private static @Nullable String user(HttpServletRequest request) {
        if (request.getCookies() != null) {
            for (Cookie cookie : request.getCookies()) {
                if (cookie.getName().equals("user")) {
                    return cookie.getValue();
                }
            }
        }
        return null;
    }

    /** Knows users by a cookie, as with signed tokens, and keeps no session. */
    @Configuration
    @EnableWebSecurity
    static class StatelessRules {
        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            Filter users = (request, response, chain) -> {
                String name = user((HttpServletRequest) request);
                if (name != null) {
                    SecurityContextHolder.setContext(new SecurityContextImpl(authentication(name)));
                }
                chain.doFilter(request, response);
            };
            return http.sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                    .csrf(csrf -> csrf.disable())
                    .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .addFilterAfter(users, SecurityContextHolderFilter.class)
                    .build();
        }
    }

    /** Names the user of the thread. */
    private static final class ThreadServlet extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Authentication user = SecurityContextHolder.getContext().getAuthentication();
            String name = user == null ? "anonymousUser" : user.getName();
            response.getWriter().write(name.equals("anonymousUser") ? "nobody" : name);
        }
    }
}
