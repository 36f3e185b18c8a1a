package dev.pagecache.entry;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
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
    private final byte[] canonical;
    private final int baseLength;
    private final int hash;

    private CacheKey(byte[] canonical, int baseLength) {
        this.canonical = canonical;
        this.baseLength = baseLength;
        this.hash = Arrays.hashCode(canonical);
    }

    /**
     * The key of a URL.
     *
     * @param canonical the canonical bytes, not changed afterwards
     * @return the key
     */
    static CacheKey base(byte[] canonical) {
        return new CacheKey(canonical, canonical.length);
    }

    /**
     * The key of a variant.
     *
     * @param canonical the base's bytes followed by the selecting fields, not changed afterwards
     * @param baseLength length of the base's bytes in it
     * @return the key
     */
    static CacheKey variant(byte[] canonical, int baseLength) {
        return new CacheKey(canonical, baseLength);
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
