package dev.pagecache.servlet;

import dev.pagecache.policy.Reason;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * What the application writes, on its way to the container.
 *
 * <pre>
 * HOLDING ── whole body known ──────────────► ENDED      sent in one piece, with length and entity tag
 *    │  window full, or flushed by the application
 *    ├── may be stored ──► TEEING ── end ───► ENDED      sent as it comes, a copy goes on
 *    │                        │ copy too large
 *    └── not stored ──────► PASSING ── end ─► ENDED      sent as it comes
 * </pre>
 *
 * <p>The decision is taken once, when HOLDING is left, from the fields that are then in force; the container commits at
 * the same moment, so that they cannot change any more. Text goes to the container's own writer, which alone knows its
 * charset and what that does to Content-Type; the copy is encoded beside it.
 *
 * <p>Confined to one exchange; an asynchronous application writes from one thread at a time.
 */
final class Capture {
    /** Pages up to this size are held until they are whole. */
    static final int WINDOW = 32 * 1024;

    /** Where the capture is. */
    enum State {
        /** Nothing has reached the container. */
        HOLDING,
        /** Sent as it comes, with a copy. */
        TEEING,
        /** Sent as it comes. */
        PASSING,
        /** The output is closed. */
        ENDED
    }

    private final HttpServletResponse target;
    private final Decisions decisions;
    private final int maxBodyBytes;

    private State state = State.HOLDING;
    private final BodyBuffer bytes = new BodyBuffer();
    private final TextBuffer text = new TextBuffer();
    private @Nullable Writer copyEncoder;
    private boolean isOutputUsed;
    private boolean isText;
    private boolean isSilent;
    private boolean isSuspended;
    private boolean hasPassed;
    private long declaredLength = -1;

    Capture(HttpServletResponse target, Decisions decisions, int maxBodyBytes) {
        this.target = target;
        this.decisions = decisions;
        this.maxBodyBytes = maxBodyBytes;
    }

    State state() {
        return state;
    }

    boolean isHolding() {
        return state == State.HOLDING;
    }

    boolean holdsNothing() {
        return bytes.size() == 0 && text.size() == 0;
    }

    void declareLength(long length) {
        declaredLength = length;
    }

    void useWriter(boolean isWriterUsed) {
        isOutputUsed = true;
        isText = isWriterUsed;
        if (state == State.TEEING && copyEncoder == null) {
            startCopy();
        }
    }

    /**
     * Lets everything through for a while.
     *
     * @return false, and no change, if something is held already
     */
    boolean suspend() {
        if (state != State.HOLDING || !holdsNothing()) {
            return false;
        }
        state = State.PASSING;
        isSuspended = true;
        hasPassed = false;
        return true;
    }

    /**
     * Holds again after {@link #suspend}; without effect otherwise.
     *
     * @return false if something was let through meanwhile, so that the whole is not known
     */
    boolean unsuspend() {
        if (!isSuspended) {
            return true;
        }
        isSuspended = false;
        if (state != State.PASSING || hasPassed || target.isCommitted()) {
            return false;
        }
        state = State.HOLDING;
        return true;
    }

    /** Another answer is sent: what the application writes from now on goes nowhere. */
    void silence() {
        close();
        isSilent = true;
    }

    /** The container ends the response by itself, without content of ours. */
    void close() {
        clear();
        state = State.ENDED;
    }

    void write(byte[] source, int offset, int length) throws IOException {
        if (state == State.HOLDING) {
            if (bytes.size() + length <= window()) {
                bytes.append(source, offset, length);
                endAtDeclaredLength();
                return;
            }
            flush();
        }
        if (state == State.TEEING && !overflows(length)) {
            bytes.append(source, offset, length);
        }
        hasPassed = true;
        if (!isSilent) {
            target.getOutputStream().write(source, offset, length);
        }
    }

    void write(int octet) throws IOException {
        if (state == State.HOLDING && bytes.size() < window()) {
            bytes.append(octet);
            endAtDeclaredLength();
            return;
        }
        write(new byte[] {(byte) octet}, 0, 1);
    }

    void write(char[] source, int offset, int length) throws IOException {
        if (state == State.HOLDING) {
            if (text.size() + length <= window()) {
                text.append(source, offset, length);
                return;
            }
            flush();
        }
        copyText(source, offset, length);
        hasPassed = true;
        if (!isSilent) {
            target.getWriter().write(source, offset, length);
        }
    }

    void write(String source, int offset, int length) throws IOException {
        if (state == State.HOLDING && text.size() + length <= window()) {
            text.append(source, offset, length);
            return;
        }
        write(source.substring(offset, offset + length).toCharArray(), 0, length);
    }

    /** Does what the application wants; if it fails, the application may leave out the rest, or a piece is missing. */
    void attempt(Output output) throws IOException {
        boolean isDone = false;
        try {
            output.run();
            isDone = true;
        } finally {
            if (!isDone) {
                breakOff();
            }
        }
    }

    /** The application knows that its output failed. */
    void breakOff() {
        if (state == State.ENDED) {
            return;
        }
        decisions.refuse(Reason.INCOMPLETE);
        if (state == State.TEEING) {
            dropCopy();
        }
    }

    /** Drops what is held and not sent. */
    void clear() {
        bytes.clear();
        text.clear();
    }

