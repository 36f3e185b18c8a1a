package dev.pagecache.proof;

import dev.pagecache.PageCaches;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One run: nodes over a topology, clients, and a nemesis.
 *
 * <p>Safe for use by its threads.
 */
final class Trial {
    private static final int NODES = 3;
    private static final int CLIENTS = 6;

    private final Plan plan;
    private final PrintStream out;
    private final Catalogue catalogue = new Catalogue();
    private final Purges purges = new Purges(catalogue);
    private final List<Node> nodes = new ArrayList<>();
    private final Totals totals = new Totals(NODES);
    private final Checker checker;
    private final Acks acks;
    private final Health health;
    private final long startNanos;
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    private Trial(Plan plan, PrintStream out, long nowNanos) {
        this.plan = plan;
        this.out = out;
        this.startNanos = nowNanos;
        this.checker = new Checker(plan.bounds().slow());
        this.acks = new Acks(catalogue.items().size(), NODES, plan.bounds());
        this.health = new Health(plan.bounds().recovery().toNanos(), nowNanos);
    }

    /**
     * Runs a plan to its end and prints what happened.
     *
     * @throws IllegalStateException if a client or the nemesis failed by itself, which says nothing of answers
     */
    static Totals run(Plan plan, PrintStream out) throws InterruptedException, ReflectiveOperationException {
        NodeClock.install();
        Trial trial = new Trial(plan, out, System.nanoTime());
        out.println("proof over " + plan.servers() + ": seed " + plan.seed() + ", collapse=" + plan.collapse()
                + ", redis.tracking=" + plan.tracksDeletions());
        Pages pages = new Pages(trial.catalogue);
        try (Topology topology = plan.servers().start()) {
            try {
                for (int node = 0; node < NODES; node++) {
                    trial.nodes.add(Node.start(node, topology.location(node), plan, pages));
                }
                trial.go(topology.faults());
            } finally {
                trial.nodes.forEach(Node::close);
            }
        }
        Exception failure = trial.failure.get();
        if (failure != null) {
            throw new IllegalStateException("the run itself failed, seed " + plan.seed(), failure);
        }
        return trial.totals;
    }

    private void go(List<Fault> ofServers) throws InterruptedException {
        List<Fault> known = new ArrayList<>(ofServers);
        known.add(NodeClock.fault(nodes.stream().map(Node::clock).toList()));
        List<Fault> faults = known.stream().filter(plan.faults()).toList();
        List<Client> clients = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < CLIENTS; i++) {
            Client client = new Client(this, i, plan.seed());
            clients.add(client);
            threads.add(start("client " + i, client));
        }
        threads.add(start("nemesis", new Nemesis(this, faults, plan.pace(), plan.seed())));
        awaitEnd(plan.time().toNanos());
        end.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        clients.forEach(Client::close);
        out.println(totals.text(seconds));
    }

    private static Thread start(String name, Runnable task) {
        Thread thread = new Thread(task, "proof " + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    Catalogue catalogue() {
        return catalogue;
    }

    List<Node> nodes() {
        return nodes;
    }

    Totals totals() {
        return totals;
    }

    Health health() {
        return health;
    }

    boolean goesOn() {
        return end.getCount() > 0;
    }

    /** Waits until so much time has passed or the run is over; says whether it is over. */
    boolean awaitEnd(long nanos) throws InterruptedException {
        return end.await(nanos, TimeUnit.NANOSECONDS);
    }

    /** The harness is broken: nothing more can be said. */
    void failed(Exception cause) {
        failure.compareAndSet(null, cause);
        end.countDown();
    }

    /** Prints a line with the time since the start. */
    void say(String what) {
        out.println(String.format(Locale.ROOT, "%8.1f s  %s", (System.nanoTime() - startNanos) / 1e9, what));
    }

    /** What a page must show if it is asked for now. */
    Acks.Due due(Item item, int node) {
        return acks.due(item.index(), node, System.nanoTime(), health.since());
    }

    /** Counts and checks an answer; gives what a good page says it is. */
    @Nullable
    Identity check(Asked asked, Answer answer) {
        Violation violation = checker.check(asked, answer, catalogue.version(asked.item()));
        checked(asked, answer, violation);
        return violation == null && answer.status() == 200 ? ProofBody.read(answer.body()) : null;
    }

    /** Counts and checks the answer to a HEAD. */
    void checkHead(Asked asked, Answer answer) {
        checked(asked, answer, checker.checkHead(asked, answer, catalogue.version(asked.item())));
        totals.head();
    }

    private void checked(Asked asked, Answer answer, @Nullable Violation violation) {
        totals.answered(asked, answer, health.isHealthy(System.nanoTime()));
        if (violation != null) {
            violated(violation);
        }
        if (totals.requests() >= plan.maxRequests()) {
            end.countDown();
        }
    }

    /** Takes note of the answer to a POST. */
    void changed(Shopper.Step step, Answer answer, String version) {
        totals.changed();
        if (!answer.isWhole() || answer.status() != 200) {
            violated(new Violation(Violation.Type.STATUS, "POST to " + step.item() + " got " + answer));
            return;
        }
        acks.acknowledged(step.item().index(), step.node(), Long.parseLong(version), System.nanoTime());
    }

    /** Changes the data of many pages and purges them. */
    void purge(Shopper.Step step) {
        totals.purged();
        PageCaches caches = PageCaches.of(nodes.get(step.node()).site().context());
        List<Purges.Changed> changed = purges.purge(caches, step);
        long now = System.nanoTime();
        for (Purges.Changed each : changed) {
            acks.acknowledged(each.item().index(), step.node(), each.version(), now);
        }
    }

    private void violated(Violation violation) {
        if (totals.violation(violation)) {
            say("VIOLATION " + violation);
        }
        if (plan.endsAt().contains(violation.type())) {
            end.countDown();
        }
    }
}
