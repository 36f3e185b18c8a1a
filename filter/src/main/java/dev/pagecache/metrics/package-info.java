/** What an operator can read of the caches while they run: numbers and states, and of requests and pages nothing. */
@NullMarked
package dev.pagecache.metrics;

import org.jspecify.annotations.NullMarked;
