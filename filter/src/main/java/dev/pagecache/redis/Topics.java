package dev.pagecache.redis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription is to hear.
 *
 * @param channels names of channels, one or more
 * @param trackedPrefix the server is to tell of all changes of keys that start with it, or null; then the channel is
 *     {@value #INVALIDATIONS}
 */
record Topics(List<String> channels, @Nullable String trackedPrefix) {
    /** Where a server tells of changed keys. */
    static final String INVALIDATIONS = "__redis__:invalidate";

    /** Copies the list. */
    Topics {
        channels = List.copyOf(channels);
    }

    /** What is published on channels. */
    static Topics channels(String... channels) {
        return new Topics(List.of(channels), null);
    }

    /** Which keys of a prefix one server changes. */
    static Topics changes(String prefix) {
        return new Topics(List.of(INVALIDATIONS), prefix);
    }
}
