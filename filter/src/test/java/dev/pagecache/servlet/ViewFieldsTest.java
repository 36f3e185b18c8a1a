package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.CacheControl;
import dev.pagecache.NeverCache;
import dev.pagecache.VaryOnCookie;
import dev.pagecache.VaryOnHeaders;
import dev.pagecache.config.ViewSettings;
import dev.pagecache.policy.PolicyBuilder;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ViewFieldsTest {

    /** Views by their annotations. */
    static final class Plain {}

    @NeverCache
    static final class Never {}

    @CacheControl(isPublic = true, maxAge = 60, sMaxage = 30, staleWhileRevalidate = 5, staleIfError = 6)
    static final class Public {}

    @CacheControl(isPrivate = true, noTransform = true)
    static final class Private {}

    @CacheControl(noCache = true, noStore = true, mustRevalidate = true, proxyRevalidate = true, immutable = true)
    static final class Flags {}

    @CacheControl(maxAge = 60)
    static final class Minute {}

    @VaryOnHeaders({"Accept", "X-Edition"})
    static final class Headers {}

    @VaryOnCookie
    static final class Cookie {}

    @VaryOnHeaders("*")
    static final class Any {}

    private static ViewFields fields(Class<?> servlet) {
        return new ViewFields(ViewSettings.merge(PolicyBuilder.defaults(), "default", servlet), List.of());
    }

    static Stream<Arguments> cacheControls() {
        return Stream.of(
                Arguments.of("nothing said, nothing changed", Plain.class, null, List.of()),
                Arguments.of("nothing said, the own line stays", Plain.class, "private", List.of("private")),
                Arguments.of(
                        "Django's never_cache",
                        Never.class,
                        null,
                        List.of("max-age=0, no-cache, no-store, must-revalidate, private")),
                Arguments.of(
                        "never_cache overrules what the servlet said",
                        Never.class,
                        "public, max-age=60",
                        List.of("max-age=0, no-cache, no-store, must-revalidate, private")),
                Arguments.of(
                        "all directives with seconds",
                        Public.class,
                        null,
                        List.of("public, max-age=60, s-maxage=30, stale-while-revalidate=5, stale-if-error=6")),
                Arguments.of(
                        "what the servlet says is private stays so",
                        Public.class,
                        "private",
                        List.of("private, max-age=60, s-maxage=30, stale-while-revalidate=5, stale-if-error=6")),
                Arguments.of("private replaces public", Private.class, "public", List.of("private, no-transform")),
                Arguments.of(
                        "all flags",
                        Flags.class,
                        null,
                        List.of("no-cache, no-store, must-revalidate, proxy-revalidate, immutable")),
                Arguments.of("the smaller max-age counts, ours", Minute.class, "max-age=900", List.of("max-age=60")),
                Arguments.of("the smaller max-age counts, its own", Minute.class, "max-age=5", List.of("max-age=5")),
                Arguments.of("a malformed max-age counts as 0", Minute.class, "max-age=x", List.of("max-age=0")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cacheControls")
    void apply_cacheControl(String sentence, Class<?> servlet, @Nullable String own, List<String> expected)
            throws IOException {
        FakeResponse fake = own == null ? new FakeResponse() : new FakeResponse("Cache-Control", own);
        fields(servlet).apply(fake.response);
        assertEquals(expected, fake.all("Cache-Control"), sentence);
    }

    static Stream<Arguments> varies() {
        return Stream.of(
                Arguments.of("names are added", Headers.class, List.of(), List.of("Accept, X-Edition")),
                Arguments.of("behind those there", Headers.class, List.of("B"), List.of("B, Accept, X-Edition")),
                Arguments.of("each once", Headers.class, List.of("accept", "B"), List.of("accept, B, X-Edition")),
                Arguments.of(
                        "nothing missing, nothing changed",
                        Headers.class,
                        List.of("x-edition", "accept"),
                        List.of("x-edition", "accept")),
                Arguments.of("any covers all", Headers.class, List.of("*"), List.of("*")),
                Arguments.of("any may be said", Any.class, List.of("Accept"), List.of("Accept, *")),
                Arguments.of("the cookie", Cookie.class, List.of(), List.of("Cookie")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("varies")
    void apply_vary(String sentence, Class<?> servlet, List<String> own, List<String> expected) throws IOException {
        FakeResponse fake = new FakeResponse(
                own.stream().flatMap(value -> Stream.of("Vary", value)).toArray(String[]::new));
        fields(servlet).apply(fake.response);
        assertEquals(expected, fake.all("Vary"), sentence);
        fields(servlet).apply(fake.response);
        assertEquals(expected, fake.all("Vary"), "once more: " + sentence);
    }

    @Test
    void apply_neverCache_expiresAtOnce() throws IOException {
        FakeResponse fake = new FakeResponse("Expires", "later");
        fields(Never.class).apply(fake.response);
        fields(Never.class).apply(fake.response);
        assertEquals(List.of("date 0"), fake.all("Expires"));
        assertEquals(1, fake.all("Cache-Control").size());
    }

    @Test
    void areNeededBy_onlyWhatSaysSomething() {
        assertFalse(isNeeded(Plain.class));
        assertTrue(isNeeded(Never.class));
        assertTrue(isNeeded(Minute.class));
        assertTrue(isNeeded(Cookie.class));
    }

    private static boolean isNeeded(Class<?> servlet) {
        return ViewFields.areNeededBy(ViewSettings.merge(PolicyBuilder.defaults(), "default", servlet));
    }
}
