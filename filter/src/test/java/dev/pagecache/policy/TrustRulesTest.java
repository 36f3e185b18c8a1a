package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrustRulesTest {

    @ParameterizedTest
    @CsvSource({
        "X-Trace, x-trace, true",
        "x-*, x-trace, true",
        "x-trace, x-tracer, false",
        "Cookie, :cookies, true",
        "cookie, :wrapped-cookies, true",
        "cookie, :cookie=lang, false",
        "lang, :cookie=lang, true",
        "Lang, :cookie=lang, false",
        "tenant, :attribute=tenant, true",
        "com.acme.*, :attribute=com.acme.Tenant, true",
        "tenant, :cookies, false",
        "admin, :role=admin, false",
        "*session, :session, false",
        "*user, :user, false",
        "*protocol, :protocol, false"
    })
    void trust_ofAName_isForFieldsCookiesAndAttributes(String trusted, String fact, boolean isTrusted) {
        assertEquals(isTrusted, TrustRules.isFact(Set.of("other", trusted), fact));
    }
}
