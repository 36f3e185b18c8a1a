package dev.pagecache.frameworks;

import static org.springframework.security.config.Customizer.withDefaults;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/** What Spring Security knows of a visitor, on pages that read it in one way each. */
final class GuardedShop {
    private GuardedShop() {}

    /** Anonymous visitors may see all but an account; users log in by a form; forms carry a token. */
    @Configuration
    @EnableWebSecurity
    static class Rules {
        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers("/account")
                            .authenticated()
                            .anyRequest()
                            .permitAll())
                    .formLogin(withDefaults())
                    .build();
        }

        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(user("alice"), user("bob"));
        }

        private static UserDetails user(String name) {
            return User.withUsername(name)
                    .password("{noop}secret")
                    .roles("USER")
                    .build();
        }
    }

    /** Pages that say who is there. */
    @Controller
    static class Accounts {
        private final Shop.Renders renders;

        Accounts(Shop.Renders renders) {
            this.renders = renders;
        }

        @GetMapping("/account")
        @ResponseBody
        String account() {
            return "render " + renders.next("account") + " for " + thread();
        }

        @GetMapping("/who/thread")
        @ResponseBody
        String ofThread() {
            return "render " + renders.next("who/thread") + " for " + thread();
        }

        @GetMapping("/who/argument")
        @ResponseBody
        String ofArgument(@AuthenticationPrincipal @Nullable UserDetails user) {
            return "render " + renders.next("who/argument") + " for " + (user == null ? "nobody" : user.getUsername());
        }

        @GetMapping("/who/principal")
        @ResponseBody
        String ofPrincipal(@Nullable Principal user) {
            return "render " + renders.next("who/principal") + " for " + (user == null ? "nobody" : user.getName());
        }

        @GetMapping("/who/request")
        @ResponseBody
        String ofRequest(HttpServletRequest request) {
            return "render " + renders.next("who/request") + " for " + request.getRemoteUser();
        }

        @GetMapping("/form/argument")
        @ResponseBody
        String form(CsrfToken token) {
            return "render " + renders.next("form/argument") + " with " + token.getToken();
        }

        @GetMapping("/form/attribute")
        @ResponseBody
        String form(HttpServletRequest request) {
            CsrfToken token = (CsrfToken) request.getAttribute("_csrf");
            return "render " + renders.next("form/attribute") + " with " + (token == null ? null : token.getToken());
        }

        @GetMapping("/form/view")
        String view() {
            return "form";
        }

        @PostMapping("/form/view")
        @ResponseBody
        String sent() {
            return "sent by " + thread();
        }

        private static String thread() {
            Authentication user = SecurityContextHolder.getContext().getAuthentication();
            return user == null ? "nobody" : user.getName();
        }
    }
}
