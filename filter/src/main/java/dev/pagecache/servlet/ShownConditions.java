package dev.pagecache.servlet;

import dev.pagecache.http.Fields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cache's own conditions, shown to the application in place of the client's, and whether it has looked at them: who
 * has not does not answer them.
 *
 * <p>Used by the threads of one exchange.
 */
final class ShownConditions {
    private final Fields fields;
    private volatile boolean isSeen;

    ShownConditions(Fields fields) {
        this.fields = fields;
    }

    /** Whether the application was shown one of them. */
    boolean areSeen() {
        return isSeen;
    }

    @Nullable
    String first(String name) {
        isSeen |= fields.has(name);
        return fields.first(name);
    }

    List<String> all(String name) {
        isSeen |= fields.has(name);
        return fields.all(name);
    }

    List<String> names() {
        isSeen |= fields.size() > 0;
        List<String> names = new ArrayList<>(2);
        fields.forEach((name, value) -> names.add(name));
        return names;
    }
}
