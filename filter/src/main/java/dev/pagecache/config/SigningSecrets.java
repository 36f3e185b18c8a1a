package dev.pagecache.config;

import dev.pagecache.entry.RecordSigner;
import java.util.List;

/**
 * The secrets with which a cache signs what it writes to Redis. No text form shows them.
 *
 * <p>Immutable, safe for use by many threads.
 *
 * @param texts one to four, the signing one first
 */
public record SigningSecrets(List<String> texts) {
    private static final int MAX_LENGTH = 512;
    private static final int MAX_COUNT = 4;

    /** Copies the list. */
    public SigningSecrets {
        texts = List.copyOf(texts);
    }

    /**
     * Reads secrets that are separated by commas. An empty one is an error: it is what a deployment gives whose secret
     * is missing, and must not switch signing off.
     *
     * @throws IllegalArgumentException with a message that holds nothing of the text
     */
    static SigningSecrets parse(String text) {
        String[] parts = text.split(",", -1);
        if (parts.length > MAX_COUNT) {
            throw new IllegalArgumentException("there are more than " + MAX_COUNT + " secrets");
        }
        for (int i = 0; i < parts.length; i++) {
            parts[i] = parts[i].strip();
            check(parts[i], i + 1);
        }
        return new SigningSecrets(List.of(parts));
    }

    private static void check(String secret, int number) {
        if (secret.length() < RecordSigner.MIN_SECRET_LENGTH || secret.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("secret " + number + " has not " + RecordSigner.MIN_SECRET_LENGTH
                    + " to " + MAX_LENGTH + " characters");
        }
        if (!secret.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new IllegalArgumentException(
                    "secret " + number + " has a character that is no printable ASCII, or a space");
        }
    }

    /** Their number only. */
    @Override
    public String toString() {
        return "SigningSecrets[" + texts.size() + "]";
    }
}
