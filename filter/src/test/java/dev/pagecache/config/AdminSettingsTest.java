package dev.pagecache.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the AdminServlet and the method PURGE need before they start. */
final class AdminSettingsTest {
    private static final Map<String, String> NONE = Map.of();
    private static final String TOKEN = "s3cret-0123456789";

    private static String errorOf(Map<String, String> initParams) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> AdminSettings.read(initParams, NONE))
                .getMessage());
    }

    @Test
    void read_initParams_leaveOutTheirPrefix() {
        AdminSettings settings = AdminSettings.read(
                Map.of("token", TOKEN, "warm.base", "https://www.example.com:8443", "warm.rate", "50"), NONE);
        assertTrue(settings.token().isIn("Bearer " + TOKEN));
        assertEquals(URI.create("https://www.example.com:8443"), settings.warmBase());
        assertEquals(50, settings.warmRate());
        assertFalse(settings.toString().contains(TOKEN), settings.toString());
    }

    @Test
    void read_contextParam_isEnough() {
        AdminSettings settings = AdminSettings.read(NONE, Map.of("pagecache.admin.token", TOKEN));
        assertTrue(settings.token().isIn("Bearer " + TOKEN));
        assertNull(settings.warmBase());
        assertEquals(10, settings.warmRate());
    }

    @Test
    void read_noToken_saysHowToGiveOne() {
        String message = errorOf(NONE);
        assertTrue(message.contains("admin.token"), message);
        assertTrue(message.contains("PAGECACHE_ADMIN_TOKEN"), message);
        assertTrue(message.contains("16 to 512"), message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            token     | s3cret                    | 16 to 512
            token     | ''                        | 16 to 512
            tokens    | s3cret-0123456789         | known are token
            warm.base | ftp://www.example.com     | perhaps port
            warm.base | https://www.example.com/a | perhaps port
            warm.base | https://u:s3cret@host     | perhaps port
            warm.base | https://host?s3cret       | perhaps port
            warm.base | http:///                  | perhaps port
            warm.base | //host                    | perhaps port
            warm.rate | 0                         | 1 to 1000
            """)
    void read_wrong_namesTheParameterAndNoSecret(String name, String value, String hint) {
        Map<String, String> params = name.equals("token") ? Map.of(name, value) : Map.of("token", TOKEN, name, value);
        String message = errorOf(params);
        assertTrue(message.contains(name), message);
        assertTrue(message.contains(hint), message);
        assertFalse(message.contains("s3cret") || message.contains("filter"), message);
    }

    @Test
    void filterParameter_ofTheServlet_isKnownAndMisplacedInTheFilter() {
        Settings.read(new SettingsSource(NONE, NONE, NONE, Map.of("pagecache.admin.token", TOKEN)));
        SettingsSource misplaced = new SettingsSource(NONE, NONE, Map.of("admin.token", TOKEN), NONE);
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> Settings.read(misplaced))
                .getMessage());
        assertTrue(message.contains("pagecache.admin.token"), message);
        assertFalse(message.contains("s3cret"), message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            purge       | anybody | off, loopback or token
            purge       | token   | purge.token is not given
            purge.token | s3cret  | 16 to 512
            """)
    void filterParameter_wrong_stopsTheStart(String name, String value, String hint) {
        SettingsSource source = new SettingsSource(NONE, NONE, Map.of(name, value), NONE);
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> Settings.read(source))
                .getMessage());
        assertTrue(message.contains(name), message);
        assertTrue(message.contains(hint), message);
        assertFalse(message.contains("s3cret"), message);
    }

    @Test
    void filterSettings_withToken_showNothingOfIt() {
        FilterSettings filter = Settings.read(
                        new SettingsSource(NONE, NONE, Map.of("purge", "token", "purge.token", TOKEN), NONE))
                .filter();
        assertEquals(PurgeAccess.TOKEN, filter.purge());
        assertFalse(filter.toString().contains(TOKEN), filter.toString());
    }
}