    /** Lets everything through from now on; nothing of the response is stored. */
    void pass(Reason reason) throws IOException {
        if (state == State.HOLDING) {
            decisions.refuse(reason);
            state = State.PASSING;
            sendHeld();
        } else if (state == State.TEEING) {
            decisions.refuse(reason);
            dropCopy();
        }
    }

    /** The container answers in its own words: what is held is dropped. */
    void abandon(Reason reason) {
        isSuspended = false;
        if (state == State.HOLDING) {
            decisions.refuse(reason);
            clear();
            state = State.PASSING;
        } else if (state == State.TEEING) {
            decisions.refuse(reason);
            dropCopy();
        }
    }

    /** The body is whole: the application returned, closed its output, or wrote as much as it declared. */
    void end() throws IOException {
        if (state == State.HOLDING) {
            endHeld();
        } else if (state == State.TEEING) {
            endCopy();
        } else {
            state = State.ENDED;
        }
    }

    private void endHeld() throws IOException {
        if (target.isCommitted() || ResponseFields.hasContent(target)) {
            pass(Reason.INCOMPLETE);
            state = State.ENDED;
            return;
        }
        byte[] body = isText ? text.encode(target.getCharacterEncoding()) : bytes.toBytes();
        state = State.ENDED;
        boolean isOtherLength = body != null && declaredLength >= 0 && declaredLength != body.length;
        if (body == null || (isOtherLength && !decisions.isLengthOfStored())) {
            decisions.refuse(body == null ? Reason.CHARSET : Reason.INCOMPLETE);
            sendHeld();
            return;
        }
        if (!isOutputUsed && decisions.mayHaveContent()) {
            decisions.refuse(Reason.EMPTY);
        }
        switch (decisions.decideWhole(body)) {
            case SEND -> sendWhole(body);
            case HAND_ON -> sendHeld();
            case SILENCE -> isSilent = true;
        }
    }

    private void endCopy() throws IOException {
        state = State.ENDED;
        if (copyEncoder != null) {
            try {
                copyEncoder.close();
            } catch (IOException e) {
                decisions.refuse(Reason.CHARSET);
                return;
            }
        }
        if (bytes.size() > maxBodyBytes) {
            decisions.refuse(Reason.BODY_SIZE);
        } else if (declaredLength >= 0 && declaredLength != bytes.size()) {
            decisions.refuse(Reason.INCOMPLETE);
        } else {
            decisions.complete(bytes.toBytes());
        }
    }

    /** Leaves HOLDING with the body still growing: the window is full, or the application wants it to be sent. */
    void flush() throws IOException {
        if (state != State.HOLDING) {
            return;
        }
        if (target.isCommitted()) {
            pass(Reason.INCOMPLETE);
            return;
        }
        switch (decisions.decideEarly(declaredLength)) {
            case SEND -> {
                state = State.TEEING;
                startCopy();
                sendHeld();
                target.flushBuffer();
            }
            case HAND_ON -> {
                state = State.PASSING;
                sendHeld();
            }
            case SILENCE -> {
                isSilent = true;
                if (state == State.HOLDING) {
                    state = State.TEEING;
                    startCopy();
                }
                target.flushBuffer();
            }
        }
    }

    private void startCopy() {
        copyText(text.chars(), 0, text.size());
    }

    /** The application may ask for its writer only after a flush. */
    private @Nullable Writer encoder() {
        if (copyEncoder != null) {
            return copyEncoder;
        }
        Charset charset = TextBuffer.storable(target.getCharacterEncoding());
        if (charset == null) {
            decisions.refuse(Reason.CHARSET);
            dropCopy();
            return null;
        }
        copyEncoder = CopyStream.encoder(bytes, charset);
        return copyEncoder;
    }

    private void copyText(char[] source, int offset, int length) {
        Writer encoder = length == 0 || state != State.TEEING || overflows(0) ? null : encoder();
        if (encoder == null) {
            return;
        }
        try {
            encoder.write(source, offset, length);
        } catch (IOException e) {
            decisions.refuse(Reason.CHARSET);
            dropCopy();
        }
    }

    /** Whether so many more bytes are too many to copy; then the copy is gone. */
    private boolean overflows(int more) {
        if ((long) bytes.size() + more <= maxBodyBytes) {
            return false;
        }
        decisions.refuse(Reason.BODY_SIZE);
        dropCopy();
        return true;
    }

    private void dropCopy() {
        copyEncoder = null;
        bytes.clear();
        state = State.PASSING;
    }

    private void sendWhole(byte[] body) throws IOException {
        if (isText || body.length == 0) {
            sendHeld();
        } else {
            target.getOutputStream().write(body, 0, body.length);
        }
    }

    private void sendHeld() throws IOException {
        if (isText) {
            if (text.size() > 0) {
                target.getWriter().write(text.chars(), 0, text.size());
            }
        } else if (bytes.size() > 0) {
            bytes.replay(target.getOutputStream());
        }
    }

    private void endAtDeclaredLength() throws IOException {
        if (declaredLength >= 0 && bytes.size() >= declaredLength) {
            end();
        }
    }

    /** A container commits no earlier than its buffer is full, and an application may have asked for a large one. */
    private int window() {
        return Math.max(WINDOW, target.getBufferSize());
    }
}
