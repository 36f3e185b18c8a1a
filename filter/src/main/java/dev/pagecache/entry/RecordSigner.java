package dev.pagecache.entry;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs records and tells signed ones from all others, by HMAC-SHA256 (RFC 2104) under secrets that the nodes share. Of
 * several secrets the first signs and every one verifies, so that they can be changed while nodes run.
 *
 * <p>The key of each secret is derived from it and from the prefix of the cache's names: records of one cache are no
 * records of another one, though both know the same secret. Within a cache a record names its own full key, from which
 * the rest of its name follows.
 *
 * <p>No text form shows a secret. Immutable, safe for use by many threads.
 */
public final class RecordSigner {
    /** The fewest characters of a secret: {@value}. Written at random, they are beyond guessing. */
    public static final int MIN_SECRET_LENGTH = 32;

    /** Length of a signature. */
    static final int SIGNATURE_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    /** Tells these keys from those of any other use of the same secret. */
    private static final String PURPOSE = "pagecache record signature 1\n";

    private final List<Key> keys;

    /**
     * A signer.
     *
     * @param secrets one or more, the signing one first, each of at least {@link #MIN_SECRET_LENGTH} characters
     * @param keyPrefix what the names of the cache start with in the remote store, may be empty
     * @throws IllegalArgumentException if there is none or one is too short; the message shows none
     */
    public RecordSigner(List<String> secrets, String keyPrefix) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("no secret to sign with");
        }
        this.keys = secrets.stream().map(secret -> derive(secret, keyPrefix)).toList();
    }

    private static Key derive(String secret, String keyPrefix) {
        if (secret.length() < MIN_SECRET_LENGTH) {
            throw new IllegalArgumentException("a secret has less than " + MIN_SECRET_LENGTH + " characters");
        }
        byte[] purpose = (PURPOSE + keyPrefix).getBytes(StandardCharsets.UTF_8);
        return new Key(new Key(secret.getBytes(StandardCharsets.UTF_8)).sign(purpose, purpose.length));
    }

    /** The signature of the first so many bytes. */
    byte[] sign(byte[] bytes, int length) {
        return keys.get(0).sign(bytes, length);
    }

    /** Whether behind the first so many bytes stands a signature of them by any of the secrets. */
    boolean hasSigned(byte[] bytes, int length) {
        byte[] given = Arrays.copyOfRange(bytes, length, length + SIGNATURE_BYTES);
        for (Key key : keys) {
            // Takes the same time wherever the first difference is.
            if (MessageDigest.isEqual(given, key.sign(bytes, length))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return "RecordSigner[" + keys.size() + "]";
    }

    /** One key, ready to be copied: a Mac serves one thread at a time, and a copy costs less than a new one. */
    private static final class Key {
        private final SecretKeySpec spec;
        private final Mac ready;

        Key(byte[] bytes) {
            this.spec = new SecretKeySpec(bytes, ALGORITHM);
            this.ready = init(spec);
        }

        private static Mac init(SecretKeySpec spec) {
            try {
                Mac mac = Mac.getInstance(ALGORITHM);
                mac.init(spec);
                return mac;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
            }
        }

        private Mac copy() {
            try {
                return (Mac) ready.clone();
            } catch (CloneNotSupportedException e) {
                // Providers may keep keys in hardware.
                return init(spec);
            }
        }

        byte[] sign(byte[] bytes, int length) {
            Mac mac = copy();
            mac.update(bytes, 0, length);
            return mac.doFinal();
        }
    }
}
