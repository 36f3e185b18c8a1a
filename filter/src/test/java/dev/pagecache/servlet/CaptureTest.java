package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.policy.Reason;
import dev.pagecache.servlet.Capture.State;
import dev.pagecache.servlet.Decisions.Delivery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CaptureTest {
    private static final int MAX_BODY = 100_000;

    /** Answers what a test says, and keeps what it was told. */
    private static final class Judge implements Decisions {
        Delivery answer = Delivery.SEND;
        byte @Nullable [] whole;
        byte @Nullable [] complete;
        final List<Long> early = new ArrayList<>();
        final List<Reason> refusals = new ArrayList<>();
        int ends;

        @Override
        public Delivery decideWhole(byte[] body) {
            whole = body;
            ends++;
            return answer;
        }

        @Override
        public Delivery decideEarly(long declaredLength) {
            early.add(declaredLength);
            return answer;
        }

        @Override
        public boolean mayHaveContent() {
            return false;
        }

        @Override
        public boolean isLengthOfStored() {
            return false;
        }

        @Override
        public void complete(byte[] body) {
            complete = body;
            ends++;
        }

        @Override
        public void refuse(Reason reason) {
            refusals.add(reason);
        }
    }

    private final FakeResponse target = new FakeResponse();
    private final Judge judge = new Judge();
    private final CaptureBudget budget = new CaptureBudget(1 << 20);
    private final Capture capture = new Capture(target.response, judge, MAX_BODY, budget);

    CaptureTest() throws IOException {}

    /** A page is judged whole, or completed, or neither, but never twice; and never complete and refused. */
    @AfterEach
    void capture_endsOnce() {
        assertTrue(judge.ends <= 1, "ends: " + judge.ends);
        assertTrue(judge.complete == null || judge.refusals.isEmpty(), "complete and refused: " + judge.refusals);
    }

    private void write(int size) throws IOException {
        byte[] body = new byte[size];
        for (int i = 0; i < size; i++) {
            body[i] = (byte) i;
        }
        capture.write(body, 0, size);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void end_smallBody_isSentWhole() throws IOException {
        capture.write(utf8("xabx"), 1, 2);
        capture.write('c');
        assertEquals(0, target.bytes.size());
        assertFalse(capture.holdsNothing());
        capture.end();
        assertArrayEquals(utf8("abc"), judge.whole);
        assertArrayEquals(utf8("abc"), target.bytes.toByteArray());
        assertEquals(State.ENDED, capture.state());
    }

    @Test
    void end_nothingWritten_isAnEmptyPage() throws IOException {
        capture.end();
        assertArrayEquals(new byte[0], judge.whole);
        assertTrue(capture.holdsNothing());
    }

    @ParameterizedTest
    @CsvSource({"SEND, abc", "HAND_ON, abc", "SILENCE, ''"})
    void end_byDecision(Delivery delivery, String sent) throws IOException {
        judge.answer = delivery;
        capture.write(utf8("abc"), 0, 3);
        capture.end();
        assertEquals(sent, target.bytes.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({"SEND, caf\u00e9", "HAND_ON, caf\u00e9", "SILENCE, ''"})
    void end_textByDecision_isWrittenByTheContainersWriter(Delivery delivery, String sent) throws IOException {
        judge.answer = delivery;
        capture.useWriter(true);
        capture.write("caf", 0, 3);
        capture.write(new char[] {'\u00e9'}, 0, 1);
        capture.end();
        assertArrayEquals(utf8("caf\u00e9"), judge.whole);
        assertEquals(sent, target.text.toString());
    }

    @Test
    void end_textThatTheCharsetLacks_isSentAndNotStored() throws IOException {
        target.charset = "US-ASCII";
        capture.useWriter(true);
        capture.write("caf\u00e9", 0, 4);
        capture.end();
        assertEquals(List.of(Reason.CHARSET), judge.refusals);
        assertEquals("caf\u00e9", target.text.toString());
        assertNull(judge.whole);
    }

    @ParameterizedTest(name = "{0} octets declared, {1} written")
    @CsvSource({"5, 3, true", "3, 3, false"})
    void end_otherLengthThanDeclared_isIncomplete(long declared, int written, boolean isRefused) throws IOException {
        capture.declareLength(declared);
        write(written);
        capture.end();
        assertEquals(isRefused ? List.of(Reason.INCOMPLETE) : List.of(), judge.refusals);
        assertEquals(isRefused, judge.whole == null);
        assertEquals(written, target.bytes.size());
    }

    /** A container takes no more than was declared. */
    @Test
    void write_declaredLengthReached_ends() throws IOException {
        capture.declareLength(2);
        capture.write('a');
        assertEquals(State.HOLDING, capture.state());
        capture.write('b');
        assertEquals(State.ENDED, capture.state());
        assertArrayEquals(utf8("ab"), judge.whole);
    }

    @Test
    void write_moreThanDeclared_isNotStored() throws IOException {
        capture.declareLength(2);
        write(3);
        assertEquals(List.of(Reason.INCOMPLETE), judge.refusals);
        assertNull(judge.whole);
    }

    @Test
    void write_moreThanTheWindow_isSentAndCopied() throws IOException {
        write(Capture.WINDOW);
        assertEquals(State.HOLDING, capture.state());
        capture.write(7);
        assertEquals(State.TEEING, capture.state());
        assertEquals(List.of(-1L), judge.early);
        assertEquals(Capture.WINDOW + 1, target.bytes.size());
        capture.end();
        assertArrayEquals(target.bytes.toByteArray(), judge.complete);
    }

    @Test
    void write_moreThanIsStored_isSentAndTheCopyDropped() throws IOException {
        write(Capture.WINDOW + 1);
        write(MAX_BODY);
        write(10);
        capture.end();
        assertEquals(
                List.of(Reason.BODY_SIZE), judge.refusals.stream().distinct().toList());
        assertEquals(Capture.WINDOW + 1 + MAX_BODY + 10, target.bytes.size());
        assertNull(judge.complete);
    }

    /** Another exchange has taken all but so much. */
    private void leave(int bytes) {
        assertTrue(budget.share().take(budget.maxBytes() - budget.takenBytes() - bytes));
    }

    /** What is written when the memory is used up, and what was before, goes out as it came. */
    @ParameterizedTest
    @CsvSource({"0, 100, false", "4095, 100, false", "4096, 100, true", "19999, 10000, false", "20000, 10000, true"})
    void write_beyondTheBudget_passesAndIsNotStored(int left, int size, boolean isHeld) throws IOException {
        leave(left);
        judge.answer = Delivery.HAND_ON;
        write(size);
        write(size);
        assertEquals(isHeld ? State.HOLDING : State.PASSING, capture.state());
        assertEquals(isHeld ? 0 : 2 * size, target.bytes.size());
        assertEquals(isHeld ? budget.maxBytes() : budget.maxBytes() - left, budget.takenBytes());
        capture.end();
        assertEquals(2 * size, target.bytes.size());
        assertEquals(isHeld ? List.of() : List.of(Reason.MEMORY), judge.refusals);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void writeText_beyondTheBudget_passesAndIsNotStored(boolean isString) throws IOException {
        leave(6000);
        judge.answer = Delivery.HAND_ON;
        capture.useWriter(true);
        String piece = "0123456789".repeat(200);
        for (int i = 0; i < 3; i++) {
            if (isString) {
                capture.write(piece, 0, piece.length());
            } else {
                capture.write(piece.toCharArray(), 0, piece.length());
            }
        }
        assertEquals(State.PASSING, capture.state());
        capture.end();
        assertEquals(piece.repeat(3), target.text.toString());
        assertEquals(List.of(Reason.MEMORY), judge.refusals);
        assertEquals(budget.maxBytes() - 6000, budget.takenBytes());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void copy_beyondTheBudget_isDroppedAndTheRestPasses(boolean isText) throws IOException {
        leave(50_000);
        capture.useWriter(isText);
        String piece = "0123456789".repeat(1000);
        for (int i = 0; i < 9; i++) {
            if (isText) {
                capture.write(piece, 0, piece.length());
            } else {
                capture.write(utf8(piece), 0, piece.length());
            }
        }
        assertEquals(State.PASSING, capture.state());
        capture.end();
        assertEquals(piece.repeat(9), isText ? target.text.toString() : target.bytes.toString(StandardCharsets.UTF_8));
        assertEquals(List.of(Reason.MEMORY), judge.refusals.stream().distinct().toList());
        assertNull(judge.complete);
        assertEquals(budget.maxBytes() - 50_000, budget.takenBytes());
    }

    /** What the encoder holds back comes at the end only. */
    @Test
    void end_ofACopyBeyondTheBudget_isNotStored() throws IOException {
        leave(6000);
        capture.useWriter(true);
        capture.write("0123456789".repeat(200), 0, 2000);
        capture.flush();
        leave(0);
        capture.end();
        assertEquals(List.of(Reason.MEMORY), judge.refusals);
        assertEquals(2000, target.text.toString().length());
    }

    /** A response that goes on for hours keeps nothing but what it may still be stored with. */
    @ParameterizedTest
    @CsvSource({"SEND, 65536", "HAND_ON, 0", "SILENCE, 65536"})
    void flush_byDecision_keepsTheCopyOnly(Delivery delivery, long kept) throws IOException {
        judge.answer = delivery;
        write(Capture.WINDOW);
        write(10);
        assertEquals(kept, budget.takenBytes());
        capture.free();
        assertEquals(0, budget.takenBytes());
    }

    @Test
    void flush_text_keepsTheEncodedCopyOnly() throws IOException {
        capture.useWriter(true);
        capture.write("0123456789".repeat(2000), 0, 20_000);
        assertEquals(40_000, budget.takenBytes());
        capture.flush();
        capture.write("0123456789".repeat(2000), 0, 20_000);
        assertTrue(budget.takenBytes() <= 65_536, "taken: " + budget.takenBytes());
        capture.end();
        assertEquals(40_000, Objects.requireNonNull(judge.complete).length);
        capture.free();
        assertEquals(0, budget.takenBytes());
    }

    @Test
    void overMaxBody_keepsNothing() throws IOException {
        write(50_000);
        assertTrue(budget.takenBytes() >= 50_000);
        write(50_001);
        assertEquals(List.of(Reason.BODY_SIZE), judge.refusals);
        assertEquals(0, budget.takenBytes());
    }

    @Test
    void free_onceForAll_takesNothingAnyMore() throws IOException {
        write(1000);
        capture.free();
        capture.free();
        assertEquals(0, budget.takenBytes());
        write(10_000);
        assertEquals(0, budget.takenBytes());
        assertEquals(List.of(Reason.MEMORY), judge.refusals.stream().distinct().toList());
    }

    @Test
    void flush_early_decidesOnceAndGoesOn() throws IOException {
        capture.write('a');
        capture.flush();
        assertTrue(target.isCommitted);
        capture.write('b');
        capture.flush();
        capture.end();
        assertEquals(1, judge.early.size());
        assertArrayEquals(utf8("ab"), judge.complete);
        assertEquals("ab", target.bytes.toString(StandardCharsets.UTF_8));
    }

    @Test
    void flush_notStorable_passes() throws IOException {
        judge.answer = Delivery.HAND_ON;
        capture.write('a');
        capture.flush();
        assertEquals(State.PASSING, capture.state());
        capture.write('b');
        capture.end();
        assertEquals("ab", target.bytes.toString(StandardCharsets.UTF_8));
        assertNull(judge.complete);
    }

    @Test
    void flush_clientHasItAlready_isCopiedAndNotSent() throws IOException {
        judge.answer = Delivery.SILENCE;
        capture.write('a');
        capture.flush();
        write(5);
        capture.end();
        assertEquals(0, target.bytes.size());
        assertArrayEquals(new byte[] {'a', 0, 1, 2, 3, 4}, judge.complete);
    }

    @Test
    void flush_text_isCopiedInTheContainersCharset() throws IOException {
        target.charset = "ISO-8859-1";
        capture.useWriter(true);
        capture.write("caf\u00e9", 0, 4);
        capture.flush();
        capture.write("\u00e9", 0, 1);
        capture.end();
        assertArrayEquals("caf\u00e9\u00e9".getBytes(StandardCharsets.ISO_8859_1), judge.complete);
        assertEquals("caf\u00e9\u00e9", target.text.toString());
    }

    /** A pair of surrogates that two writes tear apart is one character all the same. */
    @Test
    void flush_textTornApart_isOneCharacter() throws IOException {
        capture.useWriter(true);
        capture.flush();
        capture.write("\ud83d", 0, 1);
        capture.write("\ude00", 0, 1);
        capture.end();
        assertArrayEquals(utf8("\ud83d\ude00"), judge.complete);
    }

    @Test
    void flush_textThatTheCharsetLacks_isSentAndNotStored() throws IOException {
        target.charset = "US-ASCII";
        capture.useWriter(true);
        capture.flush();
        capture.write("\u00e9", 0, 1);
        capture.write("b", 0, 1);
        capture.end();
        assertEquals(List.of(Reason.CHARSET), judge.refusals.stream().distinct().toList());
        assertEquals("\u00e9b", target.text.toString());
    }

    @Test
    void end_lengthThatWasNotKept_completesNothing() throws IOException {
        capture.declareLength(9);
        capture.write('a');
        capture.flush();
        capture.end();
        assertEquals(List.of(9L), judge.early);
        assertEquals(List.of(Reason.INCOMPLETE), judge.refusals);
        assertNull(judge.complete);
    }

    @Test
    void end_committedPastTheCapture_isNotStored() throws IOException {
        capture.write('a');
        target.isCommitted = true;
        capture.end();
        assertEquals(List.of(Reason.INCOMPLETE), judge.refusals);
        assertNull(judge.whole);
    }

    @Test
    void flush_committedPastTheCapture_isNotStored() throws IOException {
        target.isCommitted = true;
        capture.flush();
        assertEquals(List.of(Reason.INCOMPLETE), judge.refusals);
        assertEquals(State.PASSING, capture.state());
    }

    @Test
    void clear_held_isForgotten() throws IOException {
        capture.write(utf8("secret"), 0, 6);
        capture.clear();
        capture.write('b');
        capture.end();
        assertArrayEquals(utf8("b"), judge.whole);
    }

    @Test
    void pass_held_isSent() throws IOException {
        capture.write('a');
        capture.pass(Reason.STATUS);
        capture.write('b');
        capture.end();
        assertEquals("ab", target.bytes.toString(StandardCharsets.UTF_8));
        assertEquals(List.of(Reason.STATUS), judge.refusals);
        assertNull(judge.whole);
    }

    @Test
    void pass_copyOnItsWay_isDropped() throws IOException {
        capture.write('a');
        capture.flush();
        capture.pass(Reason.ASYNC);
        capture.write('b');
        capture.end();
        assertEquals(List.of(Reason.ASYNC), judge.refusals);
        assertNull(judge.complete);
        assertEquals("ab", target.bytes.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"HOLDING", "TEEING"})
    void abandon_dropsWhatIsHeldOrCopied(State state) throws IOException {
        if (state == State.TEEING) {
            capture.flush();
        }
        capture.write('a');
        assertEquals(state, capture.state());
        capture.abandon(Reason.ERROR);
        assertEquals(State.PASSING, capture.state());
        capture.end();
        capture.abandon(Reason.STATUS);
        assertEquals(List.of(Reason.ERROR), judge.refusals);
        assertNull(judge.complete);
        assertEquals(state == State.TEEING ? 1 : 0, target.bytes.size());
    }

    @Test
    void suspend_nothingWritten_holdsAgainAfterwards() throws IOException {
        assertTrue(capture.suspend());
        assertTrue(capture.unsuspend());
        assertTrue(capture.isHolding());
        capture.write('a');
        assertFalse(capture.suspend());
        assertTrue(capture.unsuspend());
        capture.end();
        assertArrayEquals(utf8("a"), judge.whole);
    }

    @Test
    void unsuspend_somethingPassed_knowsThatTheWholeIsNotKnown() throws IOException {
        assertTrue(capture.suspend());
        capture.write('a');
        assertFalse(capture.unsuspend());
        assertEquals("a", target.bytes.toString(StandardCharsets.UTF_8));
    }

    @Test
    void unsuspend_committedMeanwhile_knowsThatTheWholeIsNotKnown() {
        assertTrue(capture.suspend());
        target.isCommitted = true;
        assertFalse(capture.unsuspend());
    }

    @Test
    void close_holdsNothingAnyMore() throws IOException {
        capture.write('a');
        capture.close();
        capture.end();
        assertEquals(State.ENDED, capture.state());
        assertNull(judge.whole);
        assertEquals(0, target.bytes.size());
    }
}
