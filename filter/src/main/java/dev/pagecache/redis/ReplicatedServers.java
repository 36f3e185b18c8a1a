package dev.pagecache.redis;

import dev.pagecache.redis.LinePool.Manner;
import dev.pagecache.store.RemoteException;
import dev.pagecache.store.RemoteException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A primary that takes the writes, and replicas that take the reads in turn. What one replica cannot serve, another one
 * is asked for, and at last the primary: a replica that hangs has half of the time that is left.
 */
final class ReplicatedServers implements Servers {
    /** How many replicas one read tries: with each, less time is left. */
    private static final int MAX_REPLICAS_TRIED = 2;

    private final DeadlineWatch watch;
    private final Background background = new Background();
    private final Connector connector;
    private final RedisAddress primaryAddress;
    private final LinePool primary;
    private final List<Node> replicas = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();

    ReplicatedServers(RedisOptions options, RedisTopology.Replicated topology) {
        this.watch = new DeadlineWatch(options.timeout().toNanos());
        this.connector = new Connector(options, topology.primary().login(), watch);
        this.primaryAddress = topology.primary().address();
        this.primary = new LinePool(connector, primaryAddress, options.poolSize());
        SplittableRandom random = new SplittableRandom();
        for (RedisTopology.Single replica : topology.replicas()) {
            Connector own = new Connector(options, replica.login(), watch);
            LinePool pool = new LinePool(own, replica.address(), options.poolSize());
            replicas.add(new Node(replica.address(), pool, Keys.probe(options), background, random.split()));
        }
        watch.start();
    }

    @Override
    public <T> T reply(Line.Call<T> call, byte[] key, Access access) {
        long deadline = watch.deadline();
        if (access == Access.READ) {
            int first = turn.getAndIncrement();
            int tried = 0;
            for (int i = 0; i < replicas.size() && tried < MAX_REPLICAS_TRIED; i++) {
                Node replica = replicas.get(Math.floorMod(first + i, replicas.size()));
                if (replica.isSkipped()) {
                    continue;
                }
                tried++;
                try {
                    return replica.reply(call, Manner.PLAIN, access, halfOf(deadline));
                } catch (RemoteException e) {
                    if (e.kind() == Kind.BAD_VALUE) {
                        throw e;
                    }
                }
            }
        }
        return primary.reply(call, deadline);
    }

    private long halfOf(long deadline) {
        long now = watch.nowNanos();
        return now + (deadline - now) / 2;
    }

    /** Whether reads are served, by whichever server. */
    @Override
    public void ping() {
        for (Node replica : replicas) {
            if (!replica.isSkipped()) {
                try {
                    byte[] unused = replica.ask(Calls.ping());
                    return;
                } catch (RemoteException e) {
                    // The next one may answer.
                }
            }
        }
        primary.reply(Calls.ping(), watch.deadline());
    }

    /** At the primary, whose messages the replicas would only repeat. */
    @Override
    public Subscription subscribe(Topics topics) {
        return Subscription.open(connector, primaryAddress, watch.deadline(), topics);
    }

    @Override
    public void close() {
        background.close();
        watch.close();
        replicas.forEach(Node::close);
        primary.close();
    }
}
