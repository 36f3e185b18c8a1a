package dev.pagecache.fuzz;

import dev.pagecache.http.Fields;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One input of a fuzz test, and the forms in which targets ask for it: lines of text, separated by line feeds.
 *
 * <p>Confined to one run.
 */
public final class FuzzInput {
    private static final boolean IS_FUZZING = System.getenv("JAZZER_FUZZ") != null;

    /**
     * What a call may allocate whatever the input: its tables and results. What Jazzer adds to each comparison while it
     * fuzzes allocates as well, so that only much more tells anything then.
     */
    private static final long BASE_BYTES = IS_FUZZING ? 32 << 20 : 256 << 10;

    /** What a call may allocate per byte of the input. */
    private static final long BYTES_PER_BYTE = IS_FUZZING ? 64 << 10 : 1 << 10;

    private final byte[] bytes;

    private FuzzInput(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Runs a target. Whatever it throws is a finding, and comes with the input as a line that can stand among the
     * seeds.
     *
     * @param bytes the input
     * @param target calls what is tested, and asserts what must hold
     */
    public static void run(byte[] bytes, Consumer<FuzzInput> target) {
        try {
            target.accept(new FuzzInput(bytes));
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            throw new AssertionError("seed: " + SeedText.lineOf(bytes) + "\n" + e, e);
        }
    }

    /**
     * What a call gives, which must not allocate more than a small multiple of the input. A call that allocates more is
     * repeated before it counts, because the first one may have loaded classes.
     *
     * @param call what is tested, without side effects
     * @param <T> type of its result
     * @return its result
     */
    public <T> T bounded(Supplier<T> call) {
        long limit = BASE_BYTES + BYTES_PER_BYTE * bytes.length;
        long before = allocatedBytes();
        T result = call.get();
        if (allocatedBytes() - before > limit) {
            before = allocatedBytes();
            result = call.get();
            long allocated = allocatedBytes() - before;
            if (allocated > limit) {
                throw new AssertionError(bytes.length + " bytes of input made it allocate " + allocated);
            }
        }
        return result;
    }

    private static long allocatedBytes() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    /** The input itself. */
    public byte[] bytes() {
        return bytes;
    }

    /** All of it, one character per byte, as containers read fields. */
    public String text() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Its lines, one character per byte, at least one. */
    public List<String> lines() {
        return split(text(), '\n');
    }

    /** Its lines, read as UTF-8, at least one. */
    public List<String> unicodeLines() {
        return split(new String(bytes, StandardCharsets.UTF_8), '\n');
    }

    /** Its lines from one on as field lines: the name ends at the first colon, without which there is none. */
    public Fields fields(int fromLine) {
        List<String> lines = lines();
        List<String> namesAndValues = new ArrayList<>();
        for (String line : lines.subList(Math.min(fromLine, lines.size()), lines.size())) {
            int colon = line.indexOf(':');
            if (colon >= 0) {
                namesAndValues.add(line.substring(0, colon));
                namesAndValues.add(line.substring(colon + 1).strip());
            }
        }
        return Fields.of(namesAndValues.toArray(String[]::new));
    }

    /** A line, or an empty text where there are not so many. */
    public String line(int index) {
        List<String> lines = lines();
        return index < lines.size() ? lines.get(index) : "";
    }

    /** The number that a line spells, or one made of its characters. */
    public long number(int index) {
        String line = line(index);
        try {
            return Long.parseLong(line);
        } catch (NumberFormatException e) {
            return Arrays.hashCode(line.getBytes(StandardCharsets.ISO_8859_1)) * 0x9E3779B97F4A7C15L;
        }
    }

    /**
     * The parts of a text.
     *
     * @param text any text
     * @param separator what stands between them
     * @return at least one part; parts may be empty
     */
    public static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == separator) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        return parts;
    }

    /**
     * The members of a list, what stands in quoted-strings left out. Written apart from the code that is tested.
     *
     * @param line value of one field line
     * @return members, which may be empty; of a quoted-string its quotes stay
     */
    public static List<String> unquotedMembers(String line) {
        StringBuilder outside = new StringBuilder();
        boolean isInside = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (isInside && c == '\\') {
                i++;
            } else if (c == '"') {
                isInside = !isInside;
                outside.append(c);
            } else if (!isInside) {
                outside.append(c);
            }
        }
        return split(outside.toString(), ',');
    }
}
