package dev.pagecache.proof;

import static net.bytebuddy.matcher.ElementMatchers.any;
import static net.bytebuddy.matcher.ElementMatchers.named;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.asm.MemberSubstitution;
import net.bytebuddy.dynamic.loading.ClassReloadingStrategy;
import org.jspecify.annotations.Nullable;

/**
 * The wall clock of one node, by which it tells ages to the others. The filter has no setting for that, so the class
 * that opens its Redis caches is changed in the running JVM: where it takes the system's clock it gets this one.
 *
 * <p>Safe for use by many threads.
 */
public final class NodeClock implements InstantSource {
    private static final String OPENER = "dev.pagecache.servlet.RedisCaches";

    /** That of the node which is being started; nodes are started one after the other. */
    private static final AtomicReference<@Nullable NodeClock> STARTING = new AtomicReference<>();

    private volatile Duration skew = Duration.ZERO;
    private volatile boolean isUsed;

    private NodeClock() {}

    /** Has the filter ask for the clock that {@link #ofNextNode} has made. */
    static void install() throws ReflectiveOperationException {
        ByteBuddyAgent.install();
        Class<?> opener = Class.forName(OPENER);
        new ByteBuddy()
                .redefine(opener)
                .visit(MemberSubstitution.relaxed()
                        .method(named("system"))
                        .replaceWith(NodeClock.class.getMethod("ofStartingNode"))
                        .on(any()))
                .make()
                .load(opener.getClassLoader(), ClassReloadingStrategy.fromInstalledAgent());
    }

    /** The clock of the node that will be started now. */
    static NodeClock ofNextNode() {
        NodeClock clock = new NodeClock();
        STARTING.set(clock);
        return clock;
    }

    /** In place of the system's; called by the filter. */
    public static InstantSource ofStartingNode() {
        NodeClock clock = STARTING.get();
        if (clock == null) {
            return InstantSource.system();
        }
        clock.isUsed = true;
        return clock;
    }

    /** Whether the node has it. */
    boolean isUsed() {
        return isUsed;
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(skew);
    }

    /** Clocks that are set wrong, and right again. */
    static Fault fault(List<NodeClock> clocks) {
        return new Fault(
                "clock set wrong",
                random -> {
                    int node = random.nextInt(clocks.size());
                    Duration skew = some(random);
                    clocks.get(node).skew = skew;
                    return "node " + (node + 1) + " by " + skew;
                },
                () -> clocks.forEach(clock -> clock.skew = Duration.ZERO));
    }

    private static Duration some(RandomGenerator random) {
        return switch (random.nextInt(4)) {
            case 0 -> Duration.ofHours(1);
            case 1 -> Duration.ofDays(-1);
            case 2 -> Duration.ofSeconds(50);
            default -> Duration.ofSeconds(-50);
        };
    }
}
