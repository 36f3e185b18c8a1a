package dev.pagecache.config;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pagecache.fuzz.FuzzInput;
import dev.pagecache.fuzz.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Values of parameters: each is read, or stops the start with an error that names parameter and value. Lines: the
 * number of a parameter or its name, the value.
 */
final class SettingsFuzzTest {
    private static final Map<String, String> NONE = Map.of();

    @Seeds("settings")
    @FuzzTest
    void read(byte[] bytes) {
        FuzzInput.run(bytes, SettingsFuzzTest::check);
    }

    private static void check(FuzzInput input) {
        List<String> lines = input.unicodeLines();
        String name = nameOf(lines.get(0), input.number(0));
        String value = lines.size() > 1 ? lines.get(1).strip() : "";
        boolean isOfContext = name.startsWith("caches.") || name.equals("auto");
        Map<String, String> given = Map.of(isOfContext ? "pagecache." + name : name, value);
        try {
            input.bounded(() -> Settings.read(
                    isOfContext
                            ? new SettingsSource(NONE, NONE, NONE, given)
                            : new SettingsSource(NONE, NONE, given, NONE)));
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            boolean mayBeLocation = name.endsWith("location")
                    || name.equals("redis")
                    || value.contains("://")
                    || value.indexOf('@') >= 0;
            assertTrue(message.contains(name), message);
            assertTrue(message.contains(mayBeLocation ? CacheLocation.mask(value) : value), message);
        }
    }

    private static String nameOf(String line, long number) {
        List<String> names = new ArrayList<>();
        FilterParameters.ALL.forEach(parameter -> names.add(parameter.name()));
        CacheParameters.ALL.forEach(parameter -> names.add("caches.default." + parameter.name()));
        return names.contains(line) ? line : names.get((int) Math.floorMod(number, (long) names.size()));
    }
}
