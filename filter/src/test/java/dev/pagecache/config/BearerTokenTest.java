package dev.pagecache.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens are compared as a whole, and stand in no text. */
final class BearerTokenTest {
    private static final String TEXT = "0123456789abcdef";

    private final BearerToken token = BearerToken.parse(TEXT);

    @ParameterizedTest
    @ValueSource(strings = {"Bearer " + TEXT, "bearer " + TEXT, "BEARER  " + TEXT + " "})
    void isIn_theToken_isTrue(String authorization) {
        assertTrue(token.isIn(authorization));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                TEXT,
                "Bearer",
                "Bearer ",
                "Bearer 0123456789abcde",
                "Bearer 0123456789abcdeF",
                "Bearer " + TEXT + "0",
                "Bearer " + TEXT + "," + TEXT,
                "Basic " + TEXT,
                "Bearer" + TEXT
            })
    void isIn_anythingElse_isFalse(@Nullable String authorization) {
        assertFalse(token.isIn(authorization));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0123456789abcde", "0123456789 abcdef", "0123456789abcdeé"})
    void parse_noToken_saysNothingOfIt(String text) {
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> BearerToken.parse(text))
                .getMessage());
        assertTrue(message.startsWith("the token has"), message);
        assertFalse(message.contains("0123"), message);
    }

    @Test
    void parse_longerThanAllowed_isRefused() {
        assertTrue(BearerToken.parse("x".repeat(512)).isIn("Bearer " + "x".repeat(512)));
        assertThrows(IllegalArgumentException.class, () -> BearerToken.parse("x".repeat(513)));
    }

    @Test
    void toString_any_showsNothing() {
        assertEquals("BearerToken[***]", token.toString());
    }
}
