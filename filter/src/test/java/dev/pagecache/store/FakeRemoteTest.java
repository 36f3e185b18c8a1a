package dev.pagecache.store;

/** The fake in memory does what the real ones do. */
class FakeRemoteTest implements RemoteStoreContract {
    private final FakeRemote remote = new FakeRemote();

    @Override
    public RemoteStore remote() {
        return remote;
    }
}
