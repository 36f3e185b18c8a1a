package dev.pagecache.store;

import dev.pagecache.entry.Stamp;
import dev.pagecache.store.RemoteLedger.Change;
import dev.pagecache.store.RemoteLedger.Changes;
import dev.pagecache.store.RemoteLedger.Notice;
import dev.pagecache.store.RemoteLedger.Raised;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one node knows of the shared ledger, and what it has to tell. It does nothing by itself: its owner brings the
 * answers and messages of the ledger, in any order, late, twice or not at all.
 *
 * <p>The one rule: the clock of new pages ({@link RaisedNames#now}) reaches a time only when every raise up to it is
 * here. Each raise names the one before it, so that one which is missing shows. T1 another node raises a name at 5; T2
 * this node's own raise is answered with 6, after 5, and 5 is not here: the clock stays at 4, and the owner asks for
 * what came after 4. Pages that are rendered meanwhile have the stamp 4 and die for others by 5 and 6: a render too
 * many, never a page too old.
 *
 * <p>Not safe for use by many threads: its owner holds a lock around every call.
 */
final class LedgerMirror {
    /** Raises that the remote ledger lacks; more of them are one raise of everything. */
    static final int MAX_PENDING = 10_000;

    private static final int MAX_STEPS = 1_024;
    private static final int MAX_TOLD = 64;
    private static final long NOT_OWN = Long.MAX_VALUE;

    private final RaisedNames names;

    /** Names to be raised remotely with the node's clock of their last raise, longest waiting first. */
    private final Map<String, Long> pending = new LinkedHashMap<>();

    /** The latest raises of the remote ledger without a gap, to tell which of them are this node's own. */
    private final ArrayDeque<Step> steps = new ArrayDeque<>();

    /** The latest own raises that the ledger has confirmed: a server that takes another's place may lack them. */
    private final ArrayDeque<Told> told = new ArrayDeque<>();

    private @Nullable Batch inFlight;
    private long batches;
    private boolean isBehind = true;
    private boolean isSynced;
    private volatile long floor;

    LedgerMirror(RaisedNames names) {
        this.names = names;
    }

    /**
     * Names on their way.
     *
     * @param id the node's own number
     * @param event the node's clock of the last of their raises
     */
    record Batch(long id, long event, List<String> names) {}

    /** A raise of the remote ledger: own ones have the node's clock, others none. */
    private record Step(long previous, long time, long event) {}

    private record Told(Batch batch, long nanos) {}

    /**
     * Raises names here at once; {@link #nextBatch} has them for the others. Returns whether they were too many, so
     * that everything is raised in place of what waits.
     */
    boolean raise(Collection<String> raised) {
        long event = names.raise(raised, true);
        for (String name : raised) {
            want(RaisedNames.kept(name), event);
        }
        if (pending.size() <= MAX_PENDING) {
            return false;
        }
        long all = names.raise(List.of(RemoteLedger.EVERYTHING), true);
        pending.clear();
        pending.put(RemoteLedger.EVERYTHING, all);
        return true;
    }

    private void want(String name, long event) {
        pending.remove(name);
        pending.put(name, event);
    }

    /** What to raise remotely next, the same until it is confirmed; null if there is nothing. */
    @Nullable
    Batch nextBatch() {
        if (inFlight == null && !pending.isEmpty()) {
            List<String> batch = new ArrayList<>();
            long event = 0;
            Iterator<Map.Entry<String, Long>> oldest = pending.entrySet().iterator();
            while (oldest.hasNext() && batch.size() < RemoteLedger.MAX_BATCH) {
                Map.Entry<String, Long> entry = oldest.next();
                batch.add(entry.getKey());
                event = Math.max(event, entry.getValue());
            }
            inFlight = new Batch(++batches, event, List.copyOf(batch));
        }
        return inFlight;
    }

    /** The remote ledger has answered the batch. */
    void confirm(Batch batch, Raised raised, long nowNanos) {
        for (String name : batch.names()) {
            Long event = pending.get(name);
            if (event != null && event <= batch.event()) {
                pending.remove(name);
            }
        }
        names.confirm(batch.names(), batch.event(), raised.time());
        if (batch.names().contains(RemoteLedger.EVERYTHING)) {
            names.confirmAll(batch.event(), raised.time());
        }
        if (inFlight != null && inFlight.id() == batch.id()) {
            inFlight = null;
            told.addLast(new Told(batch, nowNanos));
            if (told.size() > MAX_TOLD) {
                told.removeFirst();
            }
        }
        advance(new Step(raised.previous(), raised.time(), batch.event()));
    }

    /** A message of the remote ledger; {@code isOwn} if this node has raised it. */
    void hear(Notice notice, boolean isOwn, long nowNanos) {
        Batch batch = inFlight;
        if (isOwn && batch != null && batch.id() == notice.batch()) {
            confirm(batch, new Raised(notice.previous(), notice.time()), nowNanos);
            return;
        }
        names.learn(notice.names(), notice.time());
        advance(new Step(notice.previous(), notice.time(), NOT_OWN));
    }

    /** The answer to the question what was raised after {@code asked}. */
    void learn(long asked, Changes changes) {
        for (Change change : changes.names()) {
            names.learn(List.of(change.name()), change.time());
        }
        floor = Math.max(floor, changes.floor());
        long known = known();
        if (changes.time() > known && asked <= known) {
            follow(new Step(known, changes.time(), NOT_OWN));
        }
        if (changes.isComplete()) {
            isSynced = true;
            isBehind = false;
        }
    }

    private void advance(Step step) {
        long known = known();
        if (step.time() <= known) {
            return;
        }
        if (isSynced && step.previous() == known) {
            follow(step);
        } else {
            isBehind = true;
        }
    }

    private void follow(Step step) {
        names.advance(step.time());
        steps.addLast(step);
        if (steps.size() > MAX_STEPS) {
            steps.removeFirst();
        }
    }

    /** The server may be another now, which lacks the latest raises: those of this node since then are raised again. */
    void tellAgain(long sinceNanos) {
        isBehind = true;
        while (!told.isEmpty()) {
            Told last = told.removeFirst();
            if (last.nanos() - sinceNanos >= 0) {
                last.batch()
                        .names()
                        .forEach(name -> pending.putIfAbsent(name, last.batch().event()));
            }
        }
    }

    /** The time up to which all raises are known. */
    long known() {
        return names.now().ledger();
    }

    /** Whether raises may be missing. */
    boolean isBehind() {
        return isBehind;
    }

    boolean isSynced() {
        return isSynced;
    }

    /** Pages of others from before it cannot be judged. */
    long floor() {
        return floor;
    }

    /** Number of names that are to be told. */
    int pending() {
        return pending.size();
    }

    /** Whether others lack a raise that took effect here by then. */
    boolean isPending(long event) {
        for (long waiting : pending.values()) {
            if (waiting <= event) {
                return true;
            }
        }
        return false;
    }

    /**
     * The latest time that a page of this stamp can claim to know: raises that follow its own time without a gap and
     * are this node's own from before its rendering are known to it.
     */
    Stamp settled(Stamp stamp) {
        long time = stamp.ledger();
        for (Step step : steps) {
            if (step.time() > time) {
                if (step.previous() != time || step.event() > stamp.node()) {
                    break;
                }
                time = step.time();
            }
        }
        return new Stamp(time, stamp.node());
    }
}
