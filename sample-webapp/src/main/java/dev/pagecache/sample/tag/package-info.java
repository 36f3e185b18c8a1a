/** What the pages of the sample use beside plain markup: a loop, a condition, and escaping. */
@NullMarked
package dev.pagecache.sample.tag;

import org.jspecify.annotations.NullMarked;
