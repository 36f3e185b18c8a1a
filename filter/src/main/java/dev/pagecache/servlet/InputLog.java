package dev.pagecache.servlet;

import dev.pagecache.policy.Input;
import dev.pagecache.policy.InputsRead;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** What the application reads of a request. Safe for use by the threads of one exchange. */
final class InputLog {
    private final Set<String> fields = new HashSet<>();
    private final Set<Input> others = EnumSet.noneOf(Input.class);

    synchronized void note(Input input) {
        others.add(input);
    }

    synchronized void noteField(String name) {
        fields.add(name.toLowerCase(Locale.ROOT));
    }

    synchronized InputsRead inputs() {
        return fields.isEmpty() && others.isEmpty() ? InputsRead.NONE : new InputsRead(fields, others);
    }
}
