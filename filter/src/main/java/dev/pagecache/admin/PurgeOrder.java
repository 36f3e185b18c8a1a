package dev.pagecache.admin;

import java.util.List;

/**
 * What is to be purged, as it was asked for.
 *
 * <p>Immutable, safe for use by many threads.
 *
 * @param mode what is to become of the pages
 * @param urls URLs
 * @param prefixes paths, or URLs without query
 * @param tags tags
 * @param isOfAll whether all pages are meant
 */
record PurgeOrder(Mode mode, List<String> urls, List<String> prefixes, List<String> tags, boolean isOfAll) {

    /** What is to become of pages. */
    enum Mode {
        /** They are gone. */
        HARD,
        /** They are stale. */
        SOFT,
        /** They are renewed behind the answers that they give. */
        REFRESH
    }

    /** Copies the lists. */
    PurgeOrder {
        urls = List.copyOf(urls);
        prefixes = List.copyOf(prefixes);
        tags = List.copyOf(tags);
    }

    static PurgeOrder ofUrl(Mode mode, String url) {
        return new PurgeOrder(mode, List.of(url), List.of(), List.of(), false);
    }

    static PurgeOrder ofPrefix(Mode mode, String prefix) {
        return new PurgeOrder(mode, List.of(), List.of(prefix), List.of(), false);
    }

    static PurgeOrder ofTags(Mode mode, List<String> tags) {
        return new PurgeOrder(mode, List.of(), List.of(), tags, false);
    }

    static PurgeOrder ofAll(Mode mode) {
        return new PurgeOrder(mode, List.of(), List.of(), List.of(), true);
    }

    /** How many things it names. */
    int size() {
        return urls.size() + prefixes.size() + tags.size() + (isOfAll ? 1 : 0);
    }
}
