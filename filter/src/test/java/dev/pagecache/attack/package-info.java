/**
 * What attackers send, held against a whole site: on a real container, over sockets, with every kind of store. The
 * threats and the tests that prove the cache against them are listed in {@code src/docs/threats.md}.
 */
@NullMarked
package dev.pagecache.attack;

import org.jspecify.annotations.NullMarked;
