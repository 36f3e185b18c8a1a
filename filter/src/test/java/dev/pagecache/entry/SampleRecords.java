package dev.pagecache.entry;

import dev.pagecache.http.Fields;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;

/** Keys and records for the tests of all packages. */
public final class SampleRecords {
    private static final Lifetime TEN_MINUTES = new Lifetime(600_000, 0, 0);

    private SampleRecords() {}

    public static CacheKey key(String text) {
        return CacheKey.base(text.getBytes(StandardCharsets.UTF_8));
    }

    public static CacheKey variant(String text, String selected) {
        byte[] whole = (text + selected).getBytes(StandardCharsets.UTF_8);
        return CacheKey.variant(whole, text.getBytes(StandardCharsets.UTF_8).length);
    }

    /** A page that is fresh for ten minutes from {@code nowNanos}. */
    public static Page page(CacheKey key, String body, long nowNanos) {
        return page(key, body, nowNanos, TEN_MINUTES);
    }

    public static Page page(CacheKey key, String body, long nowNanos, Lifetime lifetime) {
        Fields fields = Fields.of("Content-Type", "text/html;charset=utf-8", "Date", "Sun, 06 Nov 1994 08:49:37 GMT");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new Page(
                key, 200, fields, bytes, nowNanos, lifetime, PageTraits.NONE, Stamp.foreign(7), List.of("tag:a"));
    }

    /** An index that is of use for ten minutes from {@code nowNanos}. */
    public static VaryIndex index(CacheKey key, long nowNanos, String... names) {
        return new VaryIndex(key, List.of(names), nowNanos + TimeUnit.MINUTES.toNanos(10));
    }

    /** The bytes with length and checksum put right, as whoever has no secret can do. */
    public static byte[] checksummed(byte[] bytes) {
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

    /** A page's record as the release before wrote it, with a stamp of its node's clock in milliseconds. */
    public static byte[] ofVersion1(byte[] bytes, long stamp) {
        byte[] former = bytes.clone();
        ByteBuffer out = ByteBuffer.wrap(former);
        out.put(1, (byte) 1);
        out.putLong(16 + out.getInt(8), stamp);
        return checksummed(former);
    }

    static CacheKey randomKey(RandomGenerator random) {
        byte[] bytes = new byte[1 + random.nextInt(300)];
        random.nextBytes(bytes);
        return random.nextBoolean() ? CacheKey.base(bytes) : CacheKey.variant(bytes, 1 + random.nextInt(bytes.length));
    }

    /** A page born up to a minute before {@code nowNanos}. */
    static Page randomPage(RandomGenerator random, long nowNanos) {
        byte[] body = new byte[random.nextInt(5000)];
        random.nextBytes(body);
        String[] lines = new String[2 * random.nextInt(20)];
        for (int i = 0; i < lines.length; i += 2) {
            String known = FieldNames.nameOf(1 + random.nextInt(90));
            lines[i] = known != null ? known : "x-" + Integer.toString(random.nextInt(1000), 36);
            lines[i + 1] = randomValue(random);
        }
        List<String> tags = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            tags.add("tag:\u00e4\u20ac" + random.nextInt(100));
        }
        return new Page(
                randomKey(random),
                200 + random.nextInt(400),
                Fields.of(lines),
                body,
                nowNanos - TimeUnit.MILLISECONDS.toNanos(random.nextInt(60_000)),
                new Lifetime(
                        random.nextLong(Lifetime.MAX_MILLIS),
                        random.nextInt(99),
                        random.nextInt(99),
                        random.nextInt(99)),
                PageTraits.ofBits(random.nextInt(8)),
                Stamp.foreign(random.nextLong()),
                tags);
    }

    private static String randomValue(RandomGenerator random) {
        StringBuilder value = new StringBuilder();
        for (int i = random.nextInt(80); i > 0; i--) {
            int c = random.nextInt(256);
            value.append(RecordText.isValueChar(c) ? (char) c : '\t');
        }
        return value.toString();
    }
}
