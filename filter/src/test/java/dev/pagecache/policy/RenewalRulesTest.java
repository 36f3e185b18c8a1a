package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.entry.Lifetime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With which chance a request renews a page that is still fresh. */
final class RenewalRulesTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            without a window there is none,                600000, 599999,  0, 0
            a page just stored has none,                   600000, 0,      10, 0
            nor has one before the window,                 600000, 539999, 10, 0
            the window begins with none,                   600000, 540000, 10, 0
            in its middle it is a half,                    600000, 570000, 10, 0.5
            at its last quarter it is three,               600000, 585000, 10, 0.75
            a stale page is renewed by other rules,        600000, 600000, 10, 0
            one stale for long as well,                    600000, 900000, 10, 0
            half of the time is the longest window,        1000,   750,    50, 0.5
            a page without lifetime has none,              0,      0,      10, 0
            a window of less than a millisecond has none,  50,     49,      1, 0
            a lifetime of years does not overflow,         2147483648000, 2093796556800, 5, 0.5
            """)
    void chance_growsEvenlyWithinTheWindow(String sentence, long fresh, long age, int percent, double chance) {
        assertEquals(chance, RenewalRules.chance(new Lifetime(fresh, 60_000, 0), age, percent), 1e-9, sentence);
    }

    @Test
    void chance_neverFalls_andIsCloseToOneAtTheEnd() {
        Lifetime lifetime = new Lifetime(10_000, 0, 0);
        double before = 0;
        for (long age = 0; age < 10_000; age++) {
            double chance = RenewalRules.chance(lifetime, age, 20);
            assertTrue(chance >= before && chance < 1, age + ": " + chance);
            before = chance;
        }
        assertTrue(before > 0.999);
    }
}
