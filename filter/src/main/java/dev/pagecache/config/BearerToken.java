package dev.pagecache.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * A secret by which a request shows that it may change something (RFC 6750 section 2.1). Only its digest is kept, and
 * no text form shows it.
 *
 * <p>Immutable, safe for use by many threads.
 */
public final class BearerToken {
    /** What a token is, in words. */
    static final String ALLOWED = "16 to 512 printable ASCII characters without spaces";

    private static final int MIN_LENGTH = 16;
    private static final int MAX_LENGTH = 512;
    private static final String SCHEME = "Bearer ";

    private final byte[] digest;

    private BearerToken(byte[] digest) {
        this.digest = digest;
    }

    /**
     * Reads a token. An empty one is an error: it is what a deployment gives whose secret is missing.
     *
     * @param text the token
     * @return it
     * @throws IllegalArgumentException with a message that holds nothing of the text
     */
    static BearerToken parse(String text) {
        if (text.length() < MIN_LENGTH || text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("the token has not " + MIN_LENGTH + " to " + MAX_LENGTH + " characters");
        }
        if (!text.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new IllegalArgumentException("the token has a character that is no printable ASCII, or a space");
        }
        return new BearerToken(sha256(text));
    }

    /**
     * Whether the value of an {@code Authorization} field brings this token. The time that this takes tells nothing of
     * the token: digests of one length are compared, all of their bytes in any case.
     *
     * @param authorization the value, or null if there is none
     * @return true if it does
     */
    public boolean isIn(@Nullable String authorization) {
        String value = authorization == null ? "" : authorization;
        boolean isBearer = value.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        String given = isBearer ? value.substring(SCHEME.length()).strip() : "";
        return MessageDigest.isEqual(digest, sha256(given)) && isBearer;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Nothing of the token. */
    @Override
    public String toString() {
        return "BearerToken[***]";
    }
}
