package dev.pagecache.conformance;

import java.util.ArrayList;
import java.util.List;

/**
 * What a client received.
 *
 * @param interim lines of the interim responses before it
 * @param lines status line and field lines as they stood on the wire
 * @param text the body, characters up to 255
 * @param isComplete whether the body had the length that its framing promised
 */
record Reply(List<List<String>> interim, List<String> lines, String text, boolean isComplete) {
    Reply {
        interim = List.copyOf(interim);
        lines = List.copyOf(lines);
    }

    int status() {
        return Integer.parseInt(lines.get(0).substring(9, 12));
    }

    List<String> values(String name) {
        return OriginRequest.values(lines.subList(1, lines.size()), name);
    }

    /** The value of a field that must be there once. */
    String one(String name) {
        List<String> values = values(name);
        if (values.size() != 1) {
            throw new AssertionError("one " + name + " expected in " + this);
        }
        return values.get(0);
    }

    /** Field lines in their order, without those that the cache adds. */
    List<String> originFields() {
        List<String> kept = new ArrayList<>(lines.subList(1, lines.size()));
        kept.removeIf(line -> line.startsWith("Cache-Status:") || line.startsWith("Age:") || line.startsWith("ETag:"));
        return kept;
    }

    /** Whether it was found in the store, or taken over from a request that was just ending. */
    boolean isHit() {
        String status = String.join(",", values("Cache-Status"));
        return status.contains("; hit") || status.contains("; collapsed");
    }

    boolean saysStored() {
        return String.join(",", values("Cache-Status")).contains("; stored");
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n\n" + text + (isComplete ? "" : " [cut]");
    }
}
