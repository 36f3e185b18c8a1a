package dev.pagecache.entry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a signature keeps out. */
class RecordSignerTest {
    private static final long NOW = 77;
    private static final long WALL = 1_800_000_000_000L;
    private static final String FIRST = "first-0123456789-0123456789-0123";
    private static final String SECOND = "second-123456789-0123456789-0123";
    private static final CacheKey KEY = SampleRecords.variant("1https example.org /shop", "accept-language=de");

    private static final RecordCodec PLAIN = new RecordCodec();
    private static final RecordCodec SIGNED = codec("site", FIRST);

    private static RecordCodec codec(String keyPrefix, String... secrets) {
        return new RecordCodec(new RecordSigner(List.of(secrets), keyPrefix));
    }

    static Stream<StoredRecord> records() {
        return Stream.of(
                SampleRecords.page(KEY, "x".repeat(3_000), NOW),
                SampleRecords.page(KEY, "", NOW),
                SampleRecords.index(KEY, NOW, "accept-language", "cookie:sid"));
    }

    private static @Nullable StoredRecord read(RecordCodec codec, byte[] bytes) {
        return codec.decode(bytes, KEY, NOW, WALL);
    }

    @ParameterizedTest
    @MethodSource("records")
    void record_signed_isReadWithItsSecretOnly(StoredRecord record) {
        byte[] bytes = SIGNED.encode(record, NOW, WALL);
        StoredRecord same = read(SIGNED, bytes);
        assertNotNull(same);
        assertArrayEquals(bytes, SIGNED.encode(same, NOW, WALL));
        assertNull(read(codec("site", SECOND), bytes), "another secret");
        assertNull(read(codec("other", FIRST), bytes), "another cache with the same secret");
        assertNull(read(codec("", FIRST), bytes), "a cache without prefix");
    }

    @ParameterizedTest
    @MethodSource("records")
    void record_unsigned_isAbsentWhereASecretIsGiven(StoredRecord record) {
        assertNull(read(SIGNED, PLAIN.encode(record, NOW, WALL)));
    }

    /** So that nodes can be given a secret one by one: to these, bytes from anybody are records. */
    @ParameterizedTest
    @MethodSource("records")
    void record_signed_isReadWhereNoSecretIsGiven(StoredRecord record) {
        byte[] bytes = SIGNED.encode(record, NOW, WALL);
        assertArrayEquals(PLAIN.encode(record, NOW, WALL), PLAIN.encode(notNull(read(PLAIN, bytes)), NOW, WALL));
    }

    @ParameterizedTest(name = "written with {0}, read with {1}: {2}")
    @CsvSource(textBlock = """
            old,     old|new, true
            old|new, old,     true
            old|new, old|new, true
            new|old, old|new, true
            old|new, new|old, true
            new|old, new,     true
            new,     new|old, true
            new|old, old,     false
            old|new, new,     false
            """)
    void secrets_changedNodeByNode_areReadIfBothAreKnown(String writers, String readers, boolean isRead) {
        byte[] bytes = rotated(writers).encode(SampleRecords.page(KEY, "x", NOW), NOW, WALL);
        assertEquals(isRead, read(rotated(readers), bytes) != null);
    }

    private static RecordCodec rotated(String names) {
        return codec(
                "site",
                names.replace("old", FIRST)
                        .replace("new", SECOND)
                        .replace('|', ' ')
                        .split(" ", -1));
    }

