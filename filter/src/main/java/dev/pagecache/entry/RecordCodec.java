package dev.pagecache.entry;

import dev.pagecache.http.Fields;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The byte format of records in a remote store, version 2. Numbers are big-endian; times are wall-clock milliseconds
 * since 1970, because the monotonic clocks of two nodes have nothing in common.
 *
 * <pre>
 * offset size
 *   0     1   magic 0x9C: no RESP type, no ASCII, no start of UTF-8, gzip or Java serialization
 *   1     1   version: 2, or 1
 *   2     1   flags: bit 7 signed; of a page: bit 0 shareable, bit 1 may be stale, bit 2 entity tag made from the
 *             content; other bits 0
 *   3     1   kind: 1 page, 2 Vary index
 *   4     4   length of the whole, checksum included
 *   8     4   length k of the canonical key
 *  12     4   length of the URL's part of it
 *  16     k   canonical key
 *
 * page:  8   stamp: time of the shared ledger, milliseconds since 1970 by the clock of the store; in version 1 by that
 *            of the node
 *        8   time of age zero
 *        32  freshness lifetime, stale-while-revalidate, stale-if-error, validation: milliseconds, 8 bytes each
 *        2   status
 *        2   number of tags, up to 4,096; each: 2 length, UTF-8; together up to 65,535 bytes with this number
 *        2   number of field lines, up to 4,096; each: 1 number of the name in a table that only grows, 0 = 2 length and the name;
 *            2 length, value in ISO-8859-1
 *        4   length of the content
 *        …   content, as it is
 *
 * index: 8   time after which it is of no use
 *        2   number of names, up to 4,096; each: 2 length, US-ASCII
 *
 * signed 32  HMAC-SHA256 of everything before, by {@link RecordSigner}
 *
 * end    4   CRC32C of everything before
 * </pre>
 *
 * <p>A record names its own full key, and decoding compares it with the key that was asked for: bytes that came to the
 * wrong name, by whatever fault, are a miss and never another URL's page. The checksum finds damage, the signature
 * forgery. A codec with a signer reads nothing else than what that has signed, and looks at no part behind the key
 * before it knows. A codec without one reads signed records as it reads others, so that nodes can be given their secret
 * one by one.
 *
 * <p>The time of age zero is part of the record: whoever writes the same bytes again, with whatever time to live, does
 * not make the page any younger. A page from more than {@value #MAX_SKEW_MILLIS} milliseconds ahead has no lifetime: it
 * would be of age zero until then.
 *
 * <p>Nodes are upgraded one by one: each release reads what the one before it writes, and writes its own version. A
 * version above its own is a miss, but no damage ({@link #isOfLaterRelease}). A page of version 1 counts as rendered
 * {@value #MAX_SKEW_MILLIS} milliseconds before its stamp, since a node's clock may have been ahead of the store's: so
 * every revocation that a clock within that bound could have missed takes it along.
 *
 * <p>Safe for use by many threads.
 */
public final class RecordCodec {
    private static final int MAGIC = 0x9C;
    private static final int VERSION = 2;

    /** The last one whose stamps are times of the node that rendered. */
    private static final int NODE_STAMPS = 1;

    private static final int PAGE = 1;
    private static final int VARY_INDEX = 2;

    /** How far the clocks of two nodes may be apart. */
    private static final long MAX_SKEW_MILLIS = 60_000;

    private static final Lifetime NONE = new Lifetime(0, 0, 0);

    private static final int SIGNED = 0x80;
    private static final int VERSION_OFFSET = 1;
    private static final int FLAGS_OFFSET = 2;
    private static final int KEY_OFFSET = 16;
    private static final int CHECKSUM_BYTES = 4;
    private static final int PAGE_NUMBERS_BYTES = 6 * 8 + 2;
    private static final int MIN_STATUS = 100;
    private static final int MAX_STATUS = 999;

    private final @Nullable RecordSigner signer;

    /** A codec that neither signs nor verifies. */
    public RecordCodec() {
        this.signer = null;
    }

    /**
     * A codec that signs what it writes, and to which nothing else is a record.
     *
     * @param signer has the secrets
     */
    public RecordCodec(RecordSigner signer) {
        this.signer = signer;
    }

    /**
     * The bytes of a record.
     *
     * @param entry what to encode
     * @param nowNanos the node's monotonic time
     * @param wallMillis the node's wall clock, milliseconds since 1970
     * @return new bytes, which {@link #decode} accepts
     * @throws IllegalArgumentException if the record has a part for which the format has no place: a field name that is
     *     no token, a control or a character above 255 in a value, more of something than the format counts to
     */
    public byte[] encode(StoredRecord entry, long nowNanos, long wallMillis) {
        if (entry instanceof Page page) {
            return encodePage(page, Math.max(0, wallMillis - page.ageMillis(nowNanos)));
        }
        VaryIndex index = (VaryIndex) entry;
        return encodeIndex(index, Math.max(0, wallMillis + index.retentionMillis(nowNanos)));
    }

    private byte[] encodePage(Page page, long bornMillis) {
        if (page.status() < MIN_STATUS || page.status() > MAX_STATUS) {
            throw new IllegalArgumentException("status " + page.status() + " has not three digits");
        }
        byte[][] tags = RecordWriter.encodedTags(page.tags());
        long size = PAGE_NUMBERS_BYTES
                + RecordWriter.sizeOfTags(tags)
                + RecordWriter.sizeOfFields(page.fields())
                + 4
                + page.body().length();
        RecordWriter writer = start(page.key(), PAGE, page.traits().toBits(), size);
        ByteBuffer out = writer.out();
        Lifetime lifetime = page.lifetime();
        out.putLong(page.stamp().ledger()).putLong(bornMillis);
        out.putLong(lifetime.freshMillis());
        out.putLong(lifetime.staleWhileRevalidateMillis());
        out.putLong(lifetime.staleIfErrorMillis());
        out.putLong(lifetime.validationMillis());
        out.putShort((short) page.status());
        writer.tags(tags);
        writer.fields(page.fields());
        Body body = page.body();
        out.putInt(body.length()).put(body.array(), body.offset(), body.length());
        return writer.finish(signer);
    }

    private byte[] encodeIndex(VaryIndex index, long expiryMillis) {
        long size = 8 + RecordWriter.sizeOfNames(index.names());
        RecordWriter writer = start(index.key(), VARY_INDEX, 0, size);
        writer.out().putLong(expiryMillis);
        writer.names(index.names());
        return writer.finish(signer);
    }

    private RecordWriter start(CacheKey key, int kind, int flags, long payloadBytes) {
        byte[] canonical = key.bytes();
        int signatureBytes = signer == null ? 0 : RecordSigner.SIGNATURE_BYTES;
        long total = KEY_OFFSET + canonical.length + payloadBytes + signatureBytes + CHECKSUM_BYTES;
        if (total > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("a record of " + total + " bytes is too large");
        }
        RecordWriter writer = new RecordWriter(new byte[(int) total]);
        ByteBuffer out = writer.out();
        int allFlags = signer == null ? flags : flags | SIGNED;
        out.put((byte) MAGIC).put((byte) VERSION).put((byte) allFlags).put((byte) kind);
        out.putInt((int) total).putInt(canonical.length).putInt(key.baseLength());
        out.put(canonical);
        return writer;
    }

    /**
     * The record in bytes that may be anything.
     *
     * @param bytes what a remote store gave; a page keeps them for its content, so they are not changed afterwards
     * @param expected the key that was asked for
     * @param nowNanos the node's monotonic time
     * @param wallMillis the node's wall clock, milliseconds since 1970; a record from a clock a little ahead of it has
     *     age zero
     * @return the record, whose retention may be over, or null if the bytes are not one of that key in a known version,
     *     or not signed by one of the secrets
     */
    public @Nullable StoredRecord decode(byte[] bytes, CacheKey expected, long nowNanos, long wallMillis) {
        if (bytes.length < KEY_OFFSET + CHECKSUM_BYTES) {
            return null;
        }
        boolean isSigned = (bytes[FLAGS_OFFSET] & SIGNED) != 0;
        int checked = bytes.length - CHECKSUM_BYTES;
        int end = isSigned ? checked - RecordSigner.SIGNATURE_BYTES : checked;
        RecordReader in = new RecordReader(bytes, 0, end);
        int magic = in.unsignedByte();
        int version = in.unsignedByte();
        if (magic != MAGIC || version < NODE_STAMPS || version > VERSION) {
            return null;
        }
        int flags = in.unsignedByte() & ~SIGNED;
        int kind = in.unsignedByte();
        byte[] canonical = expected.bytes();
        if (in.length() != bytes.length
                || in.length() != canonical.length
                || in.length() != expected.baseLength()
                || !in.isNext(canonical)
                || new RecordReader(bytes, checked, bytes.length).int32() != RecordWriter.checksum(bytes, checked)) {
            return null;
        }
        if (signer != null && !(isSigned && signer.hasSigned(bytes, end))) {
            return null;
        }
        if (kind == PAGE && (flags & ~PageTraits.ALL_BITS) == 0) {
            Page page = decodePage(in, expected, PageTraits.ofBits(flags), nowNanos, wallMillis);
            return page == null || version > NODE_STAMPS ? page : page.withStamp(ofNodeTime(page.stamp()));
        }
        if (kind == VARY_INDEX && flags == 0) {
            return decodeIndex(in, expected, nowNanos, wallMillis);
        }
        return null;
    }

    /**
     * Whether bytes that {@link #decode} does not know may be a record of a later release, which is not to be removed.
     *
     * @param bytes what a remote store gave
     * @return true if they are like a record but for the version; their checksum is not looked at, as its place may be
     *     another by then
     */
    public static boolean isOfLaterRelease(byte[] bytes) {
        return bytes.length > VERSION_OFFSET && (bytes[0] & 0xFF) == MAGIC && (bytes[VERSION_OFFSET] & 0xFF) > VERSION;
    }

    private static @Nullable Page decodePage(
            RecordReader in, CacheKey key, PageTraits traits, long nowNanos, long wallMillis) {
        Stamp stamp = Stamp.foreign(in.int64());
        long bornMillis = in.boundedLong(Long.MAX_VALUE);
        Lifetime lifetime = new Lifetime(
                in.boundedLong(Lifetime.MAX_MILLIS),
                in.boundedLong(Lifetime.MAX_MILLIS),
                in.boundedLong(Lifetime.MAX_MILLIS),
                in.boundedLong(Lifetime.MAX_MILLIS));
        int status = in.unsignedShort();
        List<String> tags = in.tags();
        Fields fields = in.fields();
        Body body = in.body(in.length());
        if (!in.isAtGoodEnd() || status < MIN_STATUS || status > MAX_STATUS) {
            return null;
        }
        long ageMillis = Math.min(2 * Lifetime.MAX_MILLIS, Math.max(0, wallMillis - bornMillis));
        long bornNanos = nowNanos - TimeUnit.MILLISECONDS.toNanos(ageMillis);
        Lifetime left = bornMillis - wallMillis > MAX_SKEW_MILLIS ? NONE : lifetime;
        return new Page(key, status, fields, body, bornNanos, left, traits, stamp, tags);
    }

    private static Stamp ofNodeTime(Stamp stamp) {
        return Stamp.foreign(Math.max(MAX_SKEW_MILLIS, stamp.ledger()) - MAX_SKEW_MILLIS);
    }

    private static @Nullable VaryIndex decodeIndex(RecordReader in, CacheKey key, long nowNanos, long wallMillis) {
        long expiryMillis = in.boundedLong(Long.MAX_VALUE);
        List<String> names = in.names();
        if (!in.isAtGoodEnd()) {
            return null;
        }
        long leftMillis = Math.min(Lifetime.MAX_MILLIS, Math.max(0, expiryMillis - wallMillis));
        return new VaryIndex(key, names, nowNanos + TimeUnit.MILLISECONDS.toNanos(leftMillis));
    }
}
