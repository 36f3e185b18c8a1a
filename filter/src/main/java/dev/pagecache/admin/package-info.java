/**
 * Purging, warming and inspecting from outside: the caches as application code sees them, {@code AdminServlet}, and the
 * method PURGE. Off unless it is mapped or configured.
 */
@NullMarked
package dev.pagecache.admin;

import org.jspecify.annotations.NullMarked;
