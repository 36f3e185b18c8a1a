/** What all concurrency tests share: a sample request and its pages, and how much is tried. */
@NullMarked
package dev.pagecache.concurrency;

import org.jspecify.annotations.NullMarked;
