package dev.pagecache.entry;

import dev.pagecache.http.Fields;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Writes the parts of a record. Confined to one call of the codec. */
final class RecordWriter {
    private static final int MAX_SHORT = 0xFFFF;

    private final byte[] target;
    private final ByteBuffer out;

    RecordWriter(byte[] target) {
        this.target = target;
        this.out = ByteBuffer.wrap(target);
    }

    static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    /** Ends with the signature, if any, and the checksum, and gives the whole. */
    byte[] finish(@Nullable RecordSigner signer) {
        if (signer != null) {
            out.put(signer.sign(target, out.position()));
        }
        out.putInt(checksum(target, out.position()));
        return target;
    }

    ByteBuffer out() {
        return out;
    }

    static long sizeOfFields(Fields fields) {
        long size = 2;
        for (int i = 0; i < fields.size(); i++) {
            String name = fields.name(i);
            size += 1 + 2 + fields.value(i).length();
            if (FieldNames.numberOf(name) == FieldNames.SPELLED_OUT) {
                size += 2 + name.length();
            }
        }
        return size;
    }

    void fields(Fields fields) {
        lines(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            String name = fields.name(i);
            int number = FieldNames.numberOf(name);
            out.put((byte) number);
            if (number == FieldNames.SPELLED_OUT) {
                text(name, 1, RecordText::isTokenChar);
            }
            text(fields.value(i), 0, RecordText::isValueChar);
        }
    }

    static long sizeOfNames(List<String> names) {
        long size = 2;
        for (String name : names) {
            size += 2 + name.length();
        }
        return size;
    }

    void names(List<String> names) {
        lines(names.size());
        for (String name : names) {
            text(name, 1, RecordText::isVisibleChar);
        }
    }

    static byte[][] encodedTags(List<String> tags) {
        byte[][] encoded = new byte[tags.size()][];
        for (int i = 0; i < encoded.length; i++) {
            encoded[i] = tags.get(i).getBytes(StandardCharsets.UTF_8);
        }
        return encoded;
    }

    static long sizeOfTags(byte[][] tags) {
        long size = 2;
        for (byte[] tag : tags) {
            size += 2 + tag.length;
        }
        return size;
    }

    void tags(byte[][] tags) {
        lines(tags.length);
        if (sizeOfTags(tags) > RecordText.MAX_TAG_BYTES) {
            throw new IllegalArgumentException("the tags take more than " + RecordText.MAX_TAG_BYTES + " bytes");
        }
        for (byte[] tag : tags) {
            out.putShort((short) tag.length).put(tag);
        }
    }

    /** One byte per character, which are checked on the way. */
    private void text(String text, int minLength, IntPredicate allowed) {
        int length = text.length();
        if (length < minLength) {
            throw new IllegalArgumentException("a name is empty");
        }
        count(length, MAX_SHORT);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (!allowed.test(c)) {
                throw new IllegalArgumentException("a name or value has character " + (int) c);
            }
            out.put((byte) c);
        }
    }

    private void lines(int count) {
        count(count, RecordText.MAX_LINES);
    }

    private void count(int count, int max) {
        if (count > max) {
            throw new IllegalArgumentException("the format counts to " + max + ", not to " + count);
        }
        out.putShort((short) count);
    }
}
