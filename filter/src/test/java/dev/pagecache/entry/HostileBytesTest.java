package dev.pagecache.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.http.Fields;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that are no record of the key, in all the ways there are: each is absent, none costs much memory. */
class HostileBytesTest {
    private static final long NOW = -5_000_000_000L;
    private static final long WALL = 1_800_000_000_000L;
    private static final int MUTATIONS = 10_000;

    /** What a store accepts of a page of the largest size that is stored by default. */
    private static final int MAX_RECORD_BYTES = (1 << 20) + (64 << 10);

    private static final RecordSigner SIGNER =
            new RecordSigner(List.of("0123456789-0123456789-0123456789"), "pagecache");

    /** A record's bytes, and the codec that made them. */
    static final class Sample {
        private final String name;
        private final boolean isSigned;
        private final RecordCodec codec;
        private final CacheKey key;
        private final byte[] bytes;

        Sample(String name, StoredRecord record, boolean isSigned) {
            this.name = isSigned ? "signed " + name : name;
            this.isSigned = isSigned;
            this.codec = isSigned ? new RecordCodec(SIGNER) : new RecordCodec();
            this.key = record.key();
            this.bytes = codec.encode(record, NOW, WALL);
        }

        @Nullable
        StoredRecord read(byte[] others) {
            return codec.decode(others, key, NOW, WALL);
        }

