package dev.pagecache.proof;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Bodies that say what they are: the line of an identity, noise that follows from it, and the SHA-256 of both. */
final class ProofBody {
    private static final int DIGEST_BYTES = 32;

    private ProofBody() {}

    /** The body of an identity with so many bytes of noise. */
    static byte[] of(Identity identity, int noiseBytes) {
        byte[] line = (identity.line() + '\n').getBytes(StandardCharsets.ISO_8859_1);
        byte[] body = new byte[line.length + noiseBytes + DIGEST_BYTES];
        ByteBuffer out = ByteBuffer.wrap(body).put(line);
        SplittableRandom noise = new SplittableRandom(Arrays.hashCode(line));
        int end = line.length + noiseBytes;
        while (out.position() + Long.BYTES <= end) {
            out.putLong(noise.nextLong());
        }
        while (out.position() < end) {
            out.put((byte) noise.nextInt());
        }
        MessageDigest digest = sha256();
        digest.update(body, 0, end);
        out.put(digest.digest());
        return body;
    }

    /** The identity of a whole body; null if it is not one from its first byte to its last. */
    static @Nullable Identity read(byte[] body) {
        int end = body.length - DIGEST_BYTES;
        if (end < 0) {
            return null;
        }
        MessageDigest digest = sha256();
        digest.update(body, 0, end);
        if (!Arrays.equals(digest.digest(), 0, DIGEST_BYTES, body, end, body.length)) {
            return null;
        }
        for (int i = 0; i < end; i++) {
            if (body[i] == '\n') {
                return Identity.parse(new String(body, 0, i, StandardCharsets.ISO_8859_1));
            }
        }
        return null;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
