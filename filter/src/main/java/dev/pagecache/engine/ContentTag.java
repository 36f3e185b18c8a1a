package dev.pagecache.engine;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Makes a strong entity tag from content: equal bytes, equal tag (RFC 9110 section 8.8.3). */
final class ContentTag {
    /** 128 of the 256 bits tell apart all contents that one URL will ever have. */
    private static final int BYTES = 16;

    private ContentTag() {}

    static String of(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, BYTES)) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
