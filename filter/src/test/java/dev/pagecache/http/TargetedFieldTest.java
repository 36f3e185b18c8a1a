package dev.pagecache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TargetedFieldTest {

    /** The field lines of a row are separated by a pilcrow. */
    private static @Nullable CacheDirectives parse(String lines) {
        return TargetedField.parse(List.of(lines.split("¶", -1)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
            max-age=60                                   | max-age=60
            max-age=0                                    | max-age=0
            max-age=007                                  | max-age=007
            max-age=99999999999                          | max-age=99999999999
            max-age=999999999999999                      | max-age=999999999999999
            s-maxage=5                                   | s-maxage=5
            stale-while-revalidate=5, stale-if-error=6   | stale-while-revalidate=5, stale-if-error=6
            no-store                                     | no-store
            no-store=?1                                  | no-store
            no-store=?0                                  | ~~
            must-revalidate, proxy-revalidate            | must-revalidate, proxy-revalidate
            public, must-understand                      | public, must-understand
            private                                      | private
            private=?0, max-age=5                        | max-age=5
            private="Set-Cookie"                         | private=Set-Cookie
            private=set-cookie                           | private=set-cookie
            no-cache                                     | no-cache
            no-cache="a, b"                              | no-cache="a, b"
            no-cache=""                                  | no-cache=""
            no-cache="a\\"b\\\\c"                        | no-cache="a\\"b\\\\c"
            max-age=60  ,\t max-age=70                   | max-age=70
            max-age=60, max-age=70                       | max-age=70
            max-age=70¶max-age=60                        | max-age=60
            max-age="x", max-age=60                      | max-age=60
            no-store, no-store=?0                        | ~~
            max-age=60¶no-store                          | max-age=60, no-store
            none                                         | ~~
            foo, max-age=60                              | max-age=60
            max-age=60;a;b=?0; c=1.5;*d="x", no-store;x  | max-age=60, no-store
            max-age=60, a=1.5, b=-2, c=*x:/y             | max-age=60
            max-age=60, a=:aGk=:, b=:aGk:, c=::          | max-age=60
            max-age=60, a=@1659578233, b=@-1             | max-age=60
            max-age=60, a=%"f%c3%bc", b=%""              | max-age=60
            max-age=60, a=(1 "b"  c;d=1 );e, b=()        | max-age=60
            max-age=60, a-b_c.d*1=1, *z=1                | max-age=60
            """)
    @DisplayName("RFC 9213 section 2.1: a dictionary says what Cache-Control would say")
    void parse_dictionary_givesItsDirectives(String lines, String cacheControl) {
        List<String> expected = cacheControl.isEmpty() ? List.of() : List.of(cacheControl);

        assertEquals(CacheDirectives.parse(expected), parse(lines));
    }

    @Test
    void parse_spacesAroundTheField_areNoPartOfIt() {
        assertEquals(CacheDirectives.parse(List.of("max-age=60")), parse("  max-age=60 \t"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            max-age                        | a number without a value
            max-age=?1                     | a Boolean for a number
            max-age="60"                   | a String for a number
            max-age='60'                   | single quotes
            max-age=sixty                  | a Token for a number
            max-age=60.0                   | a Decimal for a number
            max-age=-1                     | a negative number
            max-age=(60)                   | an Inner List for a number
            max-age=@60                    | a Date for a number
            s-maxage="1"                   | each number is checked
            stale-while-revalidate=a       | each number is checked
            stale-if-error                 | each number is checked
            no-store=1                     | an Integer for a flag
            no-store=yes                   | a Token for a flag
            no-store="a"                   | a String for a flag
            must-revalidate=(a)            | an Inner List for a flag
            public=:aGk=:                  | a Byte Sequence for a flag
            private=1                      | an Integer for field names
            no-cache=("a" "b")             | an Inner List for field names
            max-age=60, no-store=0         | one wrong type spoils the others
            max-age=60, max-age="x"        | the last one has the wrong type
            """)
    @DisplayName("RFC 9213 section 2.1: a known directive of a wrong type makes the field ignored")
    void parse_wrongType_isIgnored(String lines, String cause) {
        assertNull(parse(lines), cause);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ~~                             | empty
            ~  ~                           | spaces only
            ~¶~                            | two empty lines
            max-age=60,                    | comma at the end
            ,max-age=60                    | comma at the start
            max-age=60,,no-store           | two commas
            max-age=60¶¶no-store           | an empty line between
            max-age=60 no-store            | no comma
            max-age=60; no-store=          | parameter without its value
            max-age=60;                    | parameter without a name
            max-age=60;A=1                 | parameter name in capitals
            max-age =60                    | space before the equals sign
            max-age= 60                    | space after the equals sign
            max-age=                       | no value
            Max-Age=60                     | capitals
            NO-STORE                       | capitals
            max-age=60, &&&                | no key
            max-age=60, 1a                 | key starts with a digit
            max-age=60, a@b                | character that no key has
            max-age=60, ä                  | beyond ASCII
            max-age=6000000000000000       | sixteen digits
            max-age=60, a=-                | a sign only
            max-age=60, a=1.               | no fraction
            max-age=60, a=1.2345           | four digits of fraction
            max-age=60, a=1234567890123.1  | thirteen digits before the point
            max-age=60, a=.5               | nothing before the point
            max-age=60, a=-.5              | nothing before the point
            max-age=60, a="b               | String without an end
            max-age=60, a="b\\             | escape at the end
            max-age=60, a="\\b"            | escape that there is not
            max-age=60, a="ä"              | String beyond ASCII
            max-age=60, a=\u007f           | control character
            max-age=60, a="b\tc"           | control character in a String
            max-age=60, a=?2               | no Boolean
            max-age=60, a=?                | no Boolean
            max-age=60, a=:aGk=            | Byte Sequence without an end
            max-age=60, a=:a:              | one character of base64
            max-age=60, a=:aGk==:          | too much padding
            max-age=60, a=:aG=k:           | padding inside
            max-age=60, a=:a_k:            | no base64
            max-age=60, a=@1.5             | Date with a fraction
            max-age=60, a=@x               | no Date
            max-age=60, a=%x               | Display String without quotes
            max-age=60, a=%"x              | Display String without an end
            max-age=60, a=%"%C3%BC"        | Display String with capitals
            max-age=60, a=%"%c"            | half an octet
            max-age=60, a=%"%"             | no octet
            max-age=60, a=%"%c3"           | half a character
            max-age=60, a=%"ü"             | Display String beyond ASCII
            max-age=60, a=(                | Inner List without an end
            max-age=60, a=(b               | Inner List without an end
            max-age=60, a=(b,c)            | comma in an Inner List
            max-age=60, a=("b""c")         | no space in an Inner List
            max-age=60, a=((b))            | Inner List in an Inner List
            max-age=60, a=(b;1)            | parameter of an inner item
            max-age=60, a=();1             | parameter of an Inner List
            max-age=60, a={}               | a type that there is not
            """)
    @DisplayName("RFC 9651 section 4.2: broken syntax anywhere makes the field ignored")
    void parse_brokenSyntax_isIgnored(String lines, String cause) {
        assertNull(parse(lines), cause);
    }

    @Test
    void parse_noLines_isIgnored() {
        assertNull(TargetedField.parse(List.of()));
    }

    @Test
    void parse_anyText_neverThrowsAndNeverHidesARestriction() {
        long seed = 20_260_115;
        Random random = new Random(seed);
        String[] pieces = {
            "max-age",
            "=",
            "60",
            "no-store",
            "private",
            ", ",
            ",",
            ";",
            " ",
            "\t",
            "\"",
            "\\",
            "(",
            ")",
            "?1",
            "?0",
            ":",
            "@",
            "%",
            "%\"",
            "c3",
            "-",
            ".",
            "*",
            "a",
            "A",
            "ä",
            "\uFFFF",
            "\u0000"
        };
        int valid = 0;
        for (int round = 0; round < 200_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(9); i >= 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            String field = text.toString();
            CacheDirectives directives = TargetedField.parse(List.of(field));
            if (directives != null) {
                valid++;
                String message = "seed " + seed + ": " + field;
                CacheDirectives restricted = TargetedField.parse(List.of(field, "no-store"));
                assertNotNull(restricted, message);
                assertTrue(restricted.noStore(), message);
                assertNull(TargetedField.parse(List.of(field, "")), message);
            }
        }
        assertTrue(valid > 1_000, "seed " + seed + " gave " + valid + " valid fields");
    }
}
