package dev.pagecache.redis;

import dev.pagecache.store.RemoteException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which master of a cluster has which slot, as far as is known. Safe for use by many threads; {@link #refresh} by one
 * at a time.
 */
final class ClusterMap implements AutoCloseable {
    private final List<RedisAddress> seeds;
    private final Function<RedisAddress, Node> maker;
    private final Map<RedisAddress, Node> nodes = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<@Nullable Node> owners = new AtomicReferenceArray<>(SlotRanges.SLOTS);
    private volatile boolean isKnown;
    private volatile boolean isClosed;

    /** The rest is the refresh's own. */
    private Set<RedisAddress> others = Set.of();

    private final Random random;
    private boolean isLost;
    private int masterCount;

    /**
     * Knows nothing yet.
     *
     * @param maker makes the node at an address
     * @param random spreads the questions over the servers
     */
    ClusterMap(List<RedisAddress> seeds, Function<RedisAddress, Node> maker, Random random) {
        this.seeds = seeds;
        this.maker = maker;
        this.random = random;
    }

    /** Whether some server has told its slots. */
    boolean isKnown() {
        return isKnown;
    }

    /** Who has a slot, or null if nobody has. */
    @Nullable
    Node owner(int slot) {
        return owners.get(slot);
    }

    /** The node at an address, a new one if it is not known. */
    Node node(RedisAddress address) {
        return nodes.computeIfAbsent(address, maker);
    }

    /** The nodes that are masters, as far as is known. */
    Collection<Node> nodes() {
        return nodes.values();
    }

    /** A server said so; until the next refresh, or for good. */
    void moved(int slot, Node to) {
        owners.set(slot, to);
    }

    /** Whether at least one node serves. */
    boolean isAnyServing() {
        for (Node node : nodes.values()) {
            if (!node.isSkipped()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Asks for the slots until a server answers that takes the cluster for well: one that is cut off from the others
     * knows an old order. If none does, the first answer has to do.
     */
    void refresh() {
        SlotRanges found = null;
        for (RedisAddress address : askable()) {
            Node known = nodes.get(address);
            Node node = known == null ? maker.apply(address) : known;
            try {
                SlotRanges ranges = SlotRanges.parse(node.ask(Calls.slots()), address);
                boolean isWell = !ranges.masters().isEmpty() && node.ask(Calls.isClusterWell());
                found = isWell || found == null ? ranges : found;
                if (isWell) {
                    break;
                }
            } catch (RemoteException | IllegalStateException e) {
                // It is away, or says what none says: the next one may know.
            } finally {
                if (known == null) {
                    node.close();
                }
            }
        }
        if (found != null && !found.masters().isEmpty()) {
            apply(found);
        } else if (!isLost && !isClosed) {
            isLost = true;
            RedisEvents.clusterLost();
        }
    }

    /** Every server that may know, those that are likely to answer first. */
    private Set<RedisAddress> askable() {
        List<RedisAddress> serving = new ArrayList<>();
        List<RedisAddress> skipped = new ArrayList<>();
        for (Node node : nodes.values()) {
            (node.isSkipped() ? skipped : serving).add(node.address());
        }
        Collections.shuffle(serving, random);
        Set<RedisAddress> all = new LinkedHashSet<>(serving);
        List<RedisAddress> rest = new ArrayList<>(others);
        rest.addAll(seeds);
        rest.removeAll(skipped);
        all.addAll(rest);
        all.addAll(skipped);
        return all;
    }

    private void apply(SlotRanges ranges) {
        @Nullable RedisAddress[] found = ranges.owners();
        Set<RedisAddress> masters = new HashSet<>();
        for (int slot = 0; slot < found.length; slot++) {
            RedisAddress address = found[slot];
            owners.set(slot, address == null ? null : node(address));
            if (address != null) {
                masters.add(address);
            }
        }
        nodes.values().removeIf(node -> {
            boolean isGone = !masters.contains(node.address());
            if (isGone) {
                node.close();
            }
            return isGone;
        });
        others = ranges.others();
        isKnown = true;
        if (isLost || masters.size() != masterCount) {
            isLost = false;
            masterCount = masters.size();
            RedisEvents.clusterFound(masterCount);
        }
    }

    @Override
    public void close() {
        isClosed = true;
        nodes.values().forEach(Node::close);
    }
}
