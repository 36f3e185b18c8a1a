package dev.pagecache.proof;

import org.jspecify.annotations.Nullable;

/**
 * What a page says it is. No part but the query is empty or contains a space; what there is not is {@value #NONE}.
 *
 * @param site the site that all nodes serve
 * @param host host that the request named
 * @param path raw path
 * @param query raw query, or null
 * @param variant value of the header by which the page varies
 * @param user for whom it was rendered
 * @param version version of the data when the rendering read it, from 0
 */
record Identity(
        String site, String host, String path, @Nullable String query, String variant, String user, long version) {
    static final String SITE = "shop";
    static final String NONE = "-";

    private static final int PARTS = 7;

    /** The first line of the page. Two identities never have one line. */
    String line() {
        return String.join(
                " ", site, host, path, query == null ? NONE : "?" + query, variant, user, Long.toString(version));
    }

    Identity withUser(String other) {
        return new Identity(site, host, path, query, variant, other, version);
    }

    /** The identity that a line says, or null if it says none. */
    static @Nullable Identity parse(String line) {
        String[] parts = line.split(" ", -1);
        if (parts.length != PARTS) {
            return null;
        }
        String query = parts[3].startsWith("?") ? parts[3].substring(1) : null;
        try {
            return new Identity(parts[0], parts[1], parts[2], query, parts[4], parts[5], Long.parseLong(parts[6]));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
