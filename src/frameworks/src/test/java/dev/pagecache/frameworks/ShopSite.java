package dev.pagecache.frameworks;

import java.util.Locale;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.context.ContextLoaderListener;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.DelegatingFilterProxy;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;
import org.springframework.web.servlet.i18n.FixedLocaleResolver;
import org.springframework.web.servlet.i18n.SessionLocaleResolver;

/** The shop as applications are set up: all beans in one context, which filters find too. */
final class ShopSite {
    private ShopSite() {}

    /** A site with the shop, and more configurations. */
    static Site.Builder with(Class<?>... more) {
        AnnotationConfigWebApplicationContext beans = new AnnotationConfigWebApplicationContext();
        beans.register(ShopConfiguration.class);
        if (more.length > 0) {
            beans.register(more);
        }
        return Site.with()
                .context(context -> context.addEventListener(new ContextLoaderListener(beans)))
                .servlet("/", new DispatcherServlet(beans));
    }

    /** A site with the shop and users; the filter of {@link #security()} is still to be added. */
    static Site.Builder guarded(Class<?>... more) {
        Class<?>[] all = new Class<?>[more.length + 2];
        all[0] = GuardedShop.Rules.class;
        all[1] = GuardedShop.Accounts.class;
        System.arraycopy(more, 0, all, 2, more.length);
        return with(all);
    }

    /** Spring Security's filter, as its initializer registers it. */
    static DelegatingFilterProxy security() {
        return new DelegatingFilterProxy("springSecurityFilterChain");
    }

    /** The language is in a cookie. */
    @Configuration
    static class LanguageInCookie {
        @Bean
        LocaleResolver localeResolver() {
            return new CookieLocaleResolver("language");
        }
    }

    /** The language is in the session. */
    @Configuration
    static class LanguageInSession {
        @Bean
        LocaleResolver localeResolver() {
            return new SessionLocaleResolver();
        }
    }

    /** There is one language. */
    @Configuration
    static class OneLanguage {
        @Bean
        LocaleResolver localeResolver() {
            return new FixedLocaleResolver(Locale.GERMAN);
        }
    }
}
