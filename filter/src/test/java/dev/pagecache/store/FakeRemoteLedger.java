package dev.pagecache.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The ledger of all nodes, in memory and without connections: what the scripts in Redis do. Whoever subscribes is told
 * at once; a test may hold back what it is told.
 */
final class FakeRemoteLedger {
    private final Map<String, Long> names = new LinkedHashMap<>();
    private final List<Consumer<RemoteLedger.Notice>> listeners = new ArrayList<>();
    private final int maxNames;
    private long now;
    private long clock;
    private long floor;

    FakeRemoteLedger(int maxNames, long now) {
        this.maxNames = maxNames;
        this.now = now;
    }

    void subscribe(Consumer<RemoteLedger.Notice> listener) {
        listeners.add(listener);
    }

    /** Sets the server's wall clock. */
    void now(long millis) {
        now = millis;
    }

    /** Everything is gone, as after a restart without persistence. */
    void lose() {
        names.clear();
        clock = 0;
        floor = 0;
    }

    /** A state to which {@link #restore} can go back. */
    FakeRemoteLedger copy() {
        FakeRemoteLedger copy = new FakeRemoteLedger(maxNames, now);
        copy.names.putAll(names);
        copy.clock = clock;
        copy.floor = floor;
        return copy;
    }

    /** A server that lacks the latest raises takes this one's place. */
    void restore(FakeRemoteLedger other) {
        names.clear();
        names.putAll(other.names);
        clock = other.clock;
        floor = other.floor;
    }

    RemoteLedger.Raised raise(long known, String node, long batch, Collection<String> raised) {
        begin(known);
        long previous = clock;
        clock = Math.max(clock + 1, now);
        for (String name : raised) {
            names.remove(name);
            names.put(name, clock);
        }
        while (names.size() > maxNames) {
            String oldest = names.keySet().iterator().next();
            floor = Math.max(floor, Objects.requireNonNull(names.remove(oldest)));
        }
        RemoteLedger.Notice notice = new RemoteLedger.Notice(previous, clock, node, batch, List.copyOf(raised));
        listeners.forEach(listener -> listener.accept(notice));
        return new RemoteLedger.Raised(previous, clock);
    }

    RemoteLedger.Changes changes(long known) {
        begin(known);
        List<RemoteLedger.Change> changes = names.entrySet().stream()
                .filter(entry -> entry.getValue() > known)
                .map(entry -> new RemoteLedger.Change(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(RemoteLedger.Change::time))
                .toList();
        return new RemoteLedger.Changes(clock, floor, true, changes);
    }

    private void begin(long known) {
        if (clock == 0) {
            clock = Math.max(now, known + 1);
            floor = clock;
        } else if (clock < known) {
            clock = known;
            floor = known;
        }
    }
}
