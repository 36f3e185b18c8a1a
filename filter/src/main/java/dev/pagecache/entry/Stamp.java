package dev.pagecache.entry;

/**
 * What a node knew of revocations when the rendering of a page began. Two clocks, because each sees what the other
 * cannot: the node's own one grows with every revocation that takes effect here, also while no other node can be told;
 * the shared one is the same for all nodes, and the only one that means something to them.
 *
 * <p>Immutable, safe for use by many threads.
 *
 * @param ledger the latest revocation of the shared ledger up to which this node knew all, 0 where there is none
 * @param node how many revocations had taken effect on this node, 0 or more, or {@link #FOREIGN}
 */
public record Stamp(long ledger, long node) {
    /** In place of the node's clock: the page comes from outside this JVM. */
    public static final long FOREIGN = -1;

    /** A page of this node from before all revocations. */
    public static final Stamp FIRST = new Stamp(0, 0);

    /**
     * The stamp of a page that was read from outside this JVM.
     *
     * @param ledger what its node knew of the shared ledger
     * @return the stamp
     */
    public static Stamp foreign(long ledger) {
        return new Stamp(ledger, FOREIGN);
    }

    /**
     * Whether the page comes from outside this JVM, so that only the shared clock tells of it.
     *
     * @return false for a page that this node has rendered
     */
    public boolean isForeign() {
        return node == FOREIGN;
    }
}
