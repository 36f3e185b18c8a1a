package dev.pagecache.entry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.http.FieldSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class CacheKeyTest {
    private static final FieldSource NO_FIELDS = name -> null;

    /** The parts of a key, compared as values; the keys of two of them must be equal exactly if they are. */
    record Parts(
            String prefix,
            String scheme,
            String host,
            int port,
            String rawPath,
            String mappedPath,
            @Nullable String query,
            List<String> fixed,
            @Nullable List<String> selecting,
            Map<String, String> fields) {

        CacheKey key() {
            CacheKey base = CacheKey.url(prefix, scheme, host, port, rawPath, mappedPath, query, fixed, fields::get);
            return selecting == null ? base : base.variant(selecting, fields::get);
        }

        /** The same parts with the fields that no name selects left out: they must not count. */
        Parts significant() {
            Map<String, String> counted = new TreeMap<>();
            fields.forEach((name, value) -> {
                if (fixed.contains(name) || (selecting != null && selecting.contains(name))) {
                    counted.put(name, value);
                }
            });
            return new Parts(prefix, scheme, host, port, rawPath, mappedPath, query, fixed, selecting, counted);
        }
    }

    private static Parts parts(
            String prefix, String scheme, String host, int port, String raw, String mapped, @Nullable String query) {
        return new Parts(prefix, scheme, host, port, raw, mapped, query, List.of(), null, Map.of());
    }

    private static Parts selecting(List<String> names, Map<String, String> fields) {
        return new Parts("", "http", "h", 80, "/p", "/p", null, List.of(), names, fields);
    }

    static Stream<Arguments> neighbours() {
        Parts plain = parts("", "http", "h", 80, "/p", "/p", null);
        return Stream.of(
                Arguments.of("an empty query is not an absent one", plain, parts("", "http", "h", 80, "/p", "/p", "")),
                Arguments.of(
                        "a query's first octet does not move into the path",
                        parts("", "http", "h", 80, "/p", "/pa", "=1"),
                        parts("", "http", "h", 80, "/p", "/p", "a=1")),
                Arguments.of(
                        "the raw path does not move into the mapped path",
                        parts("", "http", "h", 80, "/a", "/b/c", null),
                        parts("", "http", "h", 80, "/a/b", "/c", null)),
                Arguments.of(
                        "a host does not move into the prefix",
                        parts("a", "http", "b", 80, "/", "/", null),
                        parts("ab", "http", "", 80, "/", "/", null)),
                Arguments.of(
                        "a prefix that looks like a length prefix shifts nothing",
                        parts("\u0004http", "", "h", 80, "/", "/", null),
                        parts("", "http", "h", 80, "/", "/", null)),
                Arguments.of(
                        "a scheme does not move into the host",
                        parts("", "https", "h", 80, "/", "/", null),
                        parts("", "http", "sh", 80, "/", "/", null)),
                Arguments.of("another port is another key", plain, parts("", "http", "h", 8080, "/p", "/p", null)),
                Arguments.of(
                        "a port's digits do not move into the path",
                        parts("", "http", "h", 8, "0/", "/", null),
                        parts("", "http", "h", 80, "/", "/", null)),
                Arguments.of(
                        "an encoded path is not its decoded spelling",
                        parts("", "http", "h", 80, "/%61", "/a", null),
                        parts("", "http", "h", 80, "/a", "/a", null)),
                Arguments.of(
                        "letter case of a path counts",
                        parts("", "http", "h", 80, "/A", "/A", null),
                        parts("", "http", "h", 80, "/a", "/a", null)),
                Arguments.of(
                        "the order of parameters counts",
                        parts("", "http", "h", 80, "/", "/", "a=1&b=2"),
                        parts("", "http", "h", 80, "/", "/", "b=2&a=1")),
                Arguments.of(
                        "a composed letter is not a decomposed one: nothing is normalised",
                        parts("", "http", "h", 80, "/\u00e9", "/\u00e9", null),
                        parts("", "http", "h", 80, "/e\u0301", "/e\u0301", null)),
                Arguments.of(
                        "unpaired surrogates stay apart",
                        parts("", "http", "h", 80, "/", "/\ud800", null),
                        parts("", "http", "h", 80, "/", "/\ud801", null)),
                Arguments.of(
                        "an unpaired surrogate is no question mark",
                        parts("", "http", "h", 80, "/", "/\udc00", null),
                        parts("", "http", "h", 80, "/", "/?", null)),
                Arguments.of(
                        "an absent selecting field is not an empty one",
                        selecting(List.of("x"), Map.of()),
                        selecting(List.of("x"), Map.of("x", ""))),
                Arguments.of(
                        "the same value under another name is another variant",
                        selecting(List.of("x-a"), Map.of("x-a", "1")),
                        selecting(List.of("x-b"), Map.of("x-b", "1"))),
                Arguments.of(
                        "a value does not move into the next field",
                        selecting(List.of("a", "b"), Map.of("a", "12", "b", "3")),
                        selecting(List.of("a", "b"), Map.of("a", "1", "b", "23"))),
                Arguments.of(
                        "which of two fields is absent counts",
                        selecting(List.of("a", "b"), Map.of("a", "1")),
                        selecting(List.of("a", "b"), Map.of("b", "1"))),
                Arguments.of("a variant of no names is not the URL itself", plain, selecting(List.of(), Map.of())),
                Arguments.of(
                        "a fixed name is not a selecting one",
                        new Parts("", "http", "h", 80, "/p", "/p", null, List.of("x"), List.of(), Map.of("x", "1")),
                        new Parts("", "http", "h", 80, "/p", "/p", null, List.of(), List.of("x"), Map.of("x", "1"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("neighbours")
    void equals_differentParts_areDifferentKeys(String sentence, Parts one, Parts other) {
        assertNotEquals(one.key(), other.key(), sentence);
        assertNotEquals(0, one.key().compareTo(other.key()));
        assertNotEquals(one.key().remoteName(), other.key().remoteName());
    }

    @Test
    void equals_randomParts_isEqualExactlyIfThePartsAre() {
        long seed = 20_260_301;
        RandomGenerator random = new SplittableRandom(seed);
        Map<CacheKey, Parts> seen = new HashMap<>();
        int repeated = 0;
        for (int i = 0; i < 60_000; i++) {
            Parts parts = randomParts(random);
            assertEquals(parts.key(), parts.significant().key(), () -> "seed " + seed + ": " + parts);
            Parts earlier = seen.putIfAbsent(parts.key(), parts.significant());
            if (earlier != null) {
                repeated++;
                assertEquals(earlier, parts.significant(), () -> "seed " + seed);
            }
        }
        assertTrue(repeated > 100, "the generator repeats too little: " + repeated);
    }

    /** Few and short alphabets, rich in what could be taken for a length or a marker, so that clashes would show. */
    private static Parts randomParts(RandomGenerator random) {
        Map<String, String> fields = new TreeMap<>();
        for (String name : List.of("a", "b", "\u0001")) {
            if (random.nextInt(3) == 0) {
                fields.put(name, text(random));
            }
        }
        return new Parts(
                text(random),
                random.nextBoolean() ? "http" : "https",
                text(random),
                random.nextBoolean() ? 80 : 1 + random.nextInt(300),
                text(random),
                text(random),
                random.nextBoolean() ? null : text(random),
                names(random),
                random.nextBoolean() ? null : names(random),
                fields);
    }

    private static List<String> names(RandomGenerator random) {
        return switch (random.nextInt(8)) {
            case 0 -> List.of("a");
            case 1 -> List.of("b");
            case 2 -> List.of("a", "b");
            case 3 -> List.of("\u0001");
            default -> List.of();
        };
    }

    private static String text(RandomGenerator random) {
        char[] alphabet = {0, 1, 2, 'a', 'b', '/', 0x7F, 0x80, 0xFF, 0x7FF, 0x800, 0xD800, 0xDC00, 0xFFFF};
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(3); length > 0; length--) {
            text.append(alphabet[random.nextInt(random.nextInt(4) == 0 ? alphabet.length : 4)]);
        }
        return text.toString();
    }

    @Test
    void equals_hostileNumberOfNames_isExact() {
        String[] names = new String[200];
        for (int i = 0; i < names.length; i++) {
            names[i] = String.valueOf((char) (0x100 + i));
        }
        CacheKey base = SampleRecords.key("base");
        CacheKey all = base.variant(List.of(names), name -> name);
        assertEquals(all, base.variant(List.of(names), name -> name));
        assertNotEquals(all, base.variant(List.of(names).subList(0, 199), name -> name));
    }

    @Test
    @DisplayName("RFC 9111 section 4.1: only named fields select")
    void variant_fieldThatIsNotNamed_doesNotCount() {
        CacheKey base = CacheKey.url("", "http", "h", 80, "/", "/", null, List.of(), NO_FIELDS);
        FieldSource one = Map.of("accept", "a", "x", "1")::get;
        FieldSource other = Map.of("accept", "a", "x", "2")::get;
        assertEquals(base.variant(List.of("accept"), one), base.variant(List.of("accept"), other));
        assertNotEquals(base.variant(List.of("accept", "x"), one), base.variant(List.of("accept", "x"), other));
    }

    @Test
    void variant_knowsItsBase() {
        CacheKey base = CacheKey.url("p", "http", "h", 80, "/", "/", "q", List.of("x"), NO_FIELDS);
        CacheKey variant = base.variant(List.of("accept"), NO_FIELDS);
        assertTrue(base.isBase());
        assertEquals(base.length(), base.baseLength());
        assertFalse(variant.isBase());
        assertEquals(base.length(), variant.baseLength());
        assertTrue(variant.length() > base.length());
        assertThrows(IllegalStateException.class, () -> variant.variant(List.of("accept"), NO_FIELDS));
    }

    @Test
    void variant_ofARequest_isTheKeyOfItsBytes() {
        CacheKey base = CacheKey.url("p", "http", "h", 80, "/", "/", "q", List.of("x"), NO_FIELDS);
        CacheKey variant = base.variant(List.of("accept", "\u00e9"), name -> name + "\u20ac");
        CacheKey read = CacheKey.variant(variant.toBytes(), base.length());
        assertEquals(read, variant);
        assertEquals(read.hashCode(), variant.hashCode());
    }

    @Test
    void remoteName_ofVariant_sharesTheSlotOfItsBase() {
        CacheKey base = CacheKey.url("", "http", "h", 80, "/", "/", null, List.of(), NO_FIELDS);
        CacheKey variant = base.variant(List.of("accept"), NO_FIELDS);
        assertTrue(base.remoteName().matches("\\{[A-Za-z0-9_-]{43}}"), base.remoteName());
        assertTrue(variant.remoteName().startsWith(base.remoteName() + ":"), variant.remoteName());
        assertEquals(base.remoteName().length() + 1 + 43, variant.remoteName().length());
    }

    @Test
    void toString_saysNothingOfTheUrl() {
        CacheKey key = CacheKey.url("", "http", "h", 80, "/secret", "/secret", "token=1", List.of(), NO_FIELDS);
        assertEquals(key.remoteName(), key.toString());
        assertFalse(key.toString().contains("secret"));
    }

    @Test
    void toBytes_isACopy() {
        CacheKey key = SampleRecords.key("a");
        byte[] copy = key.toBytes();
        copy[0]++;
        assertNotSame(key.bytes(), copy);
        assertArrayEquals(new byte[] {'a'}, key.toBytes());
    }

    @Test
    @SuppressWarnings("EqualsIncompatibleType") // a key in a map may be compared with anything
    void equals_anythingElse_isDifferent() {
        CacheKey key = SampleRecords.key("Aa");
        CacheKey sameHash = SampleRecords.key("BB");
        assertEquals(key.hashCode(), sameHash.hashCode());
        assertNotEquals(key, sameHash);
        assertFalse(key.equals("Aa"));
        assertFalse(key.equals(null));
        assertTrue(key.equals(key));
    }

    @Test
    void compareTo_isTheOrderOfTheBytes() {
        assertTrue(SampleRecords.key("a").compareTo(SampleRecords.key("b")) < 0);
        assertTrue(SampleRecords.key("a").compareTo(SampleRecords.key("aa")) < 0);
        assertEquals(0, SampleRecords.key("a").compareTo(SampleRecords.key("a")));
    }

    @Test
    void url_format_staysAsStoredRecordsHaveIt() {
        CacheKey key = CacheKey.url("s", "http", "h", 8080, "/\u00e9", "/\u20ac", "", List.of("x", "y"), name -> {
            return name.equals("x") ? "1" : null;
        });
        byte[] expected = {
            1,
            1,
            's',
            4,
            'h',
            't',
            't',
            'p',
            1,
            'h',
            (byte) 0x90,
            63,
            3,
            '/',
            (byte) 0xC3,
            (byte) 0xA9,
            4,
            '/',
            (byte) 0xE2,
            (byte) 0x82,
            (byte) 0xAC,
            1,
            0,
            2,
            1,
            'x',
            1,
            1,
            '1',
            1,
            'y',
            0
        };
        assertArrayEquals(expected, key.toBytes());
    }
}
