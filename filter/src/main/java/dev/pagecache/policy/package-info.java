/**
 * Every decision of the cache as a pure function from facts to a sealed plan that carries its reason. No clock, no I/O,
 * no threads, no logging.
 */
@NullMarked
package dev.pagecache.policy;

import org.jspecify.annotations.NullMarked;
