package dev.pagecache.conformance;

import java.util.ArrayList;
import java.util.List;

/** A request as the origin received it: its lines as they stood on the wire, its body without chunks. */
record OriginRequest(String requestLine, List<String> fields, String text) {
    OriginRequest {
        fields = List.copyOf(fields);
    }

    /** The values of all lines of a field. */
    List<String> values(String name) {
        return values(fields, name);
    }

    static List<String> values(List<String> lines, String name) {
        List<String> values = new ArrayList<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (line.substring(0, colon).equalsIgnoreCase(name)) {
                values.add(line.substring(colon + 1).strip());
            }
        }
        return values;
    }
}
