package dev.pagecache.servlet;

import dev.pagecache.policy.Input;
import dev.pagecache.policy.InputsRead;
import dev.pagecache.policy.QueryRules;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the application reads of a request. Safe for use by the threads of one exchange. */
final class InputLog {
    private final Set<String> keyedFields;
    private final Set<Input> keyed;
    private final Set<String> fields = new HashSet<>();
    private final Set<Input> others = EnumSet.noneOf(Input.class);
    private final Set<String> objects = new TreeSet<>();

    /** What was read when it was asked for last, or null if more has been read since. */
    private @Nullable InputsRead latest;

    InputLog() {
        this(Set.of(), Set.of());
    }

    private InputLog(Set<String> keyedFields, Set<Input> keyed) {
        this.keyedFields = keyedFields;
        this.keyed = keyed;
    }

    /** The log of a request: of a QUERY it leaves out what its key holds, of a POST it began below the view. */
    static InputLog of(HttpServletRequest request) {
        if (request instanceof UnsafeRequest unsafe) {
            return unsafe.inputs();
        }
        return request instanceof QueryRequest
                ? new InputLog(QueryRules.KEYED_FIELDS, Set.of(Input.CONTENT))
                : new InputLog();
    }

    synchronized void note(Input input) {
        if (!keyed.contains(input) && others.add(input)) {
            latest = null;
        }
    }

    /** An attribute whose value no key holds. */
    synchronized void noteAttribute(String name) {
        objects.add(name);
        note(Input.ATTRIBUTE);
    }

    synchronized void noteField(String name) {
        String lowerCase = CommonFields.lowerCase(name);
        if (!keyedFields.contains(lowerCase)) {
            noteFact(lowerCase);
        }
    }

    /** What is no field and has a name in keys. */
    synchronized void noteFact(String name) {
        if (fields.add(name)) {
            latest = null;
        }
    }

    synchronized boolean hasFact(String name) {
        return fields.contains(name);
    }

    synchronized InputsRead inputs() {
        if (latest == null) {
            latest = fields.isEmpty() && others.isEmpty() ? InputsRead.NONE : new InputsRead(fields, others);
        }
        return latest;
    }

    /** Names of the attributes whose values no key holds, sorted. */
    synchronized Set<String> objects() {
        return Set.copyOf(objects);
    }
}
