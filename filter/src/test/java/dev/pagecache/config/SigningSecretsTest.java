package dev.pagecache.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets are read from every layer, and stand in no message and no text form. */
final class SigningSecretsTest {
    private static final Map<String, String> NONE = Map.of();
    private static final String NAME = "caches.default.redis.secret";
    private static final String VARIABLE = "PAGECACHE_CACHES_DEFAULT_REDIS_SECRET";

    /** What stands in every secret here, so that a message can be searched for any of them. */
    private static final String MARK = "tr0ub4dor";

    private static final String FIRST = MARK + "-first-0123456789-01234567";
    private static final String SECOND = MARK + "+second/0123456789/0123456=";

    private static SettingsSource init(String value) {
        return new SettingsSource(NONE, NONE, Map.of(NAME, value), NONE);
    }

    private static List<SettingsSource> layers(String value) {
        Map<String, String> shared = Map.of("pagecache." + NAME, value);
        return List.of(
                new SettingsSource(shared, NONE, NONE, NONE),
                new SettingsSource(NONE, Map.of(VARIABLE, value), NONE, NONE),
                init(value),
                new SettingsSource(NONE, NONE, NONE, shared));
    }

    private static @Nullable SigningSecrets secrets(SettingsSource source) {
        CacheSettings cache = Settings.read(source).caches().get("default");
        assertNotNull(cache);
        return cache.redisSecrets();
    }

    @Test
    void secrets_inAnyLayer_areReadInOrder() {
        for (SettingsSource source : layers(" " + FIRST + ", " + SECOND)) {
            assertEquals(new SigningSecrets(List.of(FIRST, SECOND)), secrets(source));
        }
        assertEquals(new SigningSecrets(List.of(FIRST)), secrets(init(FIRST)));
    }

    @Test
    void secrets_notGiven_areNone() {
        assertNull(secrets(new SettingsSource(NONE, NONE, NONE, NONE)));
        assertNull(secrets(init("none")));
    }

    @ParameterizedTest
    @CsvSource({"32, true", "512, true", "31, false", "513, false"})
    void secret_lengths_areBounded(int length, boolean isAllowed) {
        SettingsSource source = init(MARK + "x".repeat(length - MARK.length()));
        if (isAllowed) {
            assertNotNull(secrets(source));
        } else {
            assertThrows(IllegalArgumentException.class, () -> Settings.read(source));
        }
    }

    static Stream<Arguments> wrongValues() {
        return Stream.of(
                Arguments.of("", "secret 1 has not 32 to 512 characters"),
                Arguments.of(MARK, "secret 1 has not 32 to 512 characters"),
                Arguments.of(FIRST + "," + MARK, "secret 2 has not 32 to 512 characters"),
                Arguments.of(FIRST + ",", "secret 2 has not 32 to 512 characters"),
                Arguments.of("," + FIRST, "secret 1 has not 32 to 512 characters"),
                Arguments.of(FIRST + " " + SECOND, "secret 1 has a character that is no printable ASCII, or a space"),
                Arguments.of(FIRST + "\u00e4", "secret 1 has a character that is no printable ASCII, or a space"),
                Arguments.of(FIRST + "\n" + SECOND, "secret 1 has a character that is no printable ASCII, or a space"),
                Arguments.of(FIRST + "://" + MARK + "@\u20ac", "secret 1 has a character that is no printable ASCII"),
                Arguments.of(String.join(",", FIRST, FIRST, SECOND, SECOND, FIRST), "there are more than 4 secrets"));
    }

    @ParameterizedTest
    @MethodSource("wrongValues")
    void read_wrongSecret_saysWhereAndWhyAndShowsNothingOfIt(String value, String reason) {
        for (SettingsSource source : layers(value)) {
            IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, () -> Settings.read(source));
            String error = String.valueOf(thrown.getMessage());
            assertTrue(error.startsWith("parameter " + NAME + " has the wrong value \"***\" ("), error);
            assertTrue(error.contains("): " + reason), error);
            assertTrue(error.contains("; allowed: 32 to 512 "), error);
            assertFalse(error.contains(MARK), error);
            assertNull(thrown.getCause(), "its message would show the value");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"caches.default.redis.secrets", "caches.default.secret", "redis.secret", "secret"})
    void read_secretUnderAWrongName_isInNoError(String name) {
        SettingsSource source = new SettingsSource(NONE, NONE, Map.of(name, FIRST), NONE);
        String error = String.valueOf(assertThrows(IllegalArgumentException.class, () -> Settings.read(source))
                .getMessage());
        assertTrue(error.contains(name), error);
        assertFalse(error.contains(MARK), error);
    }

    @Test
    void textForms_showNoSecret() {
        for (SettingsSource source : layers(FIRST + "," + SECOND)) {
            Settings settings = Settings.read(source);
            assertTrue(settings.toString().contains("SigningSecrets[2]"), settings.toString());
            assertFalse(settings.toString().contains(MARK), settings.toString());
            assertFalse(source.toString().contains(MARK), source.toString());
            assertEquals(List.of(), settings.warnings());
        }
    }
}
