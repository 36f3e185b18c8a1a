/**
 * The servlet edge: the filter, the view of the request that the application gets, the capture of its response,
 * per-view settings and wiring.
 */
@NullMarked
package dev.pagecache.servlet;

import org.jspecify.annotations.NullMarked;
