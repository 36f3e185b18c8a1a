/**
 * Where records are kept: in memory (Caffeine), and in memory over a remote store that may fail at any time without the
 * caller noticing more than a miss.
 */
@NullMarked
package dev.pagecache.store;

import org.jspecify.annotations.NullMarked;
