package dev.pagecache.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.entry.Stamp;
import dev.pagecache.store.LedgerMirror.Batch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nodes know of a ledger that they share, with every message under the test's control. */
final class LedgerMirrorTest {
    private static final List<String> A = List.of("tag:a");
    private static final List<String> B = List.of("tag:b");
    private static final long MAX_NAMES = 1_000;

    private final FakeRemoteLedger remote = new FakeRemoteLedger((int) MAX_NAMES, 1_000_000);

    /** One node: its mirror, and the messages that are on their way to it. */
    private final class Node {
        private final String id;
        private final RaisedNames names = new RaisedNames((int) MAX_NAMES);
        private final LedgerMirror mirror = new LedgerMirror(names);
        private final ArrayDeque<RemoteLedger.Notice> messages = new ArrayDeque<>();

        Node(String id) {
            this.id = id;
            remote.subscribe(messages::add);
        }

        Node synced() {
            ask();
            return this;
        }

        void ask() {
            long asked = mirror.known();
            mirror.learn(asked, remote.changes(asked));
        }

        /** Sends one batch, if there is one; its answer may be lost. */
        void tell(boolean isAnswered) {
            Batch batch = mirror.nextBatch();
            if (batch != null) {
                RemoteLedger.Raised raised = remote.raise(mirror.known(), id, batch.id(), batch.names());
                if (isAnswered) {
                    mirror.confirm(batch, raised, 0);
                }
            }
        }

        void hearAll() {
            while (!messages.isEmpty()) {
                hear();
            }
        }

        void hear() {
            RemoteLedger.Notice notice = messages.removeFirst();
            mirror.hear(notice, notice.node().equals(id), 0);
        }

        /** All that a node does by itself if nothing goes wrong. */
        void catchUp() {
            while (mirror.pending() > 0) {
                tell(true);
            }
            hearAll();
            ask();
        }

        boolean isDead(Stamp stamp, String name) {
            return names.isRaisedSince(stamp, name)
                    || (names.mayHave('*') && names.isRaisedSince(stamp, RemoteLedger.EVERYTHING))
                    || (stamp.isForeign() && stamp.ledger() < mirror.floor());
        }

        /** What others read of a page of this node. */
        Stamp written(Stamp stamp) {
            return Stamp.foreign(mirror.settled(stamp).ledger());
        }
    }

    private final Node first = new Node("first").synced();
    private final Node second = new Node("second").synced();

    @Test
    void raise_here_revokesAtOnceAndWithoutTheRemote() {
        Stamp before = first.names.now();
        Stamp foreign = Stamp.foreign(first.mirror.known());
        first.mirror.raise(A);
        assertTrue(first.isDead(before, "tag:a"));
        assertTrue(first.isDead(foreign, "tag:a"), "whatever others have rendered, they do not know of it");
        assertFalse(first.isDead(first.names.now(), "tag:a"), "rendered after it");
        assertFalse(first.isDead(before, "tag:b"));
    }

    @Test
    void raise_told_revokesOnOtherNodes() {
        Stamp before = second.names.now();
        Stamp written = second.written(before);
        first.mirror.raise(A);
        first.tell(true);
        assertFalse(second.isDead(before, "tag:a"), "it has not heard");
        second.hearAll();
        assertTrue(second.isDead(before, "tag:a"));
        assertTrue(first.isDead(written, "tag:a"));
        assertFalse(second.isDead(second.names.now(), "tag:a"));
    }

    /** A page that is rendered right after its own URL was changed is good for all nodes. */
    @Test
    void settled_ownRaiseBefore_isKnownToThePage() {
        first.mirror.raise(A);
        Stamp after = first.names.now();
        assertTrue(second.isDead(first.written(after), "tag:a") || !second.names.mayHave('t'));
        first.tell(true);
        second.hearAll();
        assertFalse(second.isDead(first.written(after), "tag:a"));
        assertFalse(first.isDead(after, "tag:a"));
    }

    @Test
    void settled_ownRaiseAfter_isNotKnownToThePage() {
        Stamp before = first.names.now();
        first.mirror.raise(A);
        first.tell(true);
        second.hearAll();
        assertTrue(second.isDead(first.written(before), "tag:a"));
    }

    @Test
    void settled_foreignRaiseBetween_isNotKnownToThePage() {
        first.mirror.raise(A);
        Stamp after = first.names.now();
        second.mirror.raise(B);
        second.tell(true);
        first.tell(true);
        first.hearAll();
        second.hearAll();
        assertTrue(second.isDead(first.written(after), "tag:b"), "rendered without knowing of it");
    }

