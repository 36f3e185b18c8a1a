package dev.pagecache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StructuredListTest {

    /** Kind and text of each member, inner lists in brackets. */
    private static String show(List<StructuredValue> members) {
        return members.stream().map(StructuredListTest::show).collect(Collectors.joining(" "));
    }

    private static String show(StructuredValue value) {
        return switch (value.kind()) {
            case INNER_LIST -> "[" + show(value.items()) + "]";
            case OTHER -> "other";
            default -> value.kind().name().charAt(0) + ":" + value.text();
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ~~                              | ~~                       | no member
            ~   ~                           | ~~                       | spaces only
            "a"                             | S:a                      | one member
            "a", "b"                        | S:a S:b                  | several members
            "a"\t , \t"b"                   | S:a S:b                  | white space around the comma
            "a,b", c                        | S:a,b T:c                | comma in a String
            "a";x;y=1, "b"; z=?0            | S:a S:b                  | parameters are left out
            "a\\"b\\\\c"                    | S:a"b\\c                 | escapes are resolved
            1, ?1, t, 1.5, :aGk=:, @1       | I:1 B:1 T:t other other other | every type
            ()                              | []                       | empty Inner List
            ( )                             | []                       | spaces in an empty Inner List
            ("a")                           | [S:a]                    | Inner List
            ("a"  "b" 1 t ?0 )              | [S:a S:b I:1 T:t B:0]    | spaces between inner items
            ("a";p=1 "b");q=2, "c"          | [S:a S:b] S:c            | parameters inside and outside
            ("a"), ("b")                    | [S:a] [S:b]              | several Inner Lists
            """)
    @DisplayName("RFC 9651 sections 4.2.1 and 4.2.1.2: lists and inner lists")
    void parse_wellFormed_givesMembers(String text, String expected, String cause) {
        List<StructuredValue> members = StructuredList.parse(text);

        assertNotNull(members, cause);
        assertEquals(expected, show(members), cause);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "a",         | comma at the end
            ~"a", ~      | comma and space at the end
            ,"a"         | comma at the start
            "a",,"b"     | two commas
            "a" "b"      | no comma
            "a"; , "b"   | parameter without a name
            "a" ;x       | space before a parameter
            (            | Inner List without an end
            ("a"         | Inner List without an end
            ("a",)       | comma in an Inner List
            ("a""b")     | no space in an Inner List
            (("a"))      | Inner List in an Inner List
            ("a)         | String without an end
            ("a";)       | parameter of an inner item
            ();          | parameter of an Inner List
            )            | end without a start
            """)
    @DisplayName("RFC 9651 section 4.2.1: broken syntax anywhere spoils the list")
    void parse_brokenSyntax_isNull(String text, String cause) {
        assertNull(StructuredList.parse(text), cause);
    }

    @Test
    @DisplayName("RFC 9651 section 4.2.2: dictionaries give the items of inner lists")
    void parse_dictionaryWithInnerList_givesItsItems() {
        Map<String, StructuredValue> members = StructuredDictionary.parse("a=(\"x\" \"y\";z);w, b, c=()");

        assertNotNull(members);
        assertEquals(List.of("a", "b", "c"), List.copyOf(members.keySet()));
        assertEquals("[S:x S:y] B:1 []", show(List.copyOf(members.values())));
    }

    @Test
    void parse_anyText_neverThrowsAndListsAddUp() {
        long seed = 20_260_201;
        Random random = new Random(seed);
        String[] pieces = {"\"a\"", "\"", "a", "1", "(", ")", " ", ", ", ",", ";", "=", "?1", "\\", "\t", "ä", "\uFFFF"
        };
        int valid = 0;
        for (int round = 0; round < 100_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(9); i >= 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            @Nullable List<StructuredValue> members = StructuredList.parse(text.toString());
            if (members != null && !members.isEmpty()) {
                valid++;
                List<StructuredValue> more = StructuredList.parse(text + ", (x)");
                String message = "seed " + seed + ": " + text;
                assertNotNull(more, message);
                assertEquals(show(members) + " [T:x]", show(more), message);
            }
        }
        assertTrue(valid > 1_000, "seed " + seed + " gave " + valid + " lists");
    }
}