    /** Whoever writes to Redis can make lengths and checksums right, but no signature. */
    @ParameterizedTest
    @MethodSource("records")
    void record_changedAndChecksummed_isAbsent(StoredRecord record) {
        byte[] bytes = SIGNED.encode(record, NOW, WALL);
        for (int i = 0; i < bytes.length - 4; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = bytes.clone();
                changed[i] ^= (byte) (1 << bit);
                boolean isMended = Arrays.equals(bytes, SampleRecords.checksummed(changed));
                assertTrue(isMended || read(SIGNED, SampleRecords.checksummed(changed)) == null, "byte " + i);
            }
        }
        for (int length = 0; length < bytes.length; length++) {
            assertNull(read(SIGNED, SampleRecords.checksummed(Arrays.copyOf(bytes, length))), "length " + length);
        }
        assertNull(read(SIGNED, SampleRecords.checksummed(Arrays.copyOf(bytes, bytes.length + 1))));
    }

    @Test
    void signature_ofAnotherRecordOfTheKey_isAbsent() {
        byte[] one = SIGNED.encode(SampleRecords.page(KEY, "one", NOW), NOW, WALL);
        byte[] two = SIGNED.encode(SampleRecords.page(KEY, "two", NOW), NOW, WALL);
        int at = one.length - 4 - RecordSigner.SIGNATURE_BYTES;
        System.arraycopy(two, at, one, at, RecordSigner.SIGNATURE_BYTES);
        assertNull(read(SIGNED, SampleRecords.checksummed(one)));
    }

    @Test
    void record_signed_isThatOfVersion2() throws Exception {
        byte[] golden = resource("record-v2-signed-page.bin");
        assertArrayEquals(golden, SIGNED.encode(SampleRecords.page(KEY, "x", NOW), NOW, WALL));
        assertNotNull(read(SIGNED, golden));
        byte[] derived = hmac(
                FIRST.getBytes(StandardCharsets.US_ASCII),
                "pagecache record signature 1\nsite".getBytes(StandardCharsets.US_ASCII));
        byte[] before = Arrays.copyOf(golden, golden.length - 36);
        byte[] signature = Arrays.copyOfRange(golden, golden.length - 36, golden.length - 4);
        assertArrayEquals(hmac(derived, before), signature, HexFormat.of().formatHex(signature));
    }

    @Test
    void record_signedByTheReleaseBefore_isRead() throws Exception {
        assertNotNull(read(SIGNED, resource("record-v1-signed-page.bin")));
    }

    private static byte[] hmac(byte[] key, byte[] text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text);
    }

    @ParameterizedTest
    @CsvSource({"''", "0123456789012345678901234567890"})
    void secret_tooShort_isRefusedAndNotShown(String secret) {
        String message = String.valueOf(assertThrows(
                        IllegalArgumentException.class, () -> new RecordSigner(List.of(FIRST, secret), ""))
                .getMessage());
        assertFalse(message.contains("0123456789"), message);
        assertTrue(message.contains("32"), message);
    }

    @Test
    void secrets_none_areRefused() {
        assertThrows(IllegalArgumentException.class, () -> new RecordSigner(List.of(), "site"));
    }

    @Test
    void toString_showsNoSecret() {
        assertEquals("RecordSigner[2]", new RecordSigner(List.of(FIRST, SECOND), "site").toString());
    }

    @Test
    void codec_usedByManyThreads_signsEachRecordRight() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> callers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Page page = SampleRecords.page(KEY, "body of " + i, NOW);
            byte[] expected = SIGNED.encode(page, NOW, WALL);
            callers.add(threads.submit(() -> {
                for (int call = 0; call < 2_000; call++) {
                    assertArrayEquals(expected, SIGNED.encode(page, NOW, WALL));
                    Page read = assertInstanceOf(Page.class, read(SIGNED, expected));
                    assertArrayEquals(page.body().toBytes(), read.body().toBytes());
                }
            }));
        }
        for (Future<?> caller : callers) {
            caller.get();
        }
        threads.shutdown();
    }

    private static StoredRecord notNull(@Nullable StoredRecord record) {
        assertNotNull(record);
        return record;
    }

    private static byte[] resource(String file) throws IOException {
        try (InputStream in = RecordSignerTest.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new AssertionError("no " + file);
            }
            return in.readAllBytes();
        }
    }
}
