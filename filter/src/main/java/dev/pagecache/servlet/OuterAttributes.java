package dev.pagecache.servlet;

import dev.pagecache.policy.AttributeRules;
import dev.pagecache.policy.FactNames;
import dev.pagecache.policy.Input;
import dev.pagecache.policy.TrustRules;
import jakarta.servlet.ServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The attributes that a request had when it came to the cache: the container or filters outside have set them, from
 * whatever they know of the request. What the application sets itself is its own and no input.
 *
 * <p>Safe for use by the threads of one exchange.
 */
final class OuterAttributes {
    /** Nothing is watched. */
    static final OuterAttributes NONE = new OuterAttributes(Map.of(), Set.of(), false, false);

    private final Map<String, Object> arrived;
    private final Set<String> trusted;
    private final boolean isWatching;
    private final boolean isWrapped;
    private final boolean tellOfRequestOnThread;

    /** What a wrapper answers when it is asked by name, and has no name for. */
    private final Map<String, Object> late = new ConcurrentHashMap<>();

    private final Set<String> own = ConcurrentHashMap.newKeySet();

    private OuterAttributes(Map<String, Object> arrived, Set<String> trusted, boolean isWatching, boolean isWrapped) {
        this.arrived = arrived;
        this.trusted = trusted;
        this.isWatching = isWatching;
        this.isWrapped = isWrapped;
        this.tellOfRequestOnThread = tellOfRequestOnThread(arrived);
    }

    /**
     * Takes them down, before the application can change them.
     *
     * @param trusted names on which no page depends, as written in the settings
     * @param isWrapped whether a wrapper outside may have attributes that are not among their names
     */
    static OuterAttributes of(ServletRequest request, Set<String> trusted, boolean isWrapped) {
        Map<String, Object> arrived = new HashMap<>();
        for (Enumeration<String> names = request.getAttributeNames(); names.hasMoreElements(); ) {
            String name = names.nextElement();
            Object value = request.getAttribute(name);
            if (value != null) {
                arrived.put(name, value);
            }
        }
        return new OuterAttributes(arrived, trusted, true, isWrapped);
    }

    /** The application sets or removes an attribute. */
    void own(String name) {
        if (isWatching) {
            own.add(name);
        }
    }

    /** The application reads an attribute. */
    void read(@Nullable String name, @Nullable Object value, InputLog inputs) {
        if (!isWatching || name == null || own.contains(name) || TrustRules.isNamed(trusted, name)) {
            return;
        }
        if (isWrapped && !arrived.containsKey(name) && !AttributeRules.isHarmless(name)) {
            if (value == null) {
                inputs.noteFact(FactNames.attribute(name));
            } else {
                late.putIfAbsent(name, value);
            }
        }
        Object known = known(name);
        switch (AttributeRules.assess(name, known, known != null || value != null)) {
            case PRINCIPAL -> inputs.note(Input.PRINCIPAL);
            case CONNECTION -> inputs.note(Input.CONNECTION);
            case OBJECT -> inputs.noteAttribute(name);
            case VALUE -> inputs.noteFact(FactNames.attribute(name));
            case ABSENCE -> inputs.noteFact(FactNames.ATTRIBUTE_NAMES);
            case NOTHING -> {}
        }
    }

    private @Nullable Object known(String name) {
        Object value = arrived.get(name);
        return value == null ? late.get(name) : value;
    }

    /** Whether a framework outside has put the request on the thread, where the application finds it. */
    boolean tellOfRequestOnThread() {
        return tellOfRequestOnThread;
    }

    private static boolean tellOfRequestOnThread(Map<String, Object> arrived) {
        for (String name : arrived.keySet()) {
            if (AttributeRules.tellsOfRequestOnThread(name)) {
                return true;
            }
        }
        return false;
    }

    /** The value of an attribute as a key holds it, null where there is none. */
    @Nullable
    String value(String name) {
        return AttributeRules.value(known(name));
    }

    /** Names of all of them as a key holds them. */
    String names() {
        return names(Collections.enumeration(arrived.keySet()));
    }

    /** Names of attributes as a key holds them. */
    static String names(Enumeration<String> all) {
        TreeSet<String> names = new TreeSet<>();
        while (all.hasMoreElements()) {
            String name = all.nextElement();
            if (!AttributeRules.isHarmless(name)) {
                names.add(name);
            }
        }
        StringBuilder joined = new StringBuilder();
        for (String name : names) {
            joined.append(name.length()).append(':').append(name);
        }
        return joined.toString();
    }
}