        /** The bytes with everything put right that who has written the sample could put right. */
        byte[] mended(byte[] changed) {
            byte[] whole = SampleRecords.checksummed(changed);
            int end = whole.length - 4 - RecordSigner.SIGNATURE_BYTES;
            if (isSigned && end > 0) {
                System.arraycopy(SIGNER.sign(whole, end), 0, whole, end, RecordSigner.SIGNATURE_BYTES);
            }
            return SampleRecords.checksummed(whole);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Sample> samples() {
        return Stream.of(false, true).flatMap(HostileBytesTest::samples);
    }

    private static Stream<Sample> samples(boolean isSigned) {
        CacheKey url = SampleRecords.key("1https example.org /shop");
        CacheKey variant = SampleRecords.variant("1https example.org /shop", "accept-language=de");
        CacheKey sibling = SampleRecords.variant("1https example.org /shop", "accept-language=fr");
        Page page = new Page(
                variant,
                200,
                Fields.of("Content-Type", "text/html", "X-Own", "b\u00fccher", "content-language", "de"),
                "<h1>B\u00fccher</h1>".getBytes(StandardCharsets.UTF_8),
                NOW,
                new Lifetime(600_000, 30_000, 86_400_000, 7_200_000),
                new PageTraits(true, true, true),
                Stamp.foreign(1_799_999_000_123L),
                List.of("tag:books", "tag:b\u00fccher"));
        Page empty = new Page(
                url,
                404,
                Fields.empty(),
                new byte[0],
                NOW,
                new Lifetime(1, 0, 0),
                PageTraits.NONE,
                Stamp.foreign(0),
                List.of());
        return Stream.of(
                new Sample("page", page, isSigned),
                new Sample("page of the sibling", page.withKey(sibling), isSigned),
                new Sample("empty page", empty, isSigned),
                new Sample("index", SampleRecords.index(url, NOW, "accept-language", "cookie:sid"), isSigned));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void bit_flipped_isAbsent(Sample sample) {
        assertNotNull(sample.read(sample.bytes));
        for (int i = 0; i < sample.bytes.length; i++) {
            for (int mask : new int[] {1, 2, 4, 8, 16, 32, 64, 128, 255}) {
                byte[] flipped = sample.bytes.clone();
                flipped[i] ^= (byte) mask;
                assertNull(sample.read(flipped), "byte " + i + " mask " + mask);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void length_changed_isAbsent(Sample sample) {
        byte[] bytes = sample.bytes;
        for (int length = 0; length < bytes.length; length++) {
            assertNull(sample.read(Arrays.copyOf(bytes, length)), "first " + length);
            assertNull(sample.read(Arrays.copyOfRange(bytes, bytes.length - length, bytes.length)), "last " + length);
        }
        for (int more = 1; more <= 64; more++) {
            assertNull(sample.read(Arrays.copyOf(bytes, bytes.length + more)), "zeros " + more);
        }
        byte[] twice = Arrays.copyOf(bytes, 2 * bytes.length);
        System.arraycopy(bytes, 0, twice, bytes.length, bytes.length);
        assertNull(sample.read(twice));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void bytes_mutatedAtRandom_areAbsentOrTheSame(Sample sample) {
        long seed = 20261122;
        Random random = new Random(seed);
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] mutated = mutated(sample.bytes, random);
            boolean isSame = Arrays.equals(mutated, sample.bytes);
            assertTrue(isSame || sample.read(mutated) == null, "seed " + seed + " mutation " + i);
        }
    }

    /** Mutations of a writer who can checksum and sign: they reach the code behind, which must not throw. */
    @ParameterizedTest
    @MethodSource("samples")
    void bytes_mutatedAndMended_areOfTheKeyIfAtAll(Sample sample) {
        long seed = 20261123;
        Random random = new Random(seed);
        for (int i = 0; i < MUTATIONS; i++) {
            StoredRecord record = sample.read(sample.mended(mutated(sample.bytes, random)));
            assertTrue(record == null || record.key().equals(sample.key), "seed " + seed + " mutation " + i);
        }
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        byte[] mutated = bytes.clone();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(mutated, random.nextInt(2 * mutated.length)) : mutated;
    }

    @Test
    void record_atAnotherKey_isAbsent() {
        for (Sample one : samples().toList()) {
            for (Sample other : samples().toList()) {
                boolean isReadable = one.key.equals(other.key) && (other.isSigned || !one.isSigned);
                assertEquals(isReadable, one.read(other.bytes) != null, one + " reads " + other);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "3", "127", "-1"})
    void record_ofAnotherVersion_isAbsent(byte version) {
        for (Sample sample : samples().toList()) {
            byte[] other = sample.bytes.clone();
            other[1] = version;
            assertNull(sample.read(sample.mended(other)), sample.name);
        }
    }

    static Stream<byte[]> foreignValues() {
        HexFormat hex = HexFormat.of();
        return Stream.of(
                ascii("$19\r\nATTACKER-CONTROLLED\r\n"),
                ascii("+OK\r\n"),
                ascii("-WRONGTYPE Operation against a key\r\n"),
                ascii("*2\r\n$3\r\nfoo\r\n$3\r\nbar\r\n"),
                ascii(":1\r\n"),
                ascii("_\r\n"),
                ascii("{\"body\":\"<h1>json</h1>\"}"),
                ascii("<html>page</html>"),
                ascii("O:8:\"stdClass\":0:{}"),
                hex.parseHex("aced0005737200116a6176612e7574696c2e486173684d6170"),
                hex.parseHex("80049500000000000000008c08"),
                hex.parseHex("1f8b0800000000000003"),
                hex.parseHex("28b52ffd"),
                hex.parseHex("9c"),
                hex.parseHex("9c01"),
                new byte[0],
                new byte[100_000],
                filled((byte) 0x9C),
                filled((byte) 0xFF));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] filled(byte value) {
        byte[] bytes = new byte[100_000];
        Arrays.fill(bytes, value);
        return bytes;
    }

    @ParameterizedTest
    @MethodSource("foreignValues")
    void value_ofAnotherApplication_isAbsent(byte[] value) {
        for (Sample sample : samples().toList()) {
            assertNull(sample.read(value));
            byte[] followed = Arrays.copyOf(value, value.length + sample.bytes.length);
            System.arraycopy(sample.bytes, 0, followed, value.length, sample.bytes.length);
            assertTrue(value.length == 0 || sample.read(followed) == null);
        }
    }

    /** A huge number at every place where a length or a count could stand, with all else right. */
    @ParameterizedTest
    @MethodSource("samples")
    void number_huge_costsNoMemory(Sample sample) {
        int end = sample.bytes.length - 4;
        for (int at = 0; at < end - 4; at++) {
            for (int huge : new int[] {Integer.MAX_VALUE, -1, Integer.MIN_VALUE, 0x7FFF_FFF0, 0xFFFF}) {
                byte[] forged = sample.bytes.clone();
                ByteBuffer.wrap(forged).putInt(at, huge);
                byte[] bytes = at < 8 ? forged : sample.mended(forged);
                assertBounded(64 << 10, () -> sample.read(bytes));
            }
            byte[] forged = sample.bytes.clone();
            ByteBuffer.wrap(forged).putShort(at, (short) 0xFFFF);
            byte[] bytes = sample.mended(forged);
            assertBounded(64 << 10, () -> sample.read(bytes));
        }
    }

    static Stream<StoredRecord> costlyRecords() {
        CacheKey key = SampleRecords.key("k");
        String[] none = new String[2 * RecordText.MAX_LINES];
        Arrays.fill(none, "");
        for (int i = 0; i < none.length; i += 2) {
            none[i] = "Age";
        }
        String[] longest = new String[16];
        Arrays.fill(longest, "v".repeat(0xFFFF));
        List<String> names = new ArrayList<>();
        for (int i = 0; i < RecordText.MAX_LINES; i++) {
            names.add(Integer.toString(i, 36));
        }
        List<String> tags = Collections.nCopies(RecordText.MAX_LINES, "");
        List<String> longTag = List.of("\u20ac".repeat((RecordText.MAX_TAG_BYTES - 4) / 3));
        return Stream.of(
                page(key, Fields.of(none), 0, tags),
                page(key, Fields.empty(), 0, longTag),
                page(key, Fields.of(longest), 0, List.of()),
                page(key, Fields.empty(), 1 << 20, List.of()),
                page(key, Fields.of(Arrays.copyOf(longest, 8)), 500_000, longTag),
                SampleRecords.index(key, NOW, names.toArray(String[]::new)));
    }

    private static Page page(CacheKey key, Fields fields, int bodyBytes, List<String> tags) {
        Lifetime lifetime = new Lifetime(600_000, 0, 0);
        return new Page(key, 200, fields, new byte[bodyBytes], NOW, lifetime, PageTraits.NONE, Stamp.foreign(0), tags);
    }

    @ParameterizedTest
    @MethodSource("costlyRecords")
    void record_asCostlyAsCanBe_takesAtMostTwiceWhatIsAccepted(StoredRecord record) {
        for (RecordCodec codec : List.of(new RecordCodec(), new RecordCodec(SIGNER))) {
            byte[] bytes = codec.encode(record, NOW, WALL);
            assertTrue(bytes.length <= MAX_RECORD_BYTES, "length " + bytes.length);
            assertNotNull(codec.decode(bytes, record.key(), NOW, WALL));
            assertBounded(2 * MAX_RECORD_BYTES, () -> codec.decode(bytes, record.key(), NOW, WALL));
        }
    }

    /** A call that allocates more is repeated before it counts: the first one may have loaded classes. */
    private static void assertBounded(long maxBytes, Supplier<@Nullable StoredRecord> call) {
        long allocated = allocatedBy(call);
        if (allocated > maxBytes) {
            allocated = allocatedBy(call);
        }
        assertTrue(allocated <= maxBytes, "allocated " + allocated);
    }

    private static long allocatedBy(Supplier<@Nullable StoredRecord> call) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        StoredRecord record = call.get();
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated > 0 || record == null, "nothing is measured");
        return allocated;
    }
}
