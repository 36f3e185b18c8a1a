package dev.pagecache.entry;

import dev.pagecache.http.FieldSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The canonical key of a record: length-prefixed parts, so that two different requests never have the same bytes.
 *
 * <p>A key is either that of a URL (base) or that of one of its variants, which holds the base's bytes and the
 * selecting fields. Keys are ordered by their bytes: hash maps fall back to that order when many hash codes collide,
 * which makes a flood of colliding keys harmless.
 *
 * <p>Immutable, safe for use by many threads.
 */
public final class CacheKey implements Comparable<CacheKey> {
    private static final int VERSION = 1;
    private static final byte[] NOTHING = new byte[0];
    private static final String[] NO_VALUES = {};

    private final byte[] canonical;
    private final int baseLength;
    private final int hash;

    private CacheKey(byte[] canonical, int baseLength, int hash) {
        this.canonical = canonical;
        this.baseLength = baseLength;
        this.hash = hash;
    }

    /**
     * The key of a URL.
     *
     * @param canonical the canonical bytes, not changed afterwards
     * @return the key
     */
    static CacheKey base(byte[] canonical) {
        return new CacheKey(canonical, canonical.length, Arrays.hashCode(canonical));
    }

    /**
     * The key of a variant.
     *
     * @param canonical the base's bytes followed by the selecting fields, not changed afterwards
     * @param baseLength length of the base's bytes in it
     * @return the key
     */
    static CacheKey variant(byte[] canonical, int baseLength) {
        return new CacheKey(canonical, baseLength, Arrays.hashCode(canonical));
    }

    /**
     * The key of a URL.
     *
     * @param keyPrefix site identity, may be empty
     * @param scheme lower-case scheme
     * @param host lower-case host
     * @param port effective port
     * @param rawPath path as the client sent it
     * @param mappedPath path as the container mapped it
     * @param query raw query, or null if there is none (an empty one is another key)
     * @param fixedNames lower-case names of fields that always take part, sorted
     * @param fields gives their values
     * @return the key
     */
    public static CacheKey url(
            String keyPrefix,
            String scheme,
            String host,
            int port,
            String rawPath,
            String mappedPath,
            @Nullable String query,
            List<String> fixedNames,
            FieldSource fields) {
        @Nullable String[] values = valuesOf(fixedNames, fields);
        int capacity = 1
                + KeyWriter.sizeOf(keyPrefix)
                + KeyWriter.sizeOf(scheme)
                + KeyWriter.sizeOf(host)
                + KeyWriter.sizeOf(port)
                + KeyWriter.sizeOf(rawPath)
                + KeyWriter.sizeOf(mappedPath)
                + KeyWriter.sizeOfOptional(query)
                + sizeOf(fixedNames, values);
        KeyWriter writer = new KeyWriter(NOTHING, capacity)
                .octet(VERSION)
                .text(keyPrefix)
                .text(scheme)
                .text(host)
                .number(port)
                .text(rawPath)
                .text(mappedPath)
                .optional(query);
        return base(select(writer, fixedNames, values).toBytes());
    }

    /**
     * The key of the variant of this URL that a request selects (RFC 9111 section 4.1).
     *
     * @param names lower-case selecting field names, sorted
     * @param fields gives the request's values
     * @return the key
     * @throws IllegalStateException if this is itself the key of a variant
     */
    public CacheKey variant(List<String> names, FieldSource fields) {
        if (!isBase()) {
            throw new IllegalStateException("a variant has no variants");
        }
        @Nullable String[] values = valuesOf(names, fields);
        KeyWriter writer = new KeyWriter(canonical, canonical.length + sizeOf(names, values));
        byte[] whole = select(writer, names, values).toBytes();
        // Goes on where the base's hash ended, as Arrays.hashCode does.
        int wholeHash = hash;
        int i = canonical.length;
        // Four at a time: each step waits for the product of the one before.
        for (; i < whole.length - 3; i += 4) {
            wholeHash = 31 * 31 * 31 * 31 * wholeHash
                    + 31 * 31 * 31 * whole[i]
                    + 31 * 31 * whole[i + 1]
                    + 31 * whole[i + 2]
                    + whole[i + 3];
        }
        for (; i < whole.length; i++) {
            wholeHash = 31 * wholeHash + whole[i];
        }
        return new CacheKey(whole, canonical.length, wholeHash);
    }

    /** The values of the names, read once: the size of the key follows from them, so that a hit allocates it once. */
    private static @Nullable String[] valuesOf(List<String> names, FieldSource fields) {
        if (names.isEmpty()) {
            return NO_VALUES;
        }
        @Nullable String[] values = new String[names.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = fields.field(names.get(i));
        }
        return values;
    }

    private static int sizeOf(List<String> names, @Nullable String[] values) {
        int size = KeyWriter.sizeOf(values.length);
        for (int i = 0; i < values.length; i++) {
            size += KeyWriter.sizeOf(names.get(i)) + KeyWriter.sizeOfOptional(values[i]);
        }
        return size;
    }

    private static KeyWriter select(KeyWriter writer, List<String> names, @Nullable String[] values) {
        writer.number(values.length);
        for (int i = 0; i < values.length; i++) {
            writer.text(names.get(i)).optional(values[i]);
        }
        return writer;
    }

    /**
     * Whether this is the key of a URL itself.
     *
     * @return false for the key of a variant
     */
    public boolean isBase() {
        return baseLength == canonical.length;
    }

    /**
     * Length of the canonical bytes.
     *
     * @return more than 0
     */
    public int length() {
        return canonical.length;
    }

    /**
     * Length of the part that is the key of the URL.
     *
     * @return 1 to {@link #length()}
     */
    public int baseLength() {
        return baseLength;
    }

    /**
     * A copy of the canonical bytes.
     *
     * @return new bytes
     */
    public byte[] toBytes() {
        return canonical.clone();
    }

    /** The bytes themselves, for this package's writers. */
    byte[] bytes() {
        return canonical;
    }

    /**
     * Name of the record in a remote store: the SHA-256 of the base in a hash tag, so that a URL's records share a
     * cluster slot, and for a variant the SHA-256 of the whole.
     *
     * @return for example {@code {0hT…}} or {@code {0hT…}:9xK…}, in base64url
     */
    public String remoteName() {
        String base = "{" + sha256(canonical, baseLength) + "}";
        return isBase() ? base : base + ":" + sha256(canonical, canonical.length);
    }

    private static String sha256(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public int compareTo(CacheKey other) {
        return Arrays.compare(canonical, other.canonical);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof CacheKey key && hash == key.hash && Arrays.equals(canonical, key.canonical));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** The digest, for logs: a key's text may be private. */
    @Override
    public String toString() {
        return remoteName();
    }
}
