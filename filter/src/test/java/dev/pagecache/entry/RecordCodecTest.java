package dev.pagecache.entry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pagecache.http.Fields;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordCodecTest {
    private static final long NOW = -5_000_000_000L;
    private static final long WALL = 1_800_000_000_000L;
    private static final CacheKey KEY = SampleRecords.variant("1https example.org /shop", "accept-language=de");

    private final RecordCodec codec = new RecordCodec();

    @ParameterizedTest
    @ValueSource(longs = {1, 20261122, 987654321})
    void pages_writtenAndRead_areTheSame(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            Page page = SampleRecords.randomPage(random, NOW);
            assertSamePage(page, codec.decode(codec.encode(page, NOW, WALL), page.key(), NOW, WALL), "seed " + seed);
        }
    }

    @Test
    void decode_contentThatIsMostOfTheRecord_isNotCopied() {
        Page written = SampleRecords.page(KEY, "x".repeat(5_000), NOW);
        byte[] bytes = codec.encode(written, NOW, WALL);
        Page read = assertInstanceOf(Page.class, codec.decode(bytes, KEY, NOW, WALL));
        assertSame(bytes, read.body().array());
        assertEquals(written.weightBytes() - 5_000 + bytes.length, read.weightBytes(), "the whole record is kept");
        assertArrayEquals(bytes, codec.encode(read, NOW, WALL));
    }

    @Test
    void decode_contentThatIsLittleOfTheRecord_doesNotHoldTheRest() {
        byte[] bytes = codec.encode(SampleRecords.page(KEY, "x", NOW), NOW, WALL);
        Page read = assertInstanceOf(Page.class, codec.decode(bytes, KEY, NOW, WALL));
        assertArrayEquals(new byte[] {'x'}, read.body().array());
    }

    @Test
    void index_writtenAndRead_isTheSame() {
        VaryIndex index = SampleRecords.index(SampleRecords.key("u"), NOW, "accept-language", "cookie:sid");
        assertEquals(index, codec.decode(codec.encode(index, NOW, WALL), index.key(), NOW, WALL));
    }

    @ParameterizedTest(name = "{0}: age {3} ms")
    @CsvSource(textBlock = """
            read at once on the same clock,     0,        0,     2000
            read 5 s later,                     5000,     5000,  7000
            reader's wall clock is 1 day ahead, 86400000, 0,     86402000
            reader's wall clock is behind,      -3000,    0,     0
            it is a minute behind,              -62000,   0,     0
            """)
    void age_readOnAnotherNode_followsTheWallClock(String name, long wallLater, long nanosLater, long ageMillis) {
        Page page = SampleRecords.page(KEY, "x", NOW - TimeUnit.SECONDS.toNanos(2));
        byte[] bytes = codec.encode(page, NOW, WALL);
        long otherNow = 77 + TimeUnit.MILLISECONDS.toNanos(nanosLater);
        StoredRecord read = codec.decode(bytes, KEY, otherNow, WALL + wallLater);
        assertEquals(ageMillis, assertInstanceOf(Page.class, read).ageMillis(otherNow), name);
    }

    /** Its age would not begin before the reader's clock has come as far. */
    @Test
    void page_fromMoreThanAMinuteAhead_hasNoRetention() {
        Lifetime longest =
                new Lifetime(Lifetime.MAX_MILLIS, Lifetime.MAX_MILLIS, Lifetime.MAX_MILLIS, Lifetime.MAX_MILLIS);
        byte[] bytes = codec.encode(SampleRecords.page(KEY, "x", NOW, longest), NOW, WALL);
        StoredRecord atTheLimit = codec.decode(bytes, KEY, NOW, WALL - 60_000);
        assertEquals(longest.retentionMillis(), assertNotNullRecord(atTheLimit).retentionMillis(NOW));
        StoredRecord beyond = codec.decode(bytes, KEY, NOW, WALL - 60_001);
        assertEquals(0, assertNotNullRecord(beyond).retentionMillis(NOW));
    }

    /** Whoever puts old bytes back does not make them younger. */
    @ParameterizedTest(name = "read after {0} ms: {1} ms left")
    @CsvSource({"0, 600000", "599999, 1", "600000, 0", "86400000, -85800000"})
    void page_writtenAgainLater_livesAsLongAsItWouldHave(long laterMillis, long leftMillis) {
        byte[] bytes = codec.encode(SampleRecords.page(KEY, "x", NOW), NOW, WALL);
        StoredRecord replayed = codec.decode(bytes, KEY, 42, WALL + laterMillis);
        assertEquals(leftMillis, assertNotNullRecord(replayed).retentionMillis(42));
    }

    @Test
    void index_readAfterItsExpiry_hasNoRetention() {
        VaryIndex index = SampleRecords.index(KEY, NOW, "accept");
        byte[] bytes = codec.encode(index, NOW, WALL);
        StoredRecord late = codec.decode(bytes, KEY, 0, WALL + TimeUnit.MINUTES.toMillis(11));
        assertEquals(0, assertNotNullRecord(late).retentionMillis(0));
    }

    @Test
    void page_ofAnotherKey_isAbsent() {
        byte[] bytes = sample();
        assertNull(codec.decode(bytes, SampleRecords.key("other"), NOW, WALL));
        CacheKey sameLengths = SampleRecords.variant("1https example.org /shop", "accept-language=fr");
        assertNull(codec.decode(bytes, sameLengths, NOW, WALL));
        String sameBytes = "1https example.org /shopaccept-language=de";
        assertNull(codec.decode(bytes, SampleRecords.key(sameBytes), NOW, WALL), "other end of the URL's part");
    }

    /** With a right checksum the damage reaches the code behind it, which must refuse it or give a page of this key. */
    @ParameterizedTest
    @ValueSource(longs = {4, 20261123})
    void sample_mutatedAndChecksummed_neverThrows(long seed) {
        Random random = new Random(seed);
        byte[] bytes = sample();
        for (int i = 0; i < 20_000; i++) {
            byte[] mutated = SampleRecords.checksummed(mutate(bytes, random));
            StoredRecord read = codec.decode(mutated, KEY, NOW, WALL);
            if (read != null) {
                assertEquals(KEY, read.key(), "seed " + seed + " mutation " + i);
                assertNoControls(read, "seed " + seed + " mutation " + i);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            status 0,             status,     0
            a line feed,          value,      10
            a carriage return,    value,      13
            NUL,                  value,      0
            DEL,                  value,      127
            a space in a name,    name,       32
            """)
    void forgedPage_withRightChecksum_isAbsent(String name, String part, int value) {
        Page page = new Page(
                KEY,
                299,
                Fields.of("x-name", "value"),
                new byte[0],
                NOW,
                new Lifetime(1, 0, 0),
                PageTraits.NONE,
                Stamp.foreign(0),
                List.of());
        byte[] bytes = codec.encode(page, NOW, WALL);
        byte[] target = part.equals("status") ? new byte[] {1, 43} : part.getBytes(StandardCharsets.US_ASCII);
        int at = lastIndexOf(bytes, target);
        bytes[at] = (byte) value;
        bytes[at + 1] = part.equals("status") ? 0 : bytes[at + 1];
        assertNull(codec.decode(SampleRecords.checksummed(bytes), KEY, NOW, WALL), name);
    }

    @Test
    void forgedIndex_withRightChecksum_isAbsent() {
        byte[] bytes = codec.encode(SampleRecords.index(KEY, NOW, "accept"), NOW, WALL);
        byte[] name = "accept".getBytes(StandardCharsets.US_ASCII);
        for (int forged : new int[] {' ', 0x7F, 0x80, '\n'}) {
            byte[] changed = bytes.clone();
            changed[lastIndexOf(bytes, name)] = (byte) forged;
            assertNull(codec.decode(SampleRecords.checksummed(changed), KEY, NOW, WALL), "character " + forged);
        }
        byte[] flagged = bytes.clone();
        flagged[2] = 1;
        assertNull(codec.decode(SampleRecords.checksummed(flagged), KEY, NOW, WALL), "a shareable index");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "version of no release, 1, 0",
        "later version, 1, 3",
        "unknown flag, 2, 64",
        "signature that is none, 2, -128",
        "unknown kind, 3, 3",
        "RESP type, 0, 36"
    })
    void unknownFrame_withRightChecksum_isAbsent(String name, int offset, byte value) {
        byte[] bytes = sample();
        bytes[offset] = value;
        assertNull(codec.decode(SampleRecords.checksummed(bytes), KEY, NOW, WALL), name);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            a name that is no token,   'a b', v
            an empty name,             '',    v
            a character above 255,     a,     €
            a long value,              a,     LONG
            """)
    void encode_whatHasNoPlace_isRefused(String name, String fieldName, String value) {
        Fields fields = Fields.of(fieldName, value.equals("LONG") ? "x".repeat(65_536) : value);
        Page page = new Page(
                KEY,
                200,
                fields,
                new byte[0],
                NOW,
                new Lifetime(1, 0, 0),
                PageTraits.NONE,
                Stamp.foreign(0),
                List.of());
        assertThrows(IllegalArgumentException.class, () -> codec.encode(page, NOW, WALL), name);
    }

    static Stream<Arguments> listsThatAreTooLong() {
        String[] lines = new String[2 * (RecordText.MAX_LINES + 1)];
        Arrays.fill(lines, "a");
        List<String> tags = Collections.nCopies(RecordText.MAX_LINES + 1, "");
        String longest = "t".repeat(RecordText.MAX_TAG_BYTES - 4);
        return Stream.of(
                Arguments.of("4,097 fields", Fields.of(lines), List.of(), false),
                Arguments.of("4,096 fields", Fields.of(Arrays.copyOf(lines, lines.length - 2)), List.of(), true),
                Arguments.of("4,097 tags", Fields.empty(), tags, false),
                Arguments.of("4,096 tags", Fields.empty(), tags.subList(1, tags.size()), true),
                Arguments.of("65,536 bytes of tags", Fields.empty(), List.of(longest + "t"), false),
                Arguments.of("65,535 bytes of tags", Fields.empty(), List.of(longest), true));
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("listsThatAreTooLong")
    void encode_longLists_upToWhatIsReadAgain(String name, Fields fields, List<String> tags, boolean isAllowed) {
        Page page = new Page(
                KEY, 200, fields, new byte[0], NOW, new Lifetime(1, 0, 0), PageTraits.NONE, Stamp.foreign(0), tags);
        if (isAllowed) {
            assertSamePage(page, codec.decode(codec.encode(page, NOW, WALL), KEY, NOW, WALL), name);
        } else {
            assertThrows(IllegalArgumentException.class, () -> codec.encode(page, NOW, WALL), name);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {99, 1_000})
    void encode_statusWithoutThreeDigits_isRefused(int status) {
        Page page = new Page(
                KEY,
                status,
                Fields.empty(),
                new byte[0],
                NOW,
                new Lifetime(1, 0, 0),
                PageTraits.NONE,
                Stamp.foreign(0),
                List.of());
        assertThrows(IllegalArgumentException.class, () -> codec.encode(page, NOW, WALL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"record-v2-page.bin", "record-v2-index.bin"})
    void goldenFile_ofVersion2_isReadAndWrittenIdentically(String file) throws IOException {
        byte[] golden = resource(file);
        StoredRecord read = assertNotNullRecord(codec.decode(golden, KEY, NOW, WALL));
        assertArrayEquals(golden, codec.encode(read, NOW, WALL));
        StoredRecord expected = goldenRecord(file);
        assertArrayEquals(golden, codec.encode(expected, NOW, WALL));
    }

    /** The release before wrote it: its stamp is of a node's clock, which may have been a minute ahead. */
    @Test
    void goldenPage_ofVersion1_isReadAsRenderedAMinuteBeforeItsStamp() throws IOException {
        Page written = (Page) goldenRecord("page");
        StoredRecord read = codec.decode(resource("record-v1-page.bin"), KEY, NOW, WALL);
        assertSamePage(written.withStamp(Stamp.foreign(1_799_999_000_123L - 60_000)), read, "version 1");
    }

    @Test
    void goldenIndex_ofVersion1_isRead() throws IOException {
        StoredRecord read = codec.decode(resource("record-v1-index.bin"), KEY, NOW, WALL);
        assertArrayEquals(resource("record-v2-index.bin"), codec.encode(assertNotNullRecord(read), NOW, WALL));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "59999, 0",
        "60001, 1",
        "-1, 0",
        "-9223372036854775808, 0",
        "9223372036854775807, 9223372036854715807"
    })
    void pageOfVersion1_itsStamp_countsAMinuteEarlier(long stamp, long expected) {
        byte[] bytes = SampleRecords.ofVersion1(sample(), stamp);
        Page read = assertInstanceOf(Page.class, codec.decode(bytes, KEY, NOW, WALL));
        assertEquals(Stamp.foreign(expected), read.stamp());
    }

    @ParameterizedTest
    @CsvSource({"3, true", "127, true", "-1, true", "2, false", "1, false", "0, false"})
    void version_aboveThatOfThisRelease_isOfALaterOne(byte version, boolean isLater) {
        byte[] bytes = sample();
        bytes[1] = version;
        assertEquals(isLater, RecordCodec.isOfLaterRelease(bytes));
        bytes[0] = '{';
        assertFalse(RecordCodec.isOfLaterRelease(bytes), "another magic");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void bytes_tooFewForAVersion_areOfNoRelease(int length) {
        assertFalse(RecordCodec.isOfLaterRelease(Arrays.copyOf(sample(), length)));
    }

    private static StoredRecord goldenRecord(String file) {
        if (file.contains("index")) {
            return SampleRecords.index(KEY, NOW, "accept-language", "x-theme");
        }
        Fields fields = Fields.of(
                "Content-Type",
                "text/html;charset=utf-8",
                "X-Own",
                "b\u00fccher",
                "content-language",
                "de",
                "ETag",
                "\"1\"");
        return new Page(
                KEY,
                200,
                fields,
                "<h1>B\u00fccher</h1>".getBytes(StandardCharsets.UTF_8),
                NOW - TimeUnit.SECONDS.toNanos(90),
                new Lifetime(600_000, 30_000, 86_400_000, 7_200_000),
                new PageTraits(true, false, true),
                Stamp.foreign(1_799_999_000_123L),
                List.of("tag:books", "tag:b\u00fccher"));
    }

    private static byte[] resource(String file) throws IOException {
        try (InputStream in = RecordCodecTest.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new AssertionError("no " + file);
            }
            return in.readAllBytes();
        }
    }

    private byte[] sample() {
        return codec.encode(goldenRecord("page"), NOW, WALL);
    }

    private static StoredRecord assertNotNullRecord(@Nullable StoredRecord read) {
        assertNotNull(read);
        return read;
    }

    private static void assertSamePage(Page page, @Nullable StoredRecord record, String message) {
        Page read = assertInstanceOf(Page.class, record, message);
        assertEquals(page.key(), read.key(), message);
        assertEquals(page.status(), read.status(), message);
        assertEquals(page.fields(), read.fields(), message);
        assertArrayEquals(page.body().toBytes(), read.body().toBytes(), message);
        assertEquals(page.bornNanos(), read.bornNanos(), message);
        assertEquals(page.lifetime(), read.lifetime(), message);
        assertEquals(page.traits(), read.traits(), message);
        assertEquals(page.stamp(), read.stamp(), message);
        assertEquals(page.tags(), read.tags(), message);
    }

    private static void assertNoControls(StoredRecord read, String message) {
        if (read instanceof Page page) {
            page.fields().forEach((name, value) -> {
                assertEquals(-1, name.indexOf('\n') & name.indexOf('\r') & name.indexOf(0), message);
                assertEquals(-1, value.indexOf('\n') & value.indexOf('\r') & value.indexOf(0), message);
            });
        }
    }

    private static byte[] mutate(byte[] bytes, Random random) {
        byte[] mutated = bytes.clone();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(mutated, random.nextInt(2 * mutated.length)) : mutated;
    }

    private static int lastIndexOf(byte[] bytes, byte[] target) {
        for (int i = bytes.length - target.length; i >= 0; i--) {
            if (Arrays.equals(bytes, i, i + target.length, target, 0, target.length)) {
                return i;
            }
        }
        throw new AssertionError("not found");
    }
}
