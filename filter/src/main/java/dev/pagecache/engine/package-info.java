/** The walk of one exchange from lookup to stored page, one render per key, and the counters. Knows no servlet. */
@NullMarked
package dev.pagecache.engine;

import org.jspecify.annotations.NullMarked;
