package dev.pagecache.redis;

/** The one server of a location. It is connected to at the first call. */
final class SingleServer implements Servers {
    private final DeadlineWatch watch;
    private final Connector connector;
    private final RedisAddress address;
    private final LinePool pool;

    SingleServer(RedisOptions options, RedisTopology.Single server) {
        this.watch = new DeadlineWatch(options.timeout().toNanos());
        this.connector = new Connector(options, server.login(), watch);
        this.address = server.address();
        this.pool = new LinePool(connector, address, options.poolSize());
        watch.start();
    }

    @Override
    public <T> T reply(Line.Call<T> call, byte[] key, Access access) {
        return pool.reply(call, watch.deadline());
    }

    @Override
    public void ping() {
        pool.reply(Calls.ping(), watch.deadline());
    }

    @Override
    public Subscription subscribe(Topics topics) {
        return Subscription.open(connector, address, watch.deadline(), topics);
    }

    @Override
    public void close() {
        watch.close();
        pool.close();
    }
}
