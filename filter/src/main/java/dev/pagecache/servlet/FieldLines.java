package dev.pagecache.servlet;

import dev.pagecache.http.Fields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Field lines that are still being set, as a container keeps them. Confined to one response. */
final class FieldLines {
    private Fields lines = Fields.empty();

    void set(String name, String value) {
        lines = lines.with(name, value);
    }

    void add(String name, String value) {
        List<String> all = new ArrayList<>(2 * lines.size() + 2);
        lines.forEach((ownName, ownValue) -> {
            all.add(ownName);
            all.add(ownValue);
        });
        all.add(name);
        all.add(value);
        lines = Fields.of(all.toArray(String[]::new));
    }

    void remove(String name) {
        lines = lines.without(name::equalsIgnoreCase);
    }

    void clear() {
        lines = Fields.empty();
    }

    @Nullable
    String first(String name) {
        return lines.first(name);
    }

    List<String> all(String name) {
        return lines.all(name);
    }

    /** Each name once, in the letter case that came first. */
    Collection<String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        lines.forEach((name, value) -> names.putIfAbsent(name.toLowerCase(Locale.ROOT), name));
        return List.copyOf(names.values());
    }
}
