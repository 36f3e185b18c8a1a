/**
 * Small applications of common frameworks behind the filter with its default settings: which of their pages are stored,
 * for whom, and what the frameworks read of a request.
 */
@NullMarked
package dev.pagecache.frameworks;

import org.jspecify.annotations.NullMarked;
