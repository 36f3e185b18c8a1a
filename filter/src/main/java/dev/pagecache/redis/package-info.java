/**
 * The remote store over Redis: connections with a hard deadline, the few commands that are used, and what their errors
 * mean. The only package that uses Jedis.
 */
@NullMarked
package dev.pagecache.redis;

import org.jspecify.annotations.NullMarked;
