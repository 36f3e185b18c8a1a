package dev.pagecache.proof;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * What a run has counted.
 *
 * <p>Safe for use by many threads.
 */
final class Totals {
    private static final int KEPT = 10;

    private final AtomicLong requests = new AtomicLong();
    private final Map<Kind, AtomicLong> byKind = counters(Kind.class);
    private final AtomicLong changes = new AtomicLong();
    private final AtomicLong purges = new AtomicLong();
    private final AtomicLong heads = new AtomicLong();
    private final AtomicLong notModified = new AtomicLong();
    private final AtomicLong ownErrors = new AtomicLong();
    private final AtomicLong hangUps = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final List<Map<Origin, AtomicLong>> byNode;
    private final Latencies healthy = new Latencies();
    private final Latencies faulty = new Latencies();
    private final Map<String, Integer> faults = new TreeMap<>();
    private final Map<Violation.Type, Long> violations = new TreeMap<>();
    private final List<Violation> first = new ArrayList<>();

    Totals(int nodes) {
        byNode = IntStream.range(0, nodes)
                .mapToObj(node -> counters(Origin.class))
                .toList();
    }

    private static <E extends Enum<E>> Map<E, AtomicLong> counters(Class<E> type) {
        Map<E, AtomicLong> counters = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            counters.put(constant, new AtomicLong());
        }
        return counters;
    }

    private static <E extends Enum<E>> AtomicLong counter(Map<E, AtomicLong> counters, E key) {
        return Objects.requireNonNull(counters.get(key));
    }

    void answered(Asked asked, Answer answer, boolean isHealthy) {
        requests.incrementAndGet();
        counter(byKind, asked.item().kind()).incrementAndGet();
        bytes.addAndGet(answer.body().length);
        counter(byNode.get(asked.node()), answer.origin()).incrementAndGet();
        if (answer.status() == 304) {
            notModified.incrementAndGet();
        }
        if (!answer.isWhole() || answer.status() >= 500) {
            ownErrors.incrementAndGet();
        }
        (isHealthy ? healthy : faulty).add(answer.nanos());
    }

    void head() {
        heads.incrementAndGet();
    }

    void changed() {
        requests.incrementAndGet();
        changes.incrementAndGet();
    }

    void purged() {
        purges.incrementAndGet();
    }

    void hungUp() {
        requests.incrementAndGet();
        hangUps.incrementAndGet();
    }

    synchronized void fault(String name) {
        faults.merge(name, 1, Integer::sum);
    }

    /** Whether it is one of the first. */
    synchronized boolean violation(Violation violation) {
        violations.merge(violation.type(), 1L, Long::sum);
        return first.size() < KEPT && first.add(violation);
    }

    long requests() {
        return requests.get();
    }

    /** Answers by how a cache came by them, of all nodes. */
    long answers(Origin origin) {
        long sum = 0;
        for (Map<Origin, AtomicLong> node : byNode) {
            sum += counter(node, origin).get();
        }
        return sum;
    }

    /** How many violations there were of each type; empty if all answers were right. */
    synchronized Map<Violation.Type, Long> violations() {
        return Map.copyOf(violations);
    }

    /** The summary, some lines. */
    synchronized String text(double seconds) {
        StringBuilder text = new StringBuilder(2000);
        long all = requests.get();
        line(
                text,
                "requests",
                String.format(
                        Locale.ROOT,
                        "%,d in %.0f s, %,.0f/s, %,d MiB",
                        all,
                        seconds,
                        all / seconds,
                        bytes.get() >> 20));
        for (Kind kind : Kind.values()) {
            line(
                    text,
                    "  " + kind.name().toLowerCase(Locale.ROOT),
                    number(counter(byKind, kind).get()));
        }
        line(text, "  change", number(changes.get()));
        line(text, "  purge", number(purges.get()));
        line(text, "  hang up", number(hangUps.get()));
        line(text, "of these HEAD", number(heads.get()));
        line(text, "304", number(notModified.get()));
        line(text, "own errors", number(ownErrors.get()));
        for (int node = 0; node < byNode.size(); node++) {
            StringBuilder origins = new StringBuilder();
            for (Origin origin : Origin.values()) {
                String name = origin.name().toLowerCase(Locale.ROOT);
                origins.append(' ')
                        .append(name)
                        .append(' ')
                        .append(number(counter(byNode.get(node), origin).get()));
            }
            line(text, "node " + (node + 1), origins.substring(1));
        }
        line(text, "faults", faults.toString());
        line(text, "healthy", times(healthy));
        line(text, "faulty", times(faulty));
        line(text, "violations", violations.isEmpty() ? "none" : violations.toString());
        first.forEach(violation -> line(text, "", violation.toString()));
        return text.toString();
    }

    private static String times(Latencies latencies) {
        return String.format(
                Locale.ROOT,
                "%,d answers, 50 %% within %,d us, 99 %% %,d us, 99.9 %% %,d us, all %,d us",
                latencies.count(),
                latencies.micros(0.5),
                latencies.micros(0.99),
                latencies.micros(0.999),
                latencies.micros(1));
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static void line(StringBuilder text, String title, String value) {
        text.append(String.format(Locale.ROOT, "%-14s", title)).append(value).append('\n');
    }
}
