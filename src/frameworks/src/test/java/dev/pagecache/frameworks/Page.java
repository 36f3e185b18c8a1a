package dev.pagecache.frameworks;

import java.net.http.HttpHeaders;

/** An answer as a browser gets it. */
record Page(int status, HttpHeaders fields, String body) {

    /** Whether it is another one's answer, of the store or of a render that was under way. */
    boolean isHit() {
        return cacheStatus().contains("; hit") || cacheStatus().contains("; collapsed");
    }

    boolean isStored() {
        return cacheStatus().contains("; stored");
    }

    /** What the cache says of itself; empty if it says nothing. */
    String cacheStatus() {
        return field("Cache-Status");
    }

    /** The first line of a field; empty if there is none. */
    String field(String name) {
        return fields.firstValue(name).orElse("");
    }

    @Override
    public String toString() {
        return status + " [" + cacheStatus() + "] " + (body.length() > 200 ? body.substring(0, 200) + "…" : body);
    }
}
