package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.pagecache.http.Fields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SelectingFieldsTest {

    private static @Nullable String form(String name, @Nullable String value) {
        return new SelectingFields(asked -> asked.equals(name) ? value : null).field(name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            foo   | 1,2                  | 1, 2             | RFC 9110 section 5.6.1: no white space
            foo   | ~ 1 ,\t 2\t~         | 1, 2             | RFC 9110 section 5.6.1: white space
            foo   | 2, 1                 | 2, 1             | order counts
            foo   | A, a                 | A, a             | letter case counts
            foo   | ~, 1,, ,2,~          | 1, 2             | RFC 9110 section 5.6.1: empty members
            foo   | ~ , ~                | ~~               | empty members only
            foo   | ~~                   | ~~               | empty
            foo   | 1, 1                 | 1, 1             | number counts
            foo   | 1  2,3               | 1  2, 3          | white space within a member counts
            foo   | "1,2",3              | "1,2", 3         | RFC 9110 section 5.6.4: a comma in a quoted string
            foo   | "1 , ,2"             | "1 , ,2"         | RFC 9110 section 5.6.4: white space in a quoted string
            foo   | "1\\" , 2",3         | "1\\" , 2", 3    | RFC 9110 section 5.6.4: an escaped quote
            foo   | a,"1 ,  2            | a, "1 ,  2       | a quoted string without an end
            Foo   | 1,2                  | 1, 2             | letter case of the name
            cache-control | a=1 ,b       | a=1, b           | a known list
            """)
    @DisplayName("RFC 9111 section 4.1: lists")
    void field_list_isJoinedAnew(String name, String value, String expected, String cause) {
        assertEquals(expected, form(name, value), cause);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cookie",
                "Cookie",
                "authorization",
                "proxy-authorization",
                "user-agent",
                "host",
                "referer",
                "origin",
                "date",
                "if-modified-since",
                "if-unmodified-since",
                "if-range",
                "range",
                "from",
                "content-type",
                "accept-datetime",
                "x-original-url",
                ":field-names",
                ":protocol"
            })
    @DisplayName("RFC 9110 section 5.5: fields that are no lists stay byte for byte")
    void field_noList_staysAsItCame(String name) {
        assertEquals(" a,b ,, C\t", form(name, " a,b ,, C\t"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"foo", "accept", "accept-charset", "accept-encoding", "accept-language", "cookie", ":protocol"})
    @DisplayName("RFC 9111 section 4.1: absent matches absent only")
    void field_absent_staysAbsent(String name) {
        assertNull(form(name, null));
        assertEquals("", form(name, ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            de                        | de                          | one
            DE, En                    | de, en                      | letter case
            en, de                    | de, en                      | order of equal weights
            en;q=0.5, de;q=0.50, fr   | fr, de;q=0.5, en;q=0.5      | order of weights
            de ;\tq=0.8 ,en           | en, de;q=0.8                | white space
            de;Q=1.0, en;q=0.800      | de, en;q=0.8                | spelling of weights
            de,,en,                   | de, en                      | empty members
            de;q=0, *                 | *, de;q=0                   | a weight of 0 stays
            *;q=0.1, de-AT, de;q=0.9  | de-at, de;q=0.9, *;q=0.1    | subtags
            de-1996                   | de-1996                     | digits in subtags
            abcdefgh-abcdefgh         | abcdefgh-abcdefgh           | eight characters
            de, de                    | de, de                      | number counts
            ~ , ~                     | ~~                          | no members
            """)
    @DisplayName("RFC 9110 section 12.5.4: Accept-Language by meaning")
    void field_acceptLanguage_isCanonical(String value, String expected, String cause) {
        assertEquals(expected, form("accept-language", value), cause);
        assertEquals(expected, form("Accept-Language", value), cause);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EN,  de;q=2",
                "EN,  de;q=x",
                "EN,  de;level=1",
                "EN,  abcdefghi",
                "EN,  de-abcdefghi",
                "EN,  de--AT",
                "EN,  -de",
                "EN,  de-",
                "EN,  1de",
                "EN,  de_AT",
                "EN,  de-*",
                "EN,  d/e",
                "EN,  \"de\"",
                "EN,  d e"
            })
    @DisplayName("RFC 4647 section 2.1: what is no list of language ranges stays as it came")
    void field_brokenAcceptLanguage_staysAsItCame(String value) {
        assertEquals(value, form("accept-language", value));
        assertNull(SelectingFields.bestLanguage(value));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            accept-encoding | gzip, br                  | br, gzip              | order of equal weights
            accept-encoding | GZIP;q=0.50,br            | br, gzip;q=0.5        | letter case and weights
            accept-encoding | x-gzip                    | gzip                  | RFC 9110 section 8.4.1.3
            accept-encoding | X-Compress;q=0.3          | compress;q=0.3        | RFC 9110 section 8.4.1.1
            accept-encoding | x-gzip, br                | br, gzip              | sorted by the newer name
            accept-encoding | identity;q=0, *;q=0.001   | *;q=0.001, identity;q=0 | weights of 0
            accept-encoding | x-br                      | x-br                  | no other name is older
            accept-encoding | GZIP;level=9,  br         | GZIP;level=9,  br     | no weight: as it came
            accept-charset  | UTF-8, iso-8859-1;q=0.5   | utf-8, iso-8859-1;q=0.5 | letter case
            accept-charset  | utf-8,ascii               | ascii, utf-8          | order of equal weights
            accept-charset  | x-gzip                    | x-gzip                | codings only have older names
            accept-charset  | UTF-8;q=2                 | UTF-8;q=2             | no weight: as it came
            """)
    @DisplayName("RFC 9110 sections 12.5.2 and 12.5.3: Accept-Charset and Accept-Encoding by meaning")
    void field_weightedList_isCanonical(String name, String value, String expected, String cause) {
        assertEquals(expected, form(name, value), cause);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            text/html,*/*               | text/html, */*               | white space
            Text/HTML                   | text/html                    | letter case of the type
            text/html, a/b              | text/html, a/b               | order is kept
            b/b;q=0.5, a/a              | b/b;q=0.5, a/a               | order of weights is kept
            text/* ;\tq=0.8             | text/*;q=0.8                 | white space before a parameter
            a/b;Level=A;Q=0.50          | a/b;level=A;q=0.50           | values are kept
            a/b;x="C;, d";y=E           | a/b;x="C;, d";y=E            | quoted values
            a/b;x="c\\";";y=1           | a/b;x="c\\";";y=1            | escapes in quoted values
            a/b;;c=d; , ,e/f;           | a/b;c=d, e/f                 | RFC 9110 section 5.6.6: empty parameters
            ~~                          | ~~                           | no members
            A/b, *                      | A/b, *                       | no slash: as it came
            A/b,  /c                    | A/b,  /c                     | no type: as it came
            A/b,  c/                    | A/b,  c/                     | no subtype: as it came
            A/b/c                       | A/b/c                        | two slashes: as it came
            A/b;c                       | A/b;c                        | no value: as it came
            A/b;c=                      | A/b;c=                       | no value: as it came
            A/b;=c                      | A/b;=c                       | no name: as it came
            A/b;c = d                   | A/b;c = d                    | spaces around the equals sign: as it came
            A/b;c="d                    | A/b;c="d                     | no end of the quotes: as it came
            A/b;c="d"e                  | A/b;c="d"e                   | text after the quotes: as it came
            A b/c                       | A b/c                        | space in a type: as it came
            """)
    @DisplayName("RFC 9110 section 12.5.1: Accept")
    void field_accept_isCanonical(String value, String expected, String cause) {
        assertEquals(expected, form("accept", value), cause);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', nullValues = "none", textBlock = """
            de                      | de    | one
            DE-at                   | de-at | lower case
            en;q=0.5, de            | de    | the highest weight
            de;q=0.9, en;q=0.8, *   | none  | any is the best
            *;q=0.5, de;q=0.6       | de    | any is not the best
            de, en                  | none  | two are the best
            de, en, fr              | none  | three are the best
            en;q=0.5, fr;q=0.5, de  | de    | two are the second best
            de;q=0.5, en;q=0.5, fr;q=0.4 | none | a worse one after two best
            en;q=0.4, de;q=0.001    | en    | low weights
            de;q=0                  | none  | not acceptable
            de;q=0, en;q=0          | none  | not acceptable
            *                       | none  | any
            ~~                      | none  | empty
            ~ , ~                   | none  | no members
            """)
    @DisplayName("RFC 9110 section 12.5.4: the language wanted before all others")
    void bestLanguage_field_givesUniqueBest(String value, @Nullable String expected, String cause) {
        assertEquals(expected, SelectingFields.bestLanguage(value), cause);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', nullValues = "none", textBlock = """
            de         | de    | one
            ~ De-AT,~  | de-at | lower case
            zh-Hant-1x | zh-hant-1x | subtags
            de, en     | none  | several
            de¶en      | none  | several lines
            ~~         | none  | empty
            *          | none  | no language
            d_e        | none  | no language
            DE;q=1     | none  | no language
            [z         | none  | no language
            {z         | none  | no language
            @z         | none  | no language
            `z         | none  | no language
            z-:        | none  | no language
            z-/        | none  | no language
            """)
    @DisplayName("RFC 9110 section 8.5: the language of a response")
    void contentLanguage_lines_giveTheOnlyLanguage(String lines, @Nullable String expected, String cause) {
        List<String> fields = new ArrayList<>();
        for (String line : lines.split("¶", -1)) {
            fields.add("content-language");
            fields.add(line);
        }
        assertEquals(expected, SelectingFields.contentLanguage(Fields.of(fields.toArray(String[]::new))), cause);
    }

    @Test
    void contentLanguage_noLines_isNull() {
        assertNull(SelectingFields.contentLanguage(Fields.empty()));
    }

    @Test
    void field_anyBytes_isItsOwnForm() {
        long seed = 20_260_208;
        Random random = new Random(seed);
        String[] names = {"foo", "accept", "accept-charset", "accept-encoding", "accept-language", "cookie"};
        String likely = "aZx-/*;q=01.5,, \"\\";
        for (int round = 0; round < 200_000; round++) {
            byte[] bytes = new byte[random.nextInt(20)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte)
                        (random.nextInt(9) > 0 ? likely.charAt(random.nextInt(likely.length())) : random.nextInt());
            }
            String value = new String(bytes, StandardCharsets.ISO_8859_1);
            String name = names[random.nextInt(names.length)];
            String form = form(name, value);
            assertEquals(form, form(name, form), "seed " + seed + ": " + name + ": " + value);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            de              | de    | true
            en, DE;q=0.1    | de    | true
            en, *           | de    | true
            en              | en-gb | true
            en-gb           | en    | false
            en              | eng   | false
            fr              | de    | false
            de;q=0          | de    | false
            *, de;q=0       | de    | false
            *;q=0           | de    | false
            de, <b>         | de    | false
            """)
    void acceptsLanguage_byRange(String field, String language, boolean expected) {
        assertEquals(expected, SelectingFields.acceptsLanguage(field, language));
    }
}
