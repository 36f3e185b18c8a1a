package dev.pagecache.store;

import dev.pagecache.entry.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * Whether pages in a remote store can be judged: what others have revoked has to be known here, and what is revoked
 * here has to be known to others.
 *
 * <p>Safe for use by many threads.
 */
public interface RemoteTrust {

    /** For a store whose pages nobody else revokes. */
    RemoteTrust ALWAYS = new RemoteTrust() {
        @Override
        public boolean mayRead() {
            return true;
        }

        @Override
        public boolean trusts(Stamp stamp) {
            return true;
        }

        @Override
        public Stamp settled(Stamp stamp) {
            return stamp;
        }
    };

    /**
     * Whether what others have revoked is known here, up to a moment ago.
     *
     * @return false if a remote page may have been revoked for longer
     */
    boolean mayRead();

    /**
     * Whether a page can be judged by its stamp.
     *
     * @param stamp that of a page from the remote store
     * @return false if what was raised since is forgotten
     */
    boolean trusts(Stamp stamp);

    /**
     * The stamp with which a page goes to the remote store. May wait a moment, until what this node had raised before
     * the page was rendered has its times.
     *
     * @param stamp the page's stamp
     * @return the same or a later one; null if nobody could judge the page
     */
    @Nullable
    Stamp settled(Stamp stamp);
}
