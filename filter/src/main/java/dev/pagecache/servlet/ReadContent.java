package dev.pagecache.servlet;

import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The first bytes of a request's content, and where its rest is. Confined to one exchange. */
final class ReadContent {
    private static final int FIRST_BYTES = 4096;

    private final byte[] bytes;
    private final int size;
    private final @Nullable ServletInputStream rest;

    private ReadContent(byte[] bytes, int size, @Nullable ServletInputStream rest) {
        this.bytes = bytes;
        this.size = size;
        this.rest = rest;
    }

    /**
     * Reads a stream to its end, or one byte more than a bound. Where it fails, what came before is kept, and who reads
     * on sees it fail again. Memory grows with what came, not with what was announced.
     */
    static ReadContent from(ServletInputStream stream, int maxBytes) {
        byte[] bytes = new byte[Math.min(FIRST_BYTES, maxBytes + 1)];
        int size = 0;
        try {
            while (size <= maxBytes) {
                if (size == bytes.length) {
                    bytes = Arrays.copyOf(bytes, Math.min(2 * size, maxBytes + 1));
                }
                int n = stream.read(bytes, size, bytes.length - size);
                if (n < 0) {
                    return new ReadContent(bytes, size, null);
                }
                size += n;
            }
        } catch (IOException e) {
            ServletEvents.unreadContent(e);
        }
        return new ReadContent(bytes, size, stream);
    }

    int size() {
        return size;
    }

    byte[] bytes() {
        return bytes;
    }

    /** The container's stream, or null if it is at its end. */
    @Nullable
    ServletInputStream rest() {
        return rest;
    }

    boolean isEnded() {
        return rest == null;
    }

    String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, size);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
