package dev.pagecache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WeightedNameTest {

    private static String show(List<WeightedName> names) {
        return String.join(
                " ", names.stream().map(n -> n.name() + '=' + n.thousandths()).toList());
    }

    private static String form(List<WeightedName> names) {
        return String.join(", ", names.stream().map(WeightedName::toFieldValue).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ~~                      | ~~              | ~~                 | no member
            ~ , ,~                  | ~~              | ~~                 | empty members
            a                       | a=1000          | a                  | no weight
            *;q=0                   | *=0             | *;q=0              | none acceptable
            A, b                    | a=1000 b=1000   | a, b               | letter case
            b,,a                    | b=1000 a=1000   | b, a               | order is kept
            a;q=0.5                 | a=500           | a;q=0.5            | one digit
            a;q=0.25                | a=250           | a;q=0.25           | two digits
            a;q=0.125               | a=125           | a;q=0.125          | three digits
            a;q=0.001               | a=1             | a;q=0.001          | zeros in front
            a;q=0.010               | a=10            | a;q=0.01           | zeros around
            a;q=0.500               | a=500           | a;q=0.5            | zeros at the end
            a;q=0.999               | a=999           | a;q=0.999          | nearly one
            a;q=1                   | a=1000          | a                  | one
            a;q=1.000               | a=1000          | a                  | one
            a;q=1.                  | a=1000          | a                  | point without digits
            a;q=0.                  | a=0             | a;q=0              | point without digits
            a;q=0.000               | a=0             | a;q=0              | nothing
            a;Q=0.5                 | a=500           | a;q=0.5            | letter case of the weight's name
            ~a \t; \tq=0.5 , b~     | a=500 b=1000    | a;q=0.5, b         | white space
            a;q=0.5, a              | a=500 a=1000    | a;q=0.5, a         | a name twice
            """)
    @DisplayName("RFC 9110 section 12.4.2: weights")
    void parse_wellFormed_givesNamesAndWeights(String value, String expected, String form, String cause) {
        List<WeightedName> names = WeightedName.parse(value);

        assertNotNull(names, cause);
        assertEquals(expected, show(names), cause);
        assertEquals(form, form(names), cause);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            a b            | no comma
            ;q=1           | no name
            a;             | no weight
            a;q            | no value
            a;q=           | no value
            a;x=1          | another parameter
            a;q:1          | no equals sign
            a;qq=1         | another parameter
            a;q =1         | space before the equals sign
            a;q= 1         | space after the equals sign
            a;q=2          | more than one
            a;q=-1         | negative
            a;q=.5         | nothing before the point
            a;q=x          | no number
            a;q=0x5        | no point
            a;q=05         | no point
            a;q=10         | no point
            a;q=0.5x       | no digit
            a;q=0./        | no digit
            a;q=0.:        | no digit
            a;q=0.1234     | four digits
            a;q=1.001      | more than one
            a;q=1.1        | more than one
            a;q="1"        | quoted
            a;q=1;x=1      | one more parameter
            a;;q=1         | an empty parameter
            "a"            | quoted
            a, "           | a quote
            ä              | beyond ASCII
            a, b;q=2       | one wrong member spoils the others
            """)
    @DisplayName("RFC 9110 section 12.4.2: what is no list with weights")
    void parse_anythingElse_isNull(String value, String cause) {
        assertNull(WeightedName.parse(value), cause);
    }

    @Test
    void parse_anyBytes_neverThrowsAndTheFormIsReadAlike() {
        long seed = 20_260_207;
        Random random = new Random(seed);
        int valid = 0;
        for (int round = 0; round < 200_000; round++) {
            byte[] bytes = new byte[random.nextInt(16)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (random.nextInt(9) > 0 ? "aZ;q=01.5, ".charAt(random.nextInt(11)) : random.nextInt());
            }
            String value = new String(bytes, StandardCharsets.ISO_8859_1);
            List<WeightedName> names = WeightedName.parse(value);
            if (names != null && !names.isEmpty()) {
                valid++;
                assertEquals(names, WeightedName.parse(form(names)), "seed " + seed + ": " + value);
            }
        }
        assertTrue(valid > 1_000, "seed " + seed + " gave " + valid + " lists");
    }
}
