package dev.pagecache.sample.web;

import jakarta.servlet.http.HttpServletRequest;

/** The part of an address after the servlet's own. */
final class PathTail {

    private PathTail() {}

    /** The part without its leading slash, or empty. */
    static String of(HttpServletRequest request) {
        String path = request.getPathInfo();
        return path == null || path.isEmpty() ? "" : path.substring(1);
    }
}
