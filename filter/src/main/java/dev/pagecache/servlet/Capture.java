package dev.pagecache.servlet;

import dev.pagecache.policy.Reason;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What the application writes, on its way to the container.
 *
 * <pre>
 * HOLDING ── whole body known ──────────────► ENDED      sent in one piece, with length and entity tag
 *    │  window full, or flushed by the application
 *    ├── may be stored ──► TEEING ── end ───► ENDED      sent as it comes, a copy goes on
 *    │                        │ copy too large, or no memory for it
 *    └── not stored ──────► PASSING ── end ─► ENDED      sent as it comes
 * </pre>
 *
 * <p>What is held and copied is taken from a {@link CaptureBudget}. Where that is used up, HOLDING is left at once, and
 * nothing is stored.
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
    private final HeldBody held;

    private State state = State.HOLDING;
    private boolean isOutputUsed;
    private boolean isText;
    private boolean isSilent;
    private boolean isSuspended;
    private boolean hasPassed;
    private long declaredLength = -1;

    Capture(HttpServletResponse target, Decisions decisions, int maxBodyBytes, CaptureBudget budget) {
        this.target = target;
        this.decisions = decisions;
        this.maxBodyBytes = maxBodyBytes;
        this.held = new HeldBody(budget.share());
    }

    State state() {
        return state;
    }

    boolean isHolding() {
        return state == State.HOLDING;
    }

    boolean holdsNothing() {
        return held.isEmpty();
    }

    void declareLength(long length) {
        declaredLength = length;
    }

    void useWriter(boolean isWriterUsed) {
        isOutputUsed = true;
        isText = isWriterUsed;
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
            if (held.size() + length <= window() && held.append(source, offset, length)) {
                endAtDeclaredLength();
                return;
            }
            flush();
        }
        if (state == State.TEEING && !overflows(length) && !held.append(source, offset, length)) {
            refuseCopy(Reason.MEMORY);
        }
        hasPassed = true;
        if (!isSilent) {
            target.getOutputStream().write(source, offset, length);
        }
    }

    void write(int octet) throws IOException {
        if (state == State.HOLDING && held.size() < window() && held.append(octet)) {
            endAtDeclaredLength();
            return;
        }
        write(new byte[] {(byte) octet}, 0, 1);
    }

    void write(char[] source, int offset, int length) throws IOException {
        if (state == State.HOLDING) {
            if (held.textSize() + length <= window() && held.append(source, offset, length)) {
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
        if (state == State.HOLDING && held.textSize() + length <= window() && held.append(source, offset, length)) {
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
        if (state == State.TEEING) {
            refuseCopy(Reason.INCOMPLETE);
        } else {
            decisions.refuse(Reason.INCOMPLETE);
        }
    }

    /** Drops what is held and not sent. */
    void clear() {
        held.clear();
    }

    /** The exchange has ended: its memory is given back. */
    void free() {
        held.free();
    }

    /** Lets everything through from now on; nothing of the response is stored. */
    void pass(Reason reason) throws IOException {
        if (state == State.HOLDING) {
            decisions.refuse(reason);
            state = State.PASSING;
            handOnHeld();
        } else if (state == State.TEEING) {
            refuseCopy(reason);
        }
    }

    /** The container answers in its own words: what is held is dropped. */
    void abandon(Reason reason) {
        isSuspended = false;
        if (state == State.HOLDING) {
            decisions.refuse(reason);
            held.drop();
            state = State.PASSING;
        } else if (state == State.TEEING) {
            refuseCopy(reason);
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
        byte[] body = held.whole(isText, target.getCharacterEncoding());
        state = State.ENDED;
        boolean isOtherLength = body != null && declaredLength >= 0 && declaredLength != body.length;
        if (body == null || (isOtherLength && !decisions.isLengthOfStored())) {
            decisions.refuse(body == null ? Reason.CHARSET : Reason.INCOMPLETE);
            held.send(target, isText);
            return;
        }
        if (!isOutputUsed && decisions.mayHaveContent()) {
            decisions.refuse(Reason.EMPTY);
        }
        switch (decisions.decideWhole(body)) {
            case SEND -> sendWhole(body);
            case HAND_ON -> held.send(target, isText);
            case SILENCE -> isSilent = true;
        }
    }

    private void endCopy() throws IOException {
        state = State.ENDED;
        Reason failure = held.endEncoding();
        if (failure != null) {
            decisions.refuse(failure);
        } else if (held.size() > maxBodyBytes) {
            decisions.refuse(Reason.BODY_SIZE);
        } else if (declaredLength >= 0 && declaredLength != held.size()) {
            decisions.refuse(Reason.INCOMPLETE);
        } else {
            decisions.complete(held.copy());
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
        if (held.isStarved()) {
            decisions.refuse(Reason.MEMORY);
        }
        switch (decisions.decideEarly(declaredLength)) {
            case SEND -> {
                state = State.TEEING;
                tellOfCopy(held.encodeText(target.getCharacterEncoding()));
                held.send(target, isText);
                held.dropText();
                target.flushBuffer();
            }
            case HAND_ON -> {
                state = State.PASSING;
                handOnHeld();
            }
            case SILENCE -> {
                isSilent = true;
                if (state == State.HOLDING) {
                    state = State.TEEING;
                    tellOfCopy(held.encodeText(target.getCharacterEncoding()));
                    held.dropText();
                }
                target.flushBuffer();
            }
        }
    }

    private void copyText(char[] source, int offset, int length) {
        if (length == 0 || state != State.TEEING || overflows(0)) {
            return;
        }
        tellOfCopy(held.encode(source, offset, length, target.getCharacterEncoding()));
    }

    /** What is held as text is not sent yet. */
    private void tellOfCopy(@Nullable Reason failure) {
        if (failure != null) {
            decisions.refuse(failure);
            held.dropCopy();
            state = State.PASSING;
        }
    }

    /** Whether so many more bytes are too many to copy; then the copy is gone. */
    private boolean overflows(int more) {
        if ((long) held.size() + more <= maxBodyBytes) {
            return false;
        }
        refuseCopy(Reason.BODY_SIZE);
        return true;
    }

    private void refuseCopy(Reason reason) {
        decisions.refuse(reason);
        held.drop();
        state = State.PASSING;
    }

    private void handOnHeld() throws IOException {
        held.send(target, isText);
        held.drop();
    }

    private void sendWhole(byte[] body) throws IOException {
        if (isText || body.length == 0) {
            held.send(target, isText);
        } else {
            target.getOutputStream().write(body, 0, body.length);
        }
    }

    private void endAtDeclaredLength() throws IOException {
        if (declaredLength >= 0 && held.size() >= declaredLength) {
            end();
        }
    }

    /** A container commits no earlier than its buffer is full, and an application may have asked for a large one. */
    private int window() {
        return Math.max(WINDOW, target.getBufferSize());
    }
}
