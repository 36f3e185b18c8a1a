package dev.pagecache.conformance;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which fields belong to one connection only (RFC 9110 section 7.6.1). */
final class HopByHop {
    private static final Set<String> NAMES =
            Set.of("connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade");

    private HopByHop() {}

    /** The fields that go on to the next connection, in their order. */
    static List<Field> without(List<Field> fields) {
        Set<String> named = namedByConnection(fields);
        List<Field> kept = new ArrayList<>();
        for (Field field : fields) {
            String name = field.lowerName();
            if (!NAMES.contains(name) && !named.contains(name)) {
                kept.add(field);
            }
        }
        return kept;
    }

    private static Set<String> namedByConnection(List<Field> fields) {
        Set<String> named = new HashSet<>();
        for (Field field : fields) {
            if (field.is("Connection")) {
                for (String name : field.value().split(",", -1)) {
                    named.add(name.strip().toLowerCase(Locale.ROOT));
                }
            }
        }
        return named;
    }
}
