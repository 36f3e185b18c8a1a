package dev.pagecache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CacheGroupsTest {

    /** Field lines and names of a row are separated by a pilcrow. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "scripts"                            | scripts           | one group
            "a", "b"                             | a¶b               | several groups
            "b", "a"                             | b¶a               | order is kept
            "a"¶"b", "c"                         | a¶b¶c             | several lines
            "a", "b", "a"                        | a¶b               | each once
            "a", "A"                             | a¶A               | letter case counts
            "ExampleJS";revalidate, "scripts"    | ExampleJS¶scripts | parameters are ignored
            "a";x=1, "a";y                       | a                 | parameters make no other group
            "a b,c"                              | a b,c             | space and comma
            "a\\"b\\\\c"                         | a"b\\c            | escapes
            "", "a"                              | ¶a                | an empty name is a name
            """)
    @DisplayName("RFC 9875 sections 2 and 3: a list of Strings")
    void parse_listOfStrings_givesNames(String lines, String expected, String cause) {
        assertEquals(List.of(expected.split("¶", -1)), CacheGroups.parse(List.of(lines.split("¶", -1))), cause);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ~~            | empty
            scripts       | a Token
            "a", b        | one member is a Token
            "a", 1        | one member is an Integer
            "a", ("b")    | one member is an Inner List
            ?1            | a Boolean
            "a           | a String without an end
            "a" "b"       | no comma
            "a",          | comma at the end
            "a"¶¶"b"      | an empty line between
            'a'           | single quotes
            "ä"           | beyond ASCII
            a="b"         | a Dictionary
            """)
    @DisplayName("RFC 9651 section 4.2: a field that is no list of Strings is ignored as a whole")
    void parse_anythingElse_isEmpty(String lines, String cause) {
        assertEquals(List.of(), CacheGroups.parse(List.of(lines.split("¶", -1))), cause);
    }

    @Test
    void parse_noLines_isEmpty() {
        assertEquals(List.of(), CacheGroups.parse(List.of()));
    }

    @Test
    @DisplayName("RFC 9875 section 2: 128 groups")
    void parse_manyGroups_keepsTheFirst() {
        List<String> lines = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 140; i++) {
            lines.add("\"g" + i + "\", \"g0\"");
            if (i < 128) {
                expected.add("g" + i);
            }
        }

        assertEquals(expected, CacheGroups.parse(lines));
    }

    @Test
    void parse_wrongTypeAfterManyGroups_stillSpoilsTheField() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 128; i++) {
            lines.add("\"g" + i + "\"");
        }
        lines.add("token");

        assertEquals(List.of(), CacheGroups.parse(lines));
    }

    @Test
    @DisplayName("RFC 9875 section 2: names of 32 characters, here of 256")
    void parse_longName_isCut() {
        String longest = "x".repeat(256);

        assertEquals(List.of(longest), CacheGroups.parse(List.of('"' + longest + '"')));
        assertEquals(List.of(longest), CacheGroups.parse(List.of('"' + longest + "y\", \"" + longest + "z\"")));
    }

    @Test
    void parse_anyBytes_neverThrowsAndKeepsItsBounds() {
        long seed = 20_260_202;
        Random random = new Random(seed);
        int named = 0;
        for (int round = 0; round < 100_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (random.nextInt(4) > 0 ? "\"a\", ".charAt(i % 5) : random.nextInt(256));
            }
            String line = new String(bytes, StandardCharsets.ISO_8859_1);
            List<String> names = CacheGroups.parse(List.of(line, "\"z\""));
            String message = "seed " + seed + ": " + line;
            assertEquals(names.size(), new HashSet<>(names).size(), message);
            assertTrue(names.isEmpty() || names.contains("z"), message);
            named += names.isEmpty() ? 0 : 1;
        }
        assertTrue(named > 100, "seed " + seed + " gave " + named + " lists");
    }
}
