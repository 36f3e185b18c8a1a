package dev.pagecache.redis;

import dev.pagecache.store.RemoteException;
import dev.pagecache.store.RemoteException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The master that Sentinels name, found and followed in the background. While a failover goes on, Sentinels may
 * disagree: the server that most of them name is taken, if it takes itself for a master, else the next.
 */
final class SentinelServers implements Servers {
    private static final Duration PERIOD = Duration.ofSeconds(2);
    private static final String MASTER = "master";

    private final DeadlineWatch watch;
    private final Background background = new Background();
    private final Connector connector;
    private final int poolSize;
    private final String name;
    private final Map<RedisAddress, LinePool> sentinels = new LinkedHashMap<>();
    private final Refresh refresh;

    /** Null until one is found. */
    private volatile @Nullable Master master;

    private volatile boolean isClosed;

    /** Whether the last look found none; of the background's thread. */
    private boolean isLost;

    private record Master(RedisAddress address, LinePool pool) {}

    SentinelServers(RedisOptions options, RedisTopology.Sentinel topology) {
        this.watch = new DeadlineWatch(options.timeout().toNanos());
        this.connector = new Connector(options, topology.login(), watch);
        this.poolSize = options.poolSize();
        this.name = topology.masterName();
        Connector toSentinels = new Connector(options, topology.sentinelLogin(), watch);
        topology.sentinels().forEach(sentinel -> sentinels.put(sentinel, new LinePool(toSentinels, sentinel, 1)));
        this.refresh = new Refresh(background, this::findMaster, PERIOD, System::nanoTime, new SplittableRandom());
        watch.start();
        refresh.start();
    }

    @Override
    public <T> T reply(Line.Call<T> call, byte[] key, Access access) {
        return reply(call, watch.deadline());
    }

    private <T> T reply(Line.Call<T> call, long deadline) {
        Master current = current(deadline);
        try {
            return current.pool.reply(call, deadline);
        } catch (RemoteException e) {
            if (e.kind() == Kind.UNAVAILABLE) {
                refresh.ask();
            }
            throw e;
        }
    }

    private Master current(long deadline) {
        Master current = master;
        if (current == null) {
            refresh.awaitFirst(deadline - watch.nowNanos());
            current = master;
        }
        if (current == null) {
            refresh.ask();
            throw new RemoteException(Kind.UNAVAILABLE, "no master is known", null);
        }
        return current;
    }

    @Override
    public void ping() {
        reply(Calls.ping(), watch.deadline());
    }

    @Override
    public Subscription subscribe(Topics topics) {
        long deadline = watch.deadline();
        RedisAddress address = current(deadline).address;
        try {
            return Subscription.open(connector, address, deadline, topics);
        } catch (RemoteException e) {
            refresh.ask();
            throw e;
        }
    }

    /** Runs in the background. */
    private void findMaster() {
        for (RedisAddress candidate : candidates()) {
            Master known = master;
            boolean isKnown = known != null && known.address.equals(candidate);
            LinePool pool = known != null && isKnown
                    ? known.pool
                    : new LinePool(connector, candidate, poolSize, this::askForMaster);
            if (isMaster(pool)) {
                isLost = false;
                if (!isKnown) {
                    replace(known, new Master(candidate, pool));
                }
                return;
            }
            if (!isKnown) {
                pool.close();
            }
        }
        if (!isLost && !isClosed) {
            isLost = true;
            RedisEvents.masterLost(name);
        }
    }

    private void askForMaster() {
        refresh.ask();
    }

    private void replace(@Nullable Master old, Master found) {
        master = found;
        RedisEvents.masterFound(name, found.address);
        if (old != null) {
            old.pool.close();
        }
    }

    /** What the Sentinels name, most often named first. */
    private List<RedisAddress> candidates() {
        Map<RedisAddress, Integer> votes = new LinkedHashMap<>();
        sentinels.forEach((address, pool) -> {
            RedisAddress named = ask(address, pool);
            if (named != null) {
                votes.merge(named, 1, Integer::sum);
            }
        });
        List<RedisAddress> candidates = new ArrayList<>(votes.keySet());
        candidates.sort((a, b) -> Integer.compare(votes.getOrDefault(b, 0), votes.getOrDefault(a, 0)));
        return candidates;
    }

    private @Nullable RedisAddress ask(RedisAddress sentinel, LinePool pool) {
        try {
            List<?> named = pool.reply(Calls.masterAddress(name), watch.questionDeadline());
            if (named == null || named.size() != 2) {
                return null;
            }
            String host = Calls.text(Replies.bytes(named.get(0)));
            return Announced.address(host, Calls.text(Replies.bytes(named.get(1))), sentinel);
        } catch (RuntimeException e) {
            return null; // It is away, or says what none says.
        }
    }

    private boolean isMaster(LinePool pool) {
        try {
            return pool.reply(Calls.role(), watch.questionDeadline()).equals(MASTER);
        } catch (RemoteException e) {
            return false;
        }
    }

    @Override
    public void close() {
        isClosed = true;
        background.close();
        watch.close();
        sentinels.values().forEach(LinePool::close);
        Master current = master;
        if (current != null) {
            current.pool.close();
        }
    }
}
