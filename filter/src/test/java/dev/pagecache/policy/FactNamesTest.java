package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FactNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "a.b$C", "a b", "a=b", "%", "%0020", "\u00e4", "\u0000", "\ud800", "a\u007f", "~!"})
    void subject_ofAnyName_isTheName(String name) {
        for (String fact : List.of(
                FactNames.attribute(name),
                FactNames.cookie(name),
                FactNames.number(name),
                FactNames.parameter(name),
                FactNames.role(name))) {
            assertEquals(name, FactNames.subject(fact));
            assertTrue(fact.chars().allMatch(c -> c > ' ' && c < 0x7F), fact);
        }
    }

    /** An index may come from anywhere. */
    @ParameterizedTest
    @ValueSource(strings = {"%", "%00", "%00g0", "%-001", "a%\u00e9\u00e9\u00e9\u00e9"})
    void subject_ofWhatNobodyEscaped_isTheText(String text) {
        assertEquals(text, FactNames.subject(":role=" + text));
    }

    @Test
    void names_ofDifferentThings_differ() {
        Set<String> names = new HashSet<>();
        for (String name : List.of("a", "a b", "a%0020b", "a%b", "a%0025b", "=a")) {
            assertTrue(names.add(FactNames.attribute(name)));
            assertTrue(names.add(FactNames.cookie(name)));
            assertTrue(names.add(FactNames.number(name)));
            assertTrue(names.add(FactNames.parameter(name)));
            assertTrue(names.add(FactNames.role(name)));
        }
    }

    @Test
    void kinds_areTold() {
        assertTrue(FactNames.isAttribute(FactNames.attribute("a")));
        assertTrue(FactNames.isCookie(FactNames.cookie("a")));
        assertTrue(FactNames.isRole(FactNames.role("a")));
        assertTrue(FactNames.isNumber(FactNames.number("a")));
        assertTrue(FactNames.isParameter(FactNames.parameter("a")));
        assertFalse(FactNames.isParameter(FactNames.PARAMETERS));
        assertFalse(FactNames.isNumber(FactNames.role("a")));
        assertFalse(FactNames.isAttribute(FactNames.ATTRIBUTE_NAMES));
        assertFalse(FactNames.isCookie(FactNames.COOKIES));
    }
}
