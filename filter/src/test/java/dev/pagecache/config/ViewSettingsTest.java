package dev.pagecache.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.CacheControl;
import dev.pagecache.CachePage;
import dev.pagecache.NeverCache;
import dev.pagecache.VaryOnCookie;
import dev.pagecache.VaryOnHeaders;
import dev.pagecache.config.ViewSettings.View;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.TagSyntax;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ViewSettingsTest {
    private static final PagePolicy BASE = Settings.read(new SettingsSource(
                    Map.of(),
                    Map.of(),
                    Map.of("keyPrefix", "site", "vary", "X-M", "staleWhileRevalidate", "7", "staleIfError", "8"),
                    Map.of()))
            .filter()
            .policy();

    private static View merge(Class<?> servletClass) {
        return ViewSettings.merge(BASE, "main", servletClass);
    }

    private static final class Plain {}

    @Test
    void merge_noAnnotation_keepsTheFiltersSettings() {
        assertEquals(new View(false, false, BASE, "main", List.of(), null), merge(Plain.class));
    }

    @CachePage
    private static class Bare {}

    private static final class Child extends Bare {}

    @Test
    void merge_cachePageWithoutAttributes_onlyMarksTheView() {
        assertEquals(new View(true, false, BASE, "main", List.of(), null), merge(Bare.class));
        assertEquals(merge(Bare.class), merge(Child.class));
    }

    @CachePage(
            value = 300,
            cache = "fast",
            keyPrefix = "shop",
            vary = {"X-Z", "x-a", "X-M"},
            tags = {"shop", "a:1"},
            staleWhileRevalidate = 30,
            staleIfError = 0)
    private static final class Full {}

    @Test
    void merge_cachePageWithAttributes_refines() {
        View view = merge(Full.class);
        PagePolicy policy = view.policy();

        assertEquals("fast", view.cacheAlias());
        assertEquals(Duration.ofMinutes(5), policy.viewTimeout());
        assertEquals(BASE.timeout(), policy.timeout());
        assertEquals("shop", policy.keyPrefix());
        assertEquals(List.of("x-a", "x-m", "x-z"), policy.vary());
        assertEquals(List.of("a:1", "shop"), policy.tags());
        assertEquals(Duration.ofSeconds(30), policy.staleWhileRevalidate());
        assertEquals(Duration.ZERO, policy.staleIfError());
        assertEquals(BASE.maxBodyBytes(), policy.maxBodyBytes());
    }

    @CachePage(0)
    private static final class Zero {}

    @CachePage(-5)
    private static final class Negative {}

    @CachePage(Long.MAX_VALUE)
    private static final class Forever {}

    @Test
    void merge_cachePageValue_isClamped() {
        assertEquals(Duration.ZERO, merge(Zero.class).policy().viewTimeout());
        assertEquals(Duration.ZERO, merge(Negative.class).policy().viewTimeout());
        assertEquals(Duration.ofSeconds(1L << 31), merge(Forever.class).policy().viewTimeout());
        assertNull(merge(Bare.class).policy().viewTimeout());
    }

    @NeverCache
    @VaryOnHeaders({"X-B", "Accept-Language"})
    @VaryOnCookie
    @CacheControl(maxAge = 5, isPublic = true)
    private static final class Others {}

    @VaryOnHeaders("cookie")
    @VaryOnCookie
    private static final class CookieTwice {}

    @VaryOnHeaders("*")
    private static final class Any {}

    @Test
    void merge_otherAnnotations_areReported() {
        View view = merge(Others.class);

        assertFalse(view.isCached());
        assertTrue(view.isNeverCached());
        assertEquals(List.of("X-B", "Accept-Language", "Cookie"), view.addedVary());
        assertEquals(5, Objects.requireNonNull(view.cacheControl()).maxAge());
        assertEquals(List.of("cookie"), merge(CookieTwice.class).addedVary());
        assertEquals(List.of("*"), merge(Any.class).addedVary());
    }

    @CachePage(tags = {"ok", "not ok"})
    private static final class BadTag {}

    @CachePage(tags = "")
    private static final class EmptyTag {}

    @CachePage(vary = "X A")
    private static final class BadVary {}

    @CachePage(vary = "*")
    private static final class AnyVary {}

    @CachePage(cache = "a.b")
    private static final class BadCache {}

    @CachePage(keyPrefix = "a b")
    private static final class BadPrefix {}

    @CachePage(staleWhileRevalidate = -1)
    private static final class BadRevalidate {}

    @CachePage(staleIfError = -2)
    private static final class BadError {}

    @VaryOnHeaders("a,b")
    private static final class BadHeaders {}

    @CacheControl(maxAge = -1)
    private static final class BadMaxAge {}

    @CacheControl(sMaxage = -1)
    private static final class BadSMaxage {}

    @CacheControl(staleWhileRevalidate = -1)
    private static final class BadControlRevalidate {}

    @CacheControl(staleIfError = -1)
    private static final class BadControlError {}

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(BadTag.class, "@CachePage tags", "\"not ok\"", "1 to 128 characters"),
                Arguments.of(EmptyTag.class, "@CachePage tags", "\"\"", "1 to 128 characters"),
                Arguments.of(BadVary.class, "@CachePage vary", "X A", "header names"),
                Arguments.of(AnyVary.class, "@CachePage vary", "*", "header names"),
                Arguments.of(BadCache.class, "@CachePage cache", "a.b", "alias"),
                Arguments.of(BadPrefix.class, "@CachePage keyPrefix", "a b", "printable ASCII"),
                Arguments.of(BadRevalidate.class, "@CachePage staleWhileRevalidate", "-1", "0 or more seconds"),
                Arguments.of(BadError.class, "@CachePage staleIfError", "-2", "0 or more seconds"),
                Arguments.of(BadHeaders.class, "@VaryOnHeaders value", "a,b", "header names"),
                Arguments.of(BadMaxAge.class, "@CacheControl maxAge", "-1", "0 or more seconds"),
                Arguments.of(BadSMaxage.class, "@CacheControl sMaxage", "-1", "0 or more seconds"),
                Arguments.of(
                        BadControlRevalidate.class, "@CacheControl staleWhileRevalidate", "-1", "0 or more seconds"),
                Arguments.of(BadControlError.class, "@CacheControl staleIfError", "-1", "0 or more seconds"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void merge_wrongValue_namesClassAttributeAndAllowed(
            Class<?> servletClass, String attribute, String value, String allowed) {
        String error = String.valueOf(assertThrows(IllegalArgumentException.class, () -> merge(servletClass))
                .getMessage());

        assertTrue(error.startsWith(attribute + " on " + servletClass.getName()), error);
        assertTrue(error.contains(value), error);
        assertTrue(error.substring(error.indexOf("allowed: ")).contains(allowed), error);
    }

    @Test
    void isTag_longest_has128Characters() {
        assertTrue(TagSyntax.isTag("aZ09_.:/-".repeat(14) + "ab"));
        assertFalse(TagSyntax.isTag("aZ09_.:/-".repeat(14) + "abc"));
        assertFalse(TagSyntax.isTag("\u00e4"));
    }
}
