/** What all fuzz tests share: the form of their inputs, their seeds, and the bounds that hold for every target. */
@NullMarked
package dev.pagecache.fuzz;

import org.jspecify.annotations.NullMarked;
