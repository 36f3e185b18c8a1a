package dev.pagecache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NoVarySearchTest {
    private static final List<String> RULES = List.of(
            "key-order",
            "params",
            "params=(\"a\")",
            "params=(\"a\" \"%26\"), key-order",
            "params, except=(\"a\")",
            "params, except=(\"a\" \"+\" \"\"), key-order");

    private static NoVarySearch parse(String lines) {
        return NoVarySearch.parse(List.of(lines.split("¶", -1)));
    }

    /** Whether the order is ignored, whether others are, and the names. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            key-order                                | order ~~                | a flag
            key-order=?1                             | order ~~                | a flag written out
            params                                   | others                  | all parameters
            params=?1                                | others                  | written out
            params=("a")                             | a                       | a named one
            params=("a" "b" "a")                     | a b                     | several
            params, except=("x" "y")                 | others x y              | all but named ones
            params, except=()                        | others                  | all but none
            params, key-order, except=("x")          | order others x          | any order of keys
            key-order, params=("a")                  | order a                 | both
            key-order¶params=("a")                   | order a                 | several lines
            params=("%C3%A9+%E6%B0%97")              | é_気                    | names are decoded
            params=("a";x), key-order;y              | order a                 | parameters are ignored
            unknown=1, params=("a"), z=("b")         | a                       | unknown keys are ignored
            params="x", params=("a")                 | a                       | the last of one key counts
            params, except=("x"), params=?1          | others x                | the last of one key counts
            """)
    @DisplayName("No-Vary-Search section 5.1: valid fields")
    void parse_validField_givesRule(String lines, String expected, String cause) {
        NoVarySearch rule = parse(lines);

        List<String> shown = new ArrayList<>();
        if (rule.ignoresOrder()) {
            shown.add("order");
        }
        if (rule.ignoresOthers()) {
            shown.add("others");
        }
        for (String name : new TreeSet<>(rule.names())) {
            shown.add(name.replace(' ', '_'));
        }
        assertEquals(expected.replace(" ~~", ""), String.join(" ", shown), cause);
        assertNotEquals(NoVarySearch.DEFAULT, rule, cause);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ~~                                       | empty
            unknown-key                              | unknown keys only
            key-order="not a boolean"                | a String for a Boolean
            key-order=1                              | an Integer for a Boolean
            key-order=("a")                          | an Inner List for a Boolean
            key-order=1, params=("a")                | one wrong type spoils the others
            params="not a boolean or inner list"     | a String
            params=a                                 | a Token
            params=(not-a-string)                    | a Token in the list
            params=("a" 1)                           | an Integer in the list
            params=("a"), except=("x")               | except without params being true
            params=(), except=()                     | except without params being true
            params=?0, except=("x")                  | except without params being true
            params, except=(not-a-string)            | a Token in the list
            params, except="not an inner list"       | a String
            params, except=?1                        | a Boolean
            params, except                           | a Boolean
            except=("x")                             | except alone
            except=()                                | except alone
            params, except=("x"), params=("a")       | the last of one key counts
            params=?0                                | says what the default says
            params=()                                | says what the default says
            key-order=?0                             | says what the default says
            params=("a"                              | broken syntax
            params=("a"),                            | comma at the end
            params=("a","b")                         | comma in the list
            params=('a')                             | single quotes
            params=("é")                             | beyond ASCII
            Params                                   | capitals
            params¶¶key-order                        | an empty line between
            """)
    @DisplayName("No-Vary-Search section 5.1: invalid fields widen nothing")
    void parse_anythingElse_isTheDefault(String lines, String cause) {
        assertEquals(NoVarySearch.DEFAULT, parse(lines), cause);
        assertTrue(parse(lines).isDefault(), cause);
    }

    @Test
    void parse_noLines_isTheDefault() {
        assertEquals(NoVarySearch.DEFAULT, NoVarySearch.parse(List.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', nullValues = "none", textBlock = """
            key-order               | none          | ~~                  | no query is an empty one
            key-order               | ~~            | &&                  | empty pieces are none
            key-order               | a=x           | %61=%78             | percent-decoding
            key-order               | a=%c3%a9      | a=%C3%A9            | percent-decoding
            key-order               | a=%f6         | a=%ef%bf%bd         | what is not UTF-8
            key-order               | a=x&&&&       | a=x                 | empty pieces
            key-order               | a=            | a                   | an empty value
            key-order               | a=%20         | a=+                 | space
            key-order               | a= &          | a=+                 | raw space
            key-order               | b=2&a=1       | a=1&b=2             | order of names
            key-order               | b=2&a=2&a=1   | a=2&b=2&a=1         | order of names, stable
            key-order               | %62=2&a=1     | a=1&b=2             | names are compared decoded
            params                  | a=1&b         | none                | all ignored
            params                  | a=1           | %zz                 | all ignored
            params=("a")            | a=1&b=2&a     | b=2                 | a named one
            params=("a")            | %61=1&b=2     | b=2                 | however it is encoded
            params=("%61")          | a=1&b=2       | b=2                 | in the field, too
            params=("a+b")          | a%20b=1       | a+b=2               | space in a name
            params=("")             | =1&a          | a                   | the empty name
            params=("a")            | b=2           | %62=%32&&           | what counts is compared decoded
            params, except=("a")    | a=1&b=2&c     | d&a=1               | all but a named one
            params, except=("a")    | b=2           | none                | nothing left
            params, except=("%26")  | %26=1&x       | %26=1&amp=2         | an ampersand in a name
            params=("a"), key-order | c=3&a=1&b=2   | b=2&c=3&a=7         | both
            """)
    @DisplayName("No-Vary-Search section 6: equivalent queries")
    void canonicalQuery_equivalentQueries_areEqual(
            String field, @Nullable String one, @Nullable String other, String cause) {
        NoVarySearch rule = parse(field);

        assertEquals(rule.canonicalQuery(one), rule.canonicalQuery(other), cause);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', nullValues = "none", textBlock = """
            ~~                      | none          | ~~                  | default: no query and an empty one
            ~~                      | a=x           | %61=x               | default: encoding
            ~~                      | a=b&&&c       | a=b&c=              | default: empty pieces
            params=()               | a=1&b=2       | b=2&a=1             | the same as the default
            params=("a")            | c=1&b=2       | b=2&c=1             | order counts without key-order
            params=("a")            | A=1           | none                | letter case of names
            params=("a")            | aa=1          | none                | a longer name
            params=("a")            | b=1           | b=2                 | values
            params=("a")            | b             | none                | presence
            params=("a")            | b=1&b=1       | b=1                 | number
            params, except=("a")    | a=1           | a=2                 | a value that counts
            params, except=("a")    | a             | none                | presence of what counts
            key-order               | a=2&a=1       | a=1&a=2             | order within a name
            key-order               | a=1%26b=2     | a=1&b=2             | an encoded ampersand
            key-order               | a%3D1         | a=1                 | an encoded equals sign
            key-order               | a=b%3Dc       | a%3Db=c             | where the equals sign is
            key-order               | a=%2B         | a=+                 | an encoded plus
            key-order               | a=%2541       | a=%41               | decoded once only
            key-order               | a=%25         | a=                  | an encoded percent sign
            key-order               | =             | none                | an empty parameter is one
            key-order               | a=%ED%A0%80   | a=%EF%BF%BD         | three octets that are not UTF-8
            key-order               | a=\u00e9      | a=%C3%A9            | beyond ASCII: no query
            key-order               | b&a=\u00e9    | a=\u00e9&b          | beyond ASCII: no query
            params                  | a=\u0080      | none                | beyond ASCII: no query
            key-order               | ?a=\u00e9     | %3Fa=%C3%A9         | beyond ASCII: no query
            """)
    @DisplayName("No-Vary-Search section 6: queries that differ")
    void canonicalQuery_otherQueries_differ(String field, @Nullable String one, @Nullable String other, String cause) {
        NoVarySearch rule = parse(field);

        assertNotEquals(rule.canonicalQuery(one), rule.canonicalQuery(other), cause);
    }

    @Test
    void canonicalQuery_default_keepsTheQuery() {
        assertEquals("", NoVarySearch.DEFAULT.canonicalQuery(null));
        assertEquals("?", NoVarySearch.DEFAULT.canonicalQuery(""));
        assertEquals("?b&a=%31", NoVarySearch.DEFAULT.canonicalQuery("b&a=%31"));
    }

    /** A parameter in one of its spellings, and what it means. */
    private record Spelled(String raw, String name, String value) {}

    private static List<Spelled> someParameters(Random random) {
        String[][] texts = {
            {"a", "a", "%61"},
            {"b", "b", "%62"},
            {"&", "%26"},
            {"=", "%3D", "%3d"},
            {" ", "+", "%20"},
            {"", ""},
            {"a=b", "a%3Db"},
            {"\uFFFD", "%EF%BF%BD", "%ff"}
        };
        List<Spelled> parameters = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            String[] name = texts[random.nextInt(texts.length)];
            String[] value = texts[random.nextInt(texts.length)];
            String raw = name[1 + random.nextInt(name.length - 1)] + '=' + value[1 + random.nextInt(value.length - 1)];
            parameters.add(new Spelled(raw, name[0], value[0]));
        }
        return parameters;
    }

    private static String query(List<Spelled> parameters) {
        return String.join("&", parameters.stream().map(Spelled::raw).toList());
    }

    /** The comparison of section 6 on parameters whose meaning is known. */
    private static List<List<String>> meaning(NoVarySearch rule, List<Spelled> parameters) {
        Set<String> names = rule.names();
        return parameters.stream()
                .filter(parameter -> rule.ignoresOthers() == names.contains(parameter.name()))
                .sorted(Comparator.comparing(parameter -> rule.ignoresOrder() ? parameter.name() : ""))
                .map(parameter -> List.of(parameter.name(), parameter.value()))
                .toList();
    }

    @Test
    void canonicalQuery_anyTwoQueries_areEqualIfAndOnlyIfTheyMeanTheSame() {
        long seed = 20_260_204;
        Random random = new Random(seed);
        int equal = 0;
        for (int round = 0; round < 100_000; round++) {
            NoVarySearch rule = parse(RULES.get(random.nextInt(RULES.size())));
            List<Spelled> one = someParameters(random);
            List<Spelled> other = someParameters(random);
            boolean isEqual = rule.canonicalQuery(query(one)).equals(rule.canonicalQuery(query(other)));
            String message = "seed " + seed + ": " + rule + ' ' + query(one) + ' ' + query(other);
            assertEquals(meaning(rule, one).equals(meaning(rule, other)), isEqual, message);
            equal += isEqual ? 1 : 0;
        }
        assertTrue(equal > 1_000, "seed " + seed + " gave " + equal + " equal pairs");
    }

    @Test
    void canonicalQuery_anyBytes_isItsOwnForm() {
        long seed = 20_260_205;
        Random random = new Random(seed);
        for (int round = 0; round < 100_000; round++) {
            byte[] bytes = new byte[random.nextInt(24)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (random.nextBoolean() ? "%&=+aE8D".charAt(random.nextInt(8)) : random.nextInt(128));
            }
            String query = new String(bytes, StandardCharsets.US_ASCII);
            NoVarySearch rule = parse(RULES.get(random.nextInt(RULES.size())));
            String form = rule.canonicalQuery(query);
            assertEquals(form, rule.canonicalQuery(form), "seed " + seed + ": " + rule + ' ' + query);
        }
    }

    @Test
    void parse_anyBytes_neverThrows() {
        long seed = 20_260_206;
        Random random = new Random(seed);
        String[] pieces = {"params", "except", "key-order", "=", "?0", "?1", "(", ")", "\"a\"", "\"%", ",", ", ", " "};
        int valid = 0;
        for (int round = 0; round < 200_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(8); i >= 0; i--) {
                text.append(
                        random.nextInt(20) == 0 ? (char) random.nextInt(256) : pieces[random.nextInt(pieces.length)]);
            }
            NoVarySearch rule = NoVarySearch.parse(List.of(text.toString()));
            valid += rule.isDefault() ? 0 : 1;
            assertEquals(NoVarySearch.DEFAULT, NoVarySearch.parse(List.of(text.toString(), "")), "seed " + seed);
        }
        assertTrue(valid > 100, "seed " + seed + " gave " + valid + " rules");
    }
}
