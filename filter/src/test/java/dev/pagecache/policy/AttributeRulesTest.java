package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pagecache.policy.AttributeRules.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class AttributeRulesTest {

    static Stream<Arguments> read() {
        return Stream.of(
                arguments("tenant", "a", Verdict.VALUE),
                arguments("tenant", null, Verdict.ABSENCE),
                arguments("tenant", 1, Verdict.VALUE),
                arguments("tenant", 1L, Verdict.VALUE),
                arguments("tenant", (short) 1, Verdict.VALUE),
                arguments("tenant", (byte) 1, Verdict.VALUE),
                arguments("tenant", 1.0, Verdict.VALUE),
                arguments("tenant", 1.0f, Verdict.VALUE),
                arguments("tenant", 'a', Verdict.VALUE),
                arguments("tenant", true, Verdict.VALUE),
                arguments("tenant", Verdict.VALUE, Verdict.VALUE),
                arguments("tenant", Locale.FRENCH, Verdict.VALUE),
                arguments("tenant", "a".repeat(1024), Verdict.VALUE),
                arguments("tenant", "a".repeat(1025), Verdict.OBJECT),
                arguments("tenant", new AtomicInteger(1), Verdict.OBJECT),
                arguments("_csrf", List.of("token"), Verdict.OBJECT),
                arguments("org.springframework.security.web.csrf.CsrfToken", new Object(), Verdict.OBJECT),
                arguments("org.springframework.security.web.csrf.CsrfToken", null, Verdict.ABSENCE),
                arguments("jakarta.servlet.include.request_uri", null, Verdict.NOTHING),
                arguments("org.eclipse.jetty.ee11.servlet.ServletChannel", new Object(), Verdict.NOTHING),
                arguments("org.springframework.security.web.FilterChainProxy.APPLIED", true, Verdict.NOTHING),
                arguments("org.apache.coyote.connectionID", true, Verdict.CONNECTION),
                arguments("org.apache.coyote.streamID", null, Verdict.NOTHING),
                arguments("org.apache.catalina.realm.GSS_CREDENTIAL", true, Verdict.PRINCIPAL),
                arguments("org.apache.catalina.realm.GSS_CREDENTIAL", null, Verdict.ABSENCE),
                arguments("org.springframework.web.filter.CharacterEncodingFilter.FILTERED", true, Verdict.NOTHING),
                arguments(
                        "org.springframework.web.context.request.async.WebAsyncManager.WEB_ASYNC_MANAGER",
                        new Object(),
                        Verdict.NOTHING),
                arguments("dev.pagecache.control", new Object(), Verdict.NOTHING),
                arguments("jakarta.servlet.request.X509Certificate", null, Verdict.PRINCIPAL),
                arguments("jakarta.servlet.request.X509Certificate", new Object(), Verdict.PRINCIPAL),
                arguments("jakarta.servlet.request.cipher_suite", "TLS_AES", Verdict.CONNECTION),
                arguments("jakarta.servlet.request.cipher_suite", null, Verdict.NOTHING),
                arguments("jakarta.servlet.jsp.jstl.fmt.locale.request", null, Verdict.ABSENCE));
    }

    @ParameterizedTest
    @MethodSource("read")
    void attribute_ofOutside_decidesAboutThePage(String name, @Nullable Object arrived, Verdict verdict) {
        assertEquals(verdict, AttributeRules.assess(name, arrived, arrived != null));
    }

    @Test
    void attribute_madeWhenAsked_isNoInputUnlessOfTheConnection() {
        assertEquals(Verdict.NOTHING, AttributeRules.assess("tenant", null, true));
        assertEquals(Verdict.CONNECTION, AttributeRules.assess("jakarta.servlet.request.key_size", null, true));
    }

    @Test
    void value_tellsTypesAndValuesApart() {
        List<Object> values = List.of("1", 1, 1L, '1', "java.lang.Integer:1", true, "true", Verdict.VALUE, "VALUE");
        for (Object one : values) {
            for (Object other : values) {
                if (one.equals(other)) {
                    assertEquals(AttributeRules.value(one), AttributeRules.value(other));
                } else {
                    assertNotEquals(AttributeRules.value(one), AttributeRules.value(other));
                }
            }
        }
        assertNull(AttributeRules.value(null));
        assertEquals("java.lang.Object", AttributeRules.value(new Object()));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            org.springframework.web.context.request.RequestContextListener.REQUEST_ATTRIBUTES, true
            requestContextFilter.FILTERED,                                                     true
            org.springframework.web.filter.RequestContextFilter-5a.FILTERED,                   true
            requestContextFilter,                                                              false
            characterEncodingFilter.FILTERED,                                                  false
            """)
    void mark_ofARequestOnTheThread_isKnown(String name, boolean isKnown) {
        assertEquals(isKnown, AttributeRules.tellsOfRequestOnThread(name));
    }
}
