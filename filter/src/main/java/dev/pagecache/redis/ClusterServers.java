package dev.pagecache.redis;

import dev.pagecache.redis.LinePool.Manner;
import dev.pagecache.store.RemoteException;
import dev.pagecache.store.RemoteException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * The masters of a Redis Cluster. Which of them has a slot is learnt in the background, and from each redirection. A
 * master that is away costs the keys of its slots only, and no one waits for it once its breaker is open.
 */
final class ClusterServers implements Servers {
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final int MAX_REDIRECTIONS = 2;

    private final DeadlineWatch watch;
    private final Background background = new Background();
    private final Connector connector;
    private final int poolSize;
    private final byte[] probeKey;
    private final Random random = new Random();
    private final ClusterMap map;
    private final Refresh refresh;
    private final AtomicInteger turn = new AtomicInteger();

    ClusterServers(RedisOptions options, RedisTopology.Cluster topology) {
        this.watch = new DeadlineWatch(options.timeout().toNanos());
        this.connector = new Connector(options, topology.login(), watch);
        this.poolSize = options.poolSize();
        this.probeKey = Keys.probe(options);
        this.map = new ClusterMap(topology.seeds(), this::newNode, random);
        this.refresh = new Refresh(background, map::refresh, PERIOD, System::nanoTime, random);
        watch.start();
        refresh.start();
    }

    private Node newNode(RedisAddress address) {
        LinePool pool = new LinePool(connector, address, poolSize, this::askForSlots);
        return new Node(address, pool, probeKey, background, random);
    }

    private void askForSlots() {
        refresh.ask();
    }

    @Override
    public <T> T reply(Line.Call<T> call, byte[] key, Access access) {
        long deadline = watch.deadline();
        requireMap(deadline);
        int slot = JedisClusterCRC16.getSlot(key);
        Node node = map.owner(slot);
        if (node == null) {
            throw trouble("no server has the slot", null);
        }
        Manner manner = Manner.PLAIN;
        for (int redirections = 0; ; redirections++) {
            if (node.isSkipped()) {
                throw trouble("the server of the key is skipped", null);
            }
            try {
                return node.reply(call, manner, access, deadline);
            } catch (RemoteException e) {
                Redirection redirection = Redirection.of(e, node.address());
                if (redirection == null) {
                    throw e.kind() == Kind.UNAVAILABLE ? trouble(e.getMessage(), e) : e;
                }
                if (redirections == MAX_REDIRECTIONS) {
                    throw trouble("redirected too often", e);
                }
                node = map.node(redirection.target());
                manner = redirection.isAsk() ? Manner.ASKING : Manner.PLAIN;
                if (!redirection.isAsk()) {
                    map.moved(slot, node);
                    refresh.ask();
                }
            }
        }
    }

    private void requireMap(long deadline) {
        if (!map.isKnown()) {
            refresh.awaitFirst(deadline - watch.nowNanos());
        }
        if (!map.isKnown()) {
            refresh.ask();
            throw new RemoteException(Kind.UNAVAILABLE, "no server of the cluster is known", null);
        }
    }

    /** The server of a key does not serve; as long as another one does, the cluster is not to blame. */
    private RemoteException trouble(@Nullable String message, @Nullable RemoteException cause) {
        refresh.ask();
        Kind kind = map.isAnyServing() ? Kind.PARTIAL : Kind.UNAVAILABLE;
        return new RemoteException(kind, String.valueOf(message), cause);
    }

    @Override
    public void ping() {
        requireMap(watch.deadline());
        for (Node node : map.nodes()) {
            if (!node.isSkipped() && isAnswering(node)) {
                return;
            }
        }
        refresh.ask();
        throw new RemoteException(Kind.UNAVAILABLE, "no server of the cluster serves", null);
    }

    private static boolean isAnswering(Node node) {
        try {
            byte[] unused = node.ask(Calls.ping());
            return true;
        } catch (RemoteException e) {
            return false;
        }
    }

    /** At any master: the cluster passes on to all what is published at one. */
    @Override
    public Subscription subscribe(Topics topics) {
        long deadline = watch.deadline();
        requireMap(deadline);
        List<Node> serving = new ArrayList<>(map.nodes());
        serving.removeIf(Node::isSkipped);
        if (serving.isEmpty()) {
            throw trouble("no server of the cluster serves", null);
        }
        Node node = serving.get(Math.floorMod(turn.getAndIncrement(), serving.size()));
        return Subscription.open(connector, node.address(), deadline, topics);
    }

    @Override
    public void close() {
        map.close();
        background.close();
        watch.close();
    }
}
