package dev.pagecache.entry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pagecache.http.Fields;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
            """)
    void age_readOnAnotherNode_followsTheWallClock(String name, long wallLater, long nanosLater, long ageMillis) {
        Page page = SampleRecords.page(KEY, "x", NOW - TimeUnit.SECONDS.toNanos(2));
        byte[] bytes = codec.encode(page, NOW, WALL);
        long otherNow = 77 + TimeUnit.MILLISECONDS.toNanos(nanosLater);
        StoredRecord read = codec.decode(bytes, KEY, otherNow, WALL + wallLater);
        assertEquals(ageMillis, assertInstanceOf(Page.class, read).ageMillis(otherNow), name);
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

    @Test
    void sample_everySingleBitFlipped_isAbsent() {
        byte[] bytes = sample();
        for (int i = 0; i < bytes.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = bytes.clone();
                flipped[i] ^= (byte) (1 << bit);
                assertNull(codec.decode(flipped, KEY, NOW, WALL), "byte " + i + " bit " + bit);
            }
        }
    }

    @Test
    void sample_everyByteInverted_isAbsent() {
        byte[] bytes = sample();
        for (int i = 0; i < bytes.length; i++) {
            byte[] flipped = bytes.clone();
            flipped[i] ^= (byte) 0xFF;
            assertNull(codec.decode(flipped, KEY, NOW, WALL), "byte " + i);
        }
    }

    @Test
    void sample_everyTruncation_isAbsent() {
        byte[] bytes = sample();
        for (int length = 0; length < bytes.length; length++) {
            assertNull(codec.decode(Arrays.copyOf(bytes, length), KEY, NOW, WALL), "length " + length);
        }
    }

    @Test
    void sample_withTrailingBytes_isAbsent() {
        byte[] bytes = sample();
        assertNull(codec.decode(Arrays.copyOf(bytes, bytes.length + 1), KEY, NOW, WALL));
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 20261122})
    void sample_mutatedAtRandom_isAbsentOrItself(long seed) {
        Random random = new Random(seed);
        byte[] bytes = sample();
        for (int i = 0; i < 10_000; i++) {
            byte[] mutated = mutate(bytes, random);
            if (!Arrays.equals(mutated, bytes)) {
                assertNull(codec.decode(mutated, KEY, NOW, WALL), "seed " + seed + " mutation " + i);
            }
        }
    }

    /** With a right checksum the damage reaches the code behind it, which must refuse it or give a page of this key. */
    @ParameterizedTest
    @ValueSource(longs = {4, 20261123})
    void sample_mutatedAndChecksummed_neverThrows(long seed) {
        Random random = new Random(seed);
        byte[] bytes = sample();
        for (int i = 0; i < 20_000; i++) {
            byte[] mutated = checksummed(mutate(bytes, random));
            StoredRecord read = codec.decode(mutated, KEY, NOW, WALL);
            if (read != null) {
                assertEquals(KEY, read.key(), "seed " + seed + " mutation " + i);
                assertNoControls(read, "seed " + seed + " mutation " + i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 20261124})
    void randomBytes_areAbsent(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            assertNull(codec.decode(bytes, KEY, NOW, WALL), "seed " + seed);
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
                0,
                List.of());
        byte[] bytes = codec.encode(page, NOW, WALL);
        byte[] target = part.equals("status") ? new byte[] {1, 43} : part.getBytes(StandardCharsets.US_ASCII);
        int at = lastIndexOf(bytes, target);
        bytes[at] = (byte) value;
        bytes[at + 1] = part.equals("status") ? 0 : bytes[at + 1];
        assertNull(codec.decode(checksummed(bytes), KEY, NOW, WALL), name);
    }

    @Test
    void forgedIndex_withRightChecksum_isAbsent() {
        byte[] bytes = codec.encode(SampleRecords.index(KEY, NOW, "accept"), NOW, WALL);
        byte[] name = "accept".getBytes(StandardCharsets.US_ASCII);
        for (int forged : new int[] {' ', 0x7F, 0x80, '\n'}) {
            byte[] changed = bytes.clone();
            changed[lastIndexOf(bytes, name)] = (byte) forged;
            assertNull(codec.decode(checksummed(changed), KEY, NOW, WALL), "character " + forged);
        }
        byte[] flagged = bytes.clone();
        flagged[2] = 1;
        assertNull(codec.decode(checksummed(flagged), KEY, NOW, WALL), "a shareable index");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"unknown version, 1, 2", "unknown flag, 2, -128", "unknown kind, 3, 3", "RESP type, 0, 36"})
    void unknownFrame_withRightChecksum_isAbsent(String name, int offset, byte value) {
        byte[] bytes = sample();
        bytes[offset] = value;
        assertNull(codec.decode(checksummed(bytes), KEY, NOW, WALL), name);
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
        Page page = new Page(KEY, 200, fields, new byte[0], NOW, new Lifetime(1, 0, 0), PageTraits.NONE, 0, List.of());
        assertThrows(IllegalArgumentException.class, () -> codec.encode(page, NOW, WALL), name);
    }

    @ParameterizedTest
    @ValueSource(ints = {99, 1_000})
    void encode_statusWithoutThreeDigits_isRefused(int status) {
        Page page = new Page(
                KEY, status, Fields.empty(), new byte[0], NOW, new Lifetime(1, 0, 0), PageTraits.NONE, 0, List.of());
        assertThrows(IllegalArgumentException.class, () -> codec.encode(page, NOW, WALL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"record-v1-page.bin", "record-v1-index.bin"})
    void goldenFile_ofVersion1_isReadAndWrittenIdentically(String file) throws IOException {
        byte[] golden = resource(file);
        StoredRecord read = assertNotNullRecord(codec.decode(golden, KEY, NOW, WALL));
        assertArrayEquals(golden, codec.encode(read, NOW, WALL));
        StoredRecord expected = goldenRecord(file);
        assertArrayEquals(golden, codec.encode(expected, NOW, WALL));
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
                1_799_999_000_123L,
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

    /** The bytes with length and checksum put right. */
    private static byte[] checksummed(byte[] bytes) {
        if (bytes.length < 12) {
            return bytes;
        }
        byte[] right = bytes.clone();
        ByteBuffer.wrap(right).putInt(4, right.length);
        CRC32C crc = new CRC32C();
        crc.update(right, 0, right.length - 4);
        ByteBuffer.wrap(right).putInt(right.length - 4, (int) crc.getValue());
        return right;
    }

    private static int lastIndexOf(byte[] bytes, byte[] target) {
        for (int i = bytes.length - target.length; i >= 0; i--) {
            if (Arrays.equals(bytes, i, i + target.length, target, 0, target.length)) {
                return i;
            }
        }
        throw new AssertionError("not found");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 32, 127, 255})
    void forgedIndex_withRightChecksum_isAbsent(int value) {
        byte[] bytes = codec.encode(SampleRecords.index(KEY, NOW, "accept", "x-zz"), NOW, WALL);
        bytes[lastIndexOf(bytes, "accept".getBytes(StandardCharsets.US_ASCII)) + 2] = (byte) value;
        assertNull(codec.decode(checksummed(bytes), KEY, NOW, WALL));
    }

    @Test
    void encode_statusOfMoreThanThreeDigits_isRefused() {
        Page page = new Page(
                KEY, 1000, Fields.empty(), new byte[0], NOW, new Lifetime(1, 0, 0), PageTraits.NONE, 0, List.of());
        assertThrows(IllegalArgumentException.class, () -> codec.encode(page, NOW, WALL));
    }
}
