package dev.pagecache.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pagecache.fuzz.FuzzInput;
import dev.pagecache.fuzz.Seeds;
import dev.pagecache.http.FieldSyntax;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that a remote store may give: as they are, and as what stands between a right head and a right checksum. The
 * first two bytes are then flags and kind. Nothing is a record to who has a secret but what is signed by it.
 */
final class RecordDecodeFuzzTest {
    private static final CacheKey KEY =
            CacheKey.url("", "http", "example.com", 80, "/", "/", null, List.of(), name -> null);
    private static final long NOW_NANOS = -5_000_000_000L;
    private static final long WALL_MILLIS = 1_800_000_000_000L;
    private static final RecordCodec CODEC = new RecordCodec();
    private static final RecordSigner SIGNER =
            new RecordSigner(List.of("0123456789-0123456789-0123456789"), "pagecache");
    private static final RecordCodec SIGNED = new RecordCodec(SIGNER);
    private static final int SIGNED_FLAG = 0x80;

    private record Decoded(@Nullable StoredRecord entry) {}

    @Seeds("record")
    @FuzzTest
    void decode(byte[] bytes) {
        FuzzInput.run(bytes, RecordDecodeFuzzTest::check);
    }

    private static void check(FuzzInput input) {
        assertNull(decode(input, input.bytes()));
        byte[] framed = framed(input.bytes());
        StoredRecord entry = decode(input, framed);
        checkSigned(input, framed, entry);
        if (entry == null) {
            return;
        }
        assertEquals(KEY, entry.key());
        assertTrue(entry.weightBytes() > 0 && entry.weightBytes() <= 512 + 64 * framed.length);
        if (entry instanceof Page page) {
            checkPage(page, framed.length);
        }
        byte[] again = CODEC.encode(entry, NOW_NANOS, WALL_MILLIS);
        StoredRecord same = CODEC.decode(again, KEY, NOW_NANOS, WALL_MILLIS);
        assertNotNull(same);
        assertEquals(entry.retentionMillis(NOW_NANOS), same.retentionMillis(NOW_NANOS));
        assertEquals(entry.weightBytes(), same.weightBytes(), 64 * framed.length);
    }

    private static void checkSigned(FuzzInput input, byte[] framed, @Nullable StoredRecord entry) {
        assertNull(decodeSigned(input, input.bytes()));
        assertNull(decodeSigned(input, framed));
        byte[] flagged = framed.clone();
        flagged[2] |= (byte) SIGNED_FLAG;
        checksum(flagged);
        assertNull(decodeSigned(input, flagged), "its last bytes are no signature");
        boolean wasSigned = (framed[2] & SIGNED_FLAG) != 0;
        byte[] signed = wasSigned ? flagged : Arrays.copyOf(framed, framed.length + RecordSigner.SIGNATURE_BYTES);
        signed[2] |= (byte) SIGNED_FLAG;
        ByteBuffer.wrap(signed).putInt(4, signed.length);
        int end = signed.length - RecordSigner.SIGNATURE_BYTES - 4;
        ByteBuffer.wrap(signed).put(end, SIGNER.sign(signed, end));
        checksum(signed);
        StoredRecord read = decodeSigned(input, signed);
        assertEquals(entry == null, read == null);
        assertEquals(read == null, decode(input, signed) == null);
    }

    private static void checksum(byte[] bytes) {
        ByteBuffer.wrap(bytes).putInt(bytes.length - 4, RecordWriter.checksum(bytes, bytes.length - 4));
    }

    private static @Nullable StoredRecord decodeSigned(FuzzInput input, byte[] bytes) {
        return input.bounded(() -> new Decoded(SIGNED.decode(bytes, KEY, NOW_NANOS, WALL_MILLIS)))
                .entry();
    }

    private static void checkPage(Page page, int length) {
        assertTrue(page.body().length() <= length && page.body().retainedBytes() <= length);
        assertTrue(page.status() >= 100 && page.status() <= 999);
        assertTrue(page.ageMillis(NOW_NANOS) >= 0);
        page.fields().forEach((name, value) -> {
            assertTrue(FieldSyntax.isToken(name), name);
            assertTrue(FieldSyntax.isFieldValue(value), value);
        });
    }

    private static @Nullable StoredRecord decode(FuzzInput input, byte[] bytes) {
        return input.bounded(() -> new Decoded(CODEC.decode(bytes, KEY, NOW_NANOS, WALL_MILLIS)))
                .entry();
    }

    private static byte[] framed(byte[] bytes) {
        int flags = bytes.length > 0 ? bytes[0] : 0;
        int kind = bytes.length > 1 ? bytes[1] : 0;
        int payload = Math.max(0, bytes.length - 2);
        int total = 16 + KEY.length() + payload + 4;
        ByteBuffer out = ByteBuffer.allocate(total);
        out.put((byte) 0x9C).put((byte) 1).put((byte) flags).put((byte) kind);
        out.putInt(total).putInt(KEY.length()).putInt(KEY.baseLength()).put(KEY.bytes());
        out.put(bytes, bytes.length - payload, payload);
        out.putInt(RecordWriter.checksum(out.array(), out.position()));
        return out.array();
    }
}
