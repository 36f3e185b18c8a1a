package dev.pagecache.entry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pagecache.fuzz.FuzzInput;
import dev.pagecache.fuzz.Seeds;
import dev.pagecache.http.FieldSyntax;
import dev.pagecache.http.Fields;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Records that are written and read again, and what damage does to them. Lines: status, a number, tags separated by
 * commas, then field lines; the content is all of the input.
 */
final class RecordRoundTripFuzzTest {
    private static final long NOW_NANOS = Long.MAX_VALUE - 1000;
    private static final long WALL_MILLIS = 1_800_000_000_000L;
    private static final RecordCodec CODEC = new RecordCodec();
    private static final RecordCodec SIGNED = signedBy("0123456789-0123456789-0123456789", "pagecache");
    private static final List<RecordCodec> STRANGERS = List.of(
            signedBy("0123456789-0123456789-012345678A", "pagecache"),
            signedBy("0123456789-0123456789-0123456789", "pagecachf"));

    private static RecordCodec signedBy(String secret, String keyPrefix) {
        return new RecordCodec(new RecordSigner(List.of(secret), keyPrefix));
    }

    @Seeds("page")
    @FuzzTest
    void encode(byte[] bytes) {
        FuzzInput.run(bytes, RecordRoundTripFuzzTest::check);
    }

    private static void check(FuzzInput input) {
        Page page = page(input);
        byte[] encoded;
        try {
            encoded = input.bounded(() -> CODEC.encode(page, NOW_NANOS, WALL_MILLIS));
        } catch (IllegalArgumentException e) {
            assertTrue(!isEncodable(page), String.valueOf(e.getMessage()));
            return;
        }
        assertTrue(isEncodable(page));
        Page same = assertInstanceOf(Page.class, CODEC.decode(encoded, page.key(), NOW_NANOS, WALL_MILLIS));
        assertEquals(page.status(), same.status());
        assertEquals(page.fields(), same.fields());
        assertArrayEquals(page.body().toBytes(), same.body().toBytes());
        assertEquals(page.lifetime(), same.lifetime());
        assertEquals(page.traits(), same.traits());
        assertEquals(page.stamp(), same.stamp());
        assertEquals(page.tags(), same.tags());
        assertEquals(page.ageMillis(NOW_NANOS), same.ageMillis(NOW_NANOS));
        damage(encoded, page.key(), (int) Math.floorMod(input.number(1), (long) encoded.length));
        checkSigned(page, encoded, (int) Math.floorMod(input.number(1), (long) encoded.length));
    }

    /** Damage with a right checksum, as from who has no secret. */
    private static void checkSigned(Page page, byte[] unsigned, int at) {
        byte[] signed = SIGNED.encode(page, NOW_NANOS, WALL_MILLIS);
        StoredRecord read = SIGNED.decode(signed, page.key(), NOW_NANOS, WALL_MILLIS);
        assertArrayEquals(unsigned, CODEC.encode(assertInstanceOf(Page.class, read), NOW_NANOS, WALL_MILLIS));
        assertNull(SIGNED.decode(unsigned, page.key(), NOW_NANOS, WALL_MILLIS));
        for (RecordCodec stranger : STRANGERS) {
            assertNull(stranger.decode(signed, page.key(), NOW_NANOS, WALL_MILLIS));
        }
        byte[] bad = signed.clone();
        bad[at] ^= (byte) (1 + at % 255);
        ByteBuffer.wrap(bad).putInt(bad.length - 4, RecordWriter.checksum(bad, bad.length - 4));
        assertNull(SIGNED.decode(bad, page.key(), NOW_NANOS, WALL_MILLIS));
    }

    private static void damage(byte[] encoded, CacheKey key, int at) {
        byte[] bad = encoded.clone();
        bad[at] ^= (byte) (1 + at % 255);
        assertNull(CODEC.decode(bad, key, NOW_NANOS, WALL_MILLIS));
        assertNull(CODEC.decode(Arrays.copyOf(encoded, at), key, NOW_NANOS, WALL_MILLIS));
        assertNull(CODEC.decode(Arrays.copyOf(encoded, encoded.length + 1), key, NOW_NANOS, WALL_MILLIS));
        CacheKey variant = key.variant(List.of(), name -> null);
        assertNull(CODEC.decode(encoded, variant, NOW_NANOS, WALL_MILLIS));
        assertNull(CODEC.decode(encoded, key("/other"), NOW_NANOS, WALL_MILLIS));
    }

    private static boolean isEncodable(Page page) {
        boolean isEncodable = page.status() >= 100 && page.status() <= 999;
        Fields fields = page.fields();
        for (int i = 0; i < fields.size(); i++) {
            isEncodable &= FieldSyntax.isToken(fields.name(i)) && FieldSyntax.isFieldValue(fields.value(i));
            isEncodable &= fields.name(i).length() <= 65_535 && fields.value(i).length() <= 65_535;
        }
        long tagBytes = 2;
        for (String tag : page.tags()) {
            tagBytes += 2 + tag.getBytes(StandardCharsets.UTF_8).length;
        }
        return isEncodable && fields.size() <= 4_096 && page.tags().size() <= 4_096 && tagBytes <= 65_535;
    }

    private static Page page(FuzzInput input) {
        long number = input.number(1);
        long ageMillis = Math.floorMod(number, 1L << 32);
        return new Page(
                key("/"),
                (int) input.number(0),
                input.fields(3),
                input.bytes(),
                NOW_NANOS - ageMillis * 1_000_000,
                new Lifetime(number, number >> 16, number >> 32, number >> 24),
                PageTraits.ofBits((int) number & PageTraits.ALL_BITS),
                Stamp.foreign(number),
                FuzzInput.split(input.line(2), ','));
    }

    private static CacheKey key(String path) {
        return CacheKey.url("", "http", "example.com", 80, path, path, "", List.of(), name -> null);
    }
}