    /** T1 a raise of another node is on its way; T2 this node's own, later one is answered first. */
    @Test
    void clock_raiseMissing_waitsForIt() {
        second.mirror.raise(A);
        second.tell(true);
        first.mirror.raise(B);
        long known = first.mirror.known();
        first.tell(true);
        assertEquals(known, first.mirror.known());
        assertTrue(first.mirror.isBehind());
        Stamp rendered = first.names.now();
        first.ask();
        assertFalse(first.mirror.isBehind());
        assertTrue(first.isDead(rendered, "tag:a"));
        assertTrue(second.isDead(first.written(rendered), "tag:a"));
    }

    @Test
    void clock_messageLost_isFoundByTheNextOne() {
        second.mirror.raise(A);
        second.tell(true);
        first.messages.clear();
        second.mirror.raise(B);
        second.tell(true);
        first.hearAll();
        assertTrue(first.mirror.isBehind());
    }

    @Test
    void clock_messageLost_isFoundByAsking() {
        Stamp before = first.names.now();
        second.mirror.raise(A);
        second.tell(true);
        first.messages.clear();
        first.ask();
        assertTrue(first.isDead(before, "tag:a"));
    }

    @Test
    void answerLost_messageHeard_confirms() {
        first.mirror.raise(A);
        Stamp after = first.names.now();
        first.tell(false);
        assertEquals(1, first.mirror.pending());
        first.hearAll();
        assertEquals(0, first.mirror.pending());
        assertFalse(first.isDead(after, "tag:a"));
        assertNull(first.mirror.nextBatch());
    }

    @Test
    void answerAndMessageLost_isToldAgain() {
        first.mirror.raise(A);
        first.tell(false);
        first.messages.clear();
        Batch again = Objects.requireNonNull(first.mirror.nextBatch());
        assertEquals(A, again.names());
    }

    @Test
    void raise_whileItsNameIsOnItsWay_isToldOnceMore() {
        first.mirror.raise(A);
        Batch batch = Objects.requireNonNull(first.mirror.nextBatch());
        Stamp between = first.names.now();
        first.mirror.raise(A);
        first.mirror.confirm(batch, remote.raise(first.mirror.known(), "first", batch.id(), batch.names()), 0);
        assertEquals(1, first.mirror.pending());
        assertTrue(first.isDead(Stamp.foreign(first.mirror.known()), "tag:a"), "others do not know of the second one");
        assertTrue(first.isDead(between, "tag:a"));
    }

    @Test
    void raise_tooManyAtOnce_becomesOneOfEverything() {
        List<String> many = new ArrayList<>();
        for (int i = 0; i <= LedgerMirror.MAX_PENDING; i++) {
            many.add("tag:" + i);
        }
        Stamp before = second.names.now();
        assertTrue(first.mirror.raise(many));
        assertEquals(1, first.mirror.pending());
        first.catchUp();
        second.catchUp();
        assertTrue(second.isDead(before, "tag:never raised"));
        Stamp after = second.names.now();
        assertFalse(first.isDead(second.written(after), "tag:7"), "nothing waits any more");
    }

    /** Redis was restarted without persistence, or has evicted the ledger. */
    @Test
    void ledgerLost_pagesOfBefore_areNotTrusted() {
        first.mirror.raise(A);
        first.catchUp();
        Stamp written = first.written(first.names.now());
        remote.now(1_000_500);
        remote.lose();
        Node third = new Node("third").synced();
        assertTrue(third.isDead(written, "tag:never raised"));
        first.ask();
        assertFalse(third.isDead(first.written(first.names.now()), "tag:a"), "and new ones are");
    }

    /** A replica that lagged behind has taken the place of the server, and its clock is behind, too. */
    @Test
    void ledgerSetBack_raisesThatAreLost_areToldAgainOrTakePagesWithThem() {
        FakeRemoteLedger replica = remote.copy();
        Stamp old = Stamp.foreign(second.mirror.known());
        first.mirror.raise(A);
        first.tell(true);
        first.messages.clear();
        second.messages.clear();
        remote.restore(replica);
        remote.now(900_000);
        assertFalse(second.isDead(old, "tag:a"), "it has not heard");
        first.mirror.tellAgain(-1);
        first.catchUp();
        second.catchUp();
        assertTrue(second.isDead(old, "tag:a"));
        assertTrue(new Node("third").synced().isDead(old, "tag:a"));
    }

