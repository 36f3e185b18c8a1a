package dev.pagecache.servlet;

import dev.pagecache.policy.Reason;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * What a capture keeps of a body: all of it that is not sent yet, or a copy. Each piece is kept only if there is memory
 * for it.
 *
 * <p>Confined to one exchange, but for {@link #free}.
 */
final class HeldBody {
    private final CaptureBudget.Share share;
    private final BodyBuffer bytes = new BodyBuffer();
    private final TextBuffer text = new TextBuffer();
    private @Nullable Writer encoder;
    private boolean isStarved;

    HeldBody(CaptureBudget.Share share) {
        this.share = share;
    }

    int size() {
        return bytes.size();
    }

    int textSize() {
        return text.size();
    }

    boolean isEmpty() {
        return bytes.size() == 0 && text.size() == 0;
    }

    /** Whether there was no memory when it was last asked for. */
    boolean isStarved() {
        return isStarved;
    }

    /** Keeps bytes; false, and nothing is kept, if there is no memory for them. */
    boolean append(byte[] source, int offset, int length) {
        if (!hasRoom(length)) {
            return false;
        }
        bytes.append(source, offset, length);
        return true;
    }

    boolean append(int octet) {
        if (!hasRoom(1)) {
            return false;
        }
        bytes.append(octet);
        return true;
    }

    /** Keeps characters; false, and nothing is kept, if there is no memory for them. */
    boolean append(char[] source, int offset, int length) {
        if (!hasRoomForText(length)) {
            return false;
        }
        text.append(source, offset, length);
        return true;
    }

    boolean append(String source, int offset, int length) {
        if (!hasRoomForText(length)) {
            return false;
        }
        text.append(source, offset, length);
        return true;
    }

    private boolean hasRoom(int more) {
        isStarved = !share.take(bytes.growth(more));
        return !isStarved;
    }

    private boolean hasRoomForText(int more) {
        isStarved = !share.take(text.growth(more));
        return !isStarved;
    }

    /** Copies the characters that are kept; returns why that failed, or null. */
    @Nullable
    Reason encodeText(@Nullable String charsetName) {
        return encode(text.chars(), 0, text.size(), charsetName);
    }

    /** Copies characters as a charset has them; returns why that failed, or null. */
    @Nullable
    Reason encode(char[] source, int offset, int length, @Nullable String charsetName) {
        if (length == 0) {
            return null;
        }
        if (encoder == null) {
            Charset charset = TextBuffer.storable(charsetName);
            if (charset == null) {
                return Reason.CHARSET;
            }
            encoder = CopyStream.encoder(bytes, charset, this::hasRoom);
        }
        try {
            encoder.write(source, offset, length);
            return null;
        } catch (IOException e) {
            return failure();
        }
    }

    /** Copies what the encoder holds back; returns why that failed, or null. */
    @Nullable
    Reason endEncoding() {
        if (encoder == null) {
            return null;
        }
        try {
            encoder.close();
            return null;
        } catch (IOException e) {
            return failure();
        }
    }

    private Reason failure() {
        return isStarved ? Reason.MEMORY : Reason.CHARSET;
    }

    /** The whole body as bytes, or null if the charset does not let it be stored. */
    byte @Nullable [] whole(boolean isText, @Nullable String charsetName) {
        return isText ? text.encode(charsetName) : bytes.toBytes();
    }

    /** The copy, in an array of its length; it is not written to afterwards. */
    byte[] copy() {
        return bytes.toBytes();
    }

    /** Hands on what is kept, in the pieces in which it came. */
    void send(HttpServletResponse target, boolean isText) throws IOException {
        if (isText) {
            if (text.size() > 0) {
                target.getWriter().write(text.chars(), 0, text.size());
            }
        } else if (bytes.size() > 0) {
            bytes.replay(target.getOutputStream());
        }
    }

    /** Keeps nothing for now. */
    void clear() {
        bytes.clear();
        text.clear();
    }

    /** Keeps nothing, and no memory either: what goes on may do so for hours. */
    void drop() {
        dropCopy();
        dropText();
    }

    /** The same for the bytes alone. */
    void dropCopy() {
        encoder = null;
        share.giveBack(bytes.capacity());
        bytes.drop();
    }

    /** The same for the characters alone. */
    void dropText() {
        share.giveBack(text.capacity());
        text.drop();
    }

    /** The exchange has ended; called by whatever thread ends it. */
    void free() {
        share.end();
    }
}
