package dev.pagecache.redis;

import java.util.List;

/** The shape in which Redis runs. Immutable, safe for use by many threads. */
public sealed interface RedisTopology {

    /**
     * One server.
     *
     * @param address where it listens
     * @param login what is said to it first
     */
    record Single(RedisAddress address, RedisLogin login) implements RedisTopology {}

    /**
     * A primary for writes, and replicas for reads. Nobody looks for another primary.
     *
     * @param primary takes writes, and reads that no replica serves
     * @param replicas take reads in turn; at least one
     */
    record Replicated(Single primary, List<Single> replicas) implements RedisTopology {
        /**
         * Copies the list.
         *
         * @throws IllegalArgumentException if there is no replica
         */
        public Replicated {
            replicas = required(replicas, "replica");
        }
    }

    /**
     * The master that Sentinels name.
     *
     * @param sentinels where Sentinels listen; at least one
     * @param masterName name under which they watch the master, not empty
     * @param login what is said to the master first
     * @param sentinelLogin what is said to a Sentinel first; its database is 0
     */
    record Sentinel(List<RedisAddress> sentinels, String masterName, RedisLogin login, RedisLogin sentinelLogin)
            implements RedisTopology {
        /**
         * Copies the list.
         *
         * @throws IllegalArgumentException if there is no Sentinel, or the name is empty
         */
        public Sentinel {
            sentinels = required(sentinels, "sentinel");
            if (masterName.isEmpty()) {
                throw new IllegalArgumentException("redis master name is empty, allowed is any other");
            }
        }
    }

    /**
     * A Redis Cluster.
     *
     * @param seeds where some of its servers listen; at least one
     * @param login what is said to each server first; its database is 0
     */
    record Cluster(List<RedisAddress> seeds, RedisLogin login) implements RedisTopology {
        /**
         * Copies the list.
         *
         * @throws IllegalArgumentException if there is no seed
         */
        public Cluster {
            seeds = required(seeds, "cluster node");
        }
    }

    private static <T> List<T> required(List<T> servers, String name) {
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("redis " + name + " is missing, allowed is one or more");
        }
        return List.copyOf(servers);
    }
}