    /** Nodes that know a later time than the ledger make all others distrust what was lost. */
    @Test
    void ledgerSetBack_nobodyTellsAgain_pagesOfBeforeAreNotTrusted() {
        FakeRemoteLedger replica = remote.copy();
        Stamp old = Stamp.foreign(second.mirror.known());
        first.mirror.raise(A);
        first.catchUp();
        remote.restore(replica);
        first.ask();
        assertTrue(new Node("third").synced().isDead(old, "tag:a"));
    }

    @Test
    void ledgerFull_forgottenNames_takeOlderPagesWithThem() {
        Stamp old = Stamp.foreign(second.mirror.known());
        for (int i = 0; i <= MAX_NAMES; i++) {
            first.mirror.raise(List.of("tag:" + i));
            first.tell(true);
        }
        assertTrue(new Node("third").synced().isDead(old, "tag:never raised"));
    }

    /** A page with the facts by which the test judges it. */
    private record Rendered(Node node, String name, int step, Stamp stamp) {}

    /** A raise, and when the remote ledger had it. */
    private static final class Raise {
        private final Node node;
        private final String name;
        private final int step;

        Raise(Node node, String name, int step) {
            this.node = node;
            this.name = name;
            this.step = step;
        }
    }

    /**
     * Three nodes render and raise; answers and messages are late or lost. Always: what a node has raised is dead on it
     * at once, and when all have caught up nobody finds a page that was rendered before a raise of its name, wherever.
     * And what is rendered by then lives.
     */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 9_111, 20_261_123})
    void anySequence_noPageOlderThanARaise_isFound(long seed) {
        Random random = new Random(seed);
        List<Node> nodes = List.of(first, second, new Node("third").synced());
        List<Rendered> pages = new ArrayList<>();
        List<Raise> raises = new ArrayList<>();
        for (int step = 1; step <= 3_000; step++) {
            Node node = nodes.get(random.nextInt(3));
            String name = "tag:" + random.nextInt(12);
            switch (random.nextInt(9)) {
                case 0, 1, 2 -> pages.add(new Rendered(node, name, step, node.names.now()));
                case 3 -> {
                    node.mirror.raise(List.of(name));
                    raises.add(new Raise(node, name, step));
                }
                case 4 -> node.tell(random.nextInt(4) > 0);
                case 5, 6 -> {
                    if (!node.messages.isEmpty()) {
                        node.hear();
                    }
                }
                case 7 -> {
                    if (random.nextInt(4) == 0) {
                        node.messages.clear();
                    } else {
                        node.ask();
                    }
                }
                default -> remote.now(1_000_000 + random.nextInt(2_000));
            }
            if (step % 100 == 0) {
                String where = "seed " + seed + " step " + step;
                for (Rendered page : pages) {
                    checkRaisesOfEach(nodes, page, raises, where);
                }
            }
            if (step % 500 == 0) {
                nodes.forEach(Node::catchUp);
                nodes.forEach(Node::catchUp);
                String where = "seed " + seed + " step " + step + " all caught up";
                for (Rendered page : pages) {
                    checkAllRaises(nodes, page, raises, where);
                }
                for (Node renderer : nodes) {
                    Stamp stamp = renderer.names.now();
                    for (Node reader : nodes) {
                        Stamp read = reader == renderer ? stamp : renderer.written(stamp);
                        assertFalse(reader.isDead(read, "tag:1"), where + ": dead without need");
                    }
                }
                pages.clear();
                raises.clear();
            }
        }
    }

    private static void checkRaisesOfEach(List<Node> nodes, Rendered page, List<Raise> raises, String where) {
        for (Raise raise : raises) {
            if (raise.name.equals(page.name()) && raise.step > page.step()) {
                for (Node reader : nodes) {
                    if (reader == raise.node) {
                        assertTrue(isDead(reader, page), () -> where + ": alive where it was raised: " + page);
                    }
                }
            }
        }
    }

    private static void checkAllRaises(List<Node> nodes, Rendered page, List<Raise> raises, String where) {
        for (Raise raise : raises) {
            if (raise.name.equals(page.name()) && raise.step > page.step()) {
                for (Node reader : nodes) {
                    assertTrue(isDead(reader, page), () -> where + ": alive on " + reader.id + ": " + page);
                }
            }
        }
    }

    private static boolean isDead(Node reader, Rendered page) {
        Stamp stamp = reader == page.node() ? page.stamp() : page.node().written(page.stamp());
        return reader.isDead(stamp, page.name());
    }
}
