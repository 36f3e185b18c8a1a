package dev.pagecache.servlet;

import dev.pagecache.policy.Input;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What the application read of a request that no key holds. Safe for use by the threads of one exchange. */
final class InputLog {
    private final Set<Input> inputs = Collections.synchronizedSet(EnumSet.noneOf(Input.class));

    void note(Input input) {
        inputs.add(input);
    }

    Set<Input> inputs() {
        synchronized (inputs) {
            return Set.copyOf(inputs);
        }
    }
}
