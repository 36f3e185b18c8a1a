/** What a hit, a miss and a look-up in Redis cost. Run by command, see the page on performance in the documentation. */
@NullMarked
package dev.pagecache.benchmarks;

import org.jspecify.annotations.NullMarked;
