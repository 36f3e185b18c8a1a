package dev.pagecache.store;

import dev.pagecache.entry.Stamp;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When names were last raised, in this JVM's memory. Each name has two times: on the node's clock when its last raise
 * took effect here, by which pages of this node are judged; and on the shared clock when it was raised for all, by
 * which pages of others are.
 *
 * <p>It is bounded: a name counts as one for every 64 characters, so that 100,000 short ones take some 20 MB. When it
 * is full, the names raised longest ago are forgotten, and the <em>floors</em> rise to their times: pages below count
 * as revoked, whatever their names. Names that the shared ledger has not confirmed are not forgotten.
 *
 * <p>Safe for use by many threads. Reading takes no lock.
 */
final class RaisedNames {
    /** Of a longer name its digest is kept: or who sends long URLs would fill it by few requests. */
    private static final int MAX_CHARS = 256;

    private static final int CHARS_PER_NAME = 64;

    private final int maxNames;
    private final ConcurrentHashMap<String, Raised> raised = new ConcurrentHashMap<>();

    /** Before the one raised longest ago and behind the latest; also the lock of all writers. */
    private final Raised ends = new Raised("");

    private int weight;
    private volatile Stamp now = Stamp.FIRST;
    private volatile long nodeFloor;
    private volatile long ledgerFloor;

    /** A bit for each first character of a name that was ever raised, by its lowest five bits. */
    private volatile int kinds;

    RaisedNames(int maxNames) {
        if (maxNames <= 0) {
            throw new IllegalArgumentException("maxNames is " + maxNames + ", must be more than 0");
        }
        this.maxNames = maxNames;
    }

    boolean isEmpty() {
        return kinds == 0;
    }

    boolean mayHave(char kind) {
        return (kinds & bit(kind)) != 0;
    }

    private static int bit(char kind) {
        return 1 << (kind & 0x1f);
    }

    /** The stamp of a rendering that begins now. */
    Stamp now() {
        return now;
    }

    /** Raises names here; returns the node's clock at which that took effect. */
    long raise(Collection<String> names, boolean isPending) {
        synchronized (ends) {
            long event = now.node() + 1;
            for (String name : names) {
                Raised entry = found(kept(name));
                entry.node = event;
                if (isPending) {
                    entry.pendingEvent = event;
                }
                makeLatest(entry);
            }
            publish(names, event);
            return event;
        }
    }

    /**
     * Raises names as the shared ledger says, where that is news. What this node has raised itself hides nothing: T1 it
     * raises a name, and renders a page; T2 another node raises the name at 5; T3 its own raise is confirmed, at 6; T4
     * it hears of 5, by which the page is dead.
     */
    void learn(Collection<String> names, long ledgerTime) {
        synchronized (ends) {
            long event = now.node() + 1;
            List<String> news = new ArrayList<>(names.size());
            for (String name : names) {
                Raised entry = found(kept(name));
                if (entry.heard < ledgerTime) {
                    entry.heard = ledgerTime;
                    entry.node = event;
                    entry.ledger = Math.max(entry.ledger, ledgerTime);
                    makeLatest(entry);
                    news.add(name);
                }
            }
            if (!news.isEmpty()) {
                publish(news, event);
            }
        }
    }

    /** The shared ledger has what was raised here by then: pages of others from before are known by their stamps. */
    void confirm(Collection<String> names, long event, long ledgerTime) {
        synchronized (ends) {
            for (String name : names) {
                Raised entry = raised.get(kept(name));
                if (entry != null) {
                    entry.ledger = Math.max(entry.ledger, ledgerTime);
                    // Last: a reader that finds nothing pending finds the time.
                    entry.pendingEvent = entry.pendingEvent <= event ? 0 : entry.pendingEvent;
                }
            }
        }
    }

    /** The same of all names that were raised here by then. */
    void confirmAll(long event, long ledgerTime) {
        synchronized (ends) {
            for (Raised entry = ends.next; entry != ends; entry = entry.next) {
                if (entry.pendingEvent != 0 && entry.pendingEvent <= event) {
                    entry.ledger = Math.max(entry.ledger, ledgerTime);
                    entry.pendingEvent = 0;
                }
            }
            forgetOldest();
        }
    }

    /** All raises of the shared ledger up to this time are here. */
    void advance(long ledgerTime) {
        synchronized (ends) {
            now = new Stamp(Math.max(now.ledger(), ledgerTime), now.node());
        }
    }

    /** The order: first the names, then what says that there are any, then the clock by which new pages are stamped. */
    private void publish(Collection<String> names, long event) {
        int all = kinds;
        for (String name : names) {
            all |= name.isEmpty() ? 0 : bit(name.charAt(0));
        }
        forgetOldest();
        kinds = all;
        now = new Stamp(now.ledger(), event);
    }

    /**
     * A reader looks for the name and then at the floor. T1 finds no name, because T2 has removed it: then T2 had
     * raised the floor before, and T1 sees it.
     */
    boolean isRaisedSince(Stamp stamp, String name) {
        Raised latest = raised.get(kept(name));
        if (stamp.isForeign()) {
            return (latest != null && (latest.pendingEvent != 0 || latest.ledger > stamp.ledger()))
                    || stamp.ledger() < ledgerFloor;
        }
        return (latest != null && latest.node > stamp.node()) || stamp.node() < nodeFloor;
    }

    /** Number of names known. */
    int size() {
        return raised.size();
    }

    private Raised found(String name) {
        Raised known = raised.get(name);
        return known == null ? new Raised(name) : known;
    }

    /** Puts an entry, with its times set, at the end of the ring. */
    private void makeLatest(Raised entry) {
        if (raised.putIfAbsent(entry.name, entry) == null) {
            weight += entry.weight();
        }
        entry.unlink();
        entry.linkBefore(ends);
    }

    private void forgetOldest() {
        Raised oldest = ends.next;
        while (weight > maxNames && oldest != ends) {
            Raised next = oldest.next;
            if (oldest.pendingEvent == 0) {
                nodeFloor = Math.max(nodeFloor, oldest.node);
                ledgerFloor = Math.max(ledgerFloor, oldest.ledger);
                raised.remove(oldest.name);
                oldest.unlink();
                weight -= oldest.weight();
            }
            oldest = next;
        }
    }

    /** What stands for a name, with the same first character: no name begins as a digest does. */
    static String kept(String name) {
        if (name.length() <= MAX_CHARS) {
            return name;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_16BE));
            return name.charAt(0) + "#sha-256:"
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** When a name was last raised, in a ring in the order of raises, whose links are the writers' alone. */
    private static final class Raised {
        private final String name;

        /** The node's clock when the last raise took effect here. */
        private volatile long node;

        /** The shared clock of the latest raise that it has confirmed, 0 if none. */
        private volatile long ledger;

        /** The last raise of this node that the shared ledger has not confirmed, 0 if none. */
        private volatile long pendingEvent;

        /** The latest time that was learned; the writers' alone. */
        private long heard;

        private Raised previous;
        private Raised next;

        @SuppressWarnings("ThisEscapedInObjectConstruction") // a ring of one
        Raised(String name) {
            this.name = name;
            this.previous = this;
            this.next = this;
        }

        int weight() {
            return 1 + Math.max(0, name.length() - 1) / CHARS_PER_NAME;
        }

        void linkBefore(Raised other) {
            previous = other.previous;
            next = other;
            other.previous.next = this;
            other.previous = this;
        }

        void unlink() {
            previous.next = next;
            next.previous = previous;
        }
    }
}
