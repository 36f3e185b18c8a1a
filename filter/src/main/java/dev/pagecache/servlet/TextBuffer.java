package dev.pagecache.servlet;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Characters that were written, and their encoding. Confined to one exchange. */
final class TextBuffer {
    private static final int FIRST_CAPACITY = 2048;

    /** Parts of the canonical names of charsets that keep a state between characters. */
    private static final List<String> STATEFUL =
            List.of("2022", "UTF-7", "BOM", "COMPOUND", "X-IBM1364", "X-IBM93", "X-WINDOWS-5022", "X-WINDOWS-5021");

    private char[] chars = new char[0];
    private int size;

    int size() {
        return size;
    }

    char[] chars() {
        return chars;
    }

    void append(char[] source, int offset, int length) {
        ensure(length);
        System.arraycopy(source, offset, chars, size, length);
        size += length;
    }

    void append(String source, int offset, int length) {
        ensure(length);
        source.getChars(offset, offset + length, chars, size);
        size += length;
    }

    void clear() {
        size = 0;
    }

    /** Clears, and keeps no memory for what may come. */
    void drop() {
        clear();
        chars = new char[0];
    }

    /** Bytes of memory that are kept. */
    int capacity() {
        return chars.length * Character.BYTES;
    }

    /** By how many bytes that grows when so many more characters are appended, 0 or more. */
    int growth(int more) {
        return chars.length - size >= more ? 0 : (grown(more) - chars.length) * Character.BYTES;
    }

    /**
     * The characters as a charset has them, if it has them all. Where a container would put a substitute, two
     * containers may put different ones: such text is not stored.
     *
     * @return the bytes, or null if the charset is unknown, keeps a state between characters, or lacks one of them
     */
    byte @Nullable [] encode(@Nullable String charsetName) {
        Charset charset = storable(charsetName);
        if (charset == null) {
            return null;
        }
        try {
            ByteBuffer encoded = charset.newEncoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .encode(CharBuffer.wrap(chars, 0, size));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** A charset that gives each character the same bytes wherever it stands, or null. */
    static @Nullable Charset storable(@Nullable String name) {
        if (name == null) {
            return null;
        }
        try {
            Charset charset = Charset.forName(name);
            return charset.canEncode() && !keepsState(charset) ? charset : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Shift sequences and byte order marks: a container that does not close its encoder leaves out the last one. */
    private static boolean keepsState(Charset charset) {
        String name = charset.name().toUpperCase(Locale.ROOT);
        for (String family : STATEFUL) {
            if (name.contains(family)) {
                return true;
            }
        }
        return name.equals("UTF-16") || name.equals("UTF-32");
    }

    private void ensure(int more) {
        if (chars.length - size < more) {
            chars = Arrays.copyOf(chars, grown(more));
        }
    }

    private int grown(int more) {
        return Math.max(Math.max(FIRST_CAPACITY, chars.length * 2), size + more);
    }
}
