/**
 * What application code says about its pages: annotations on servlets, and {@link dev.pagecache.PageControl} while one
 * renders.
 */
@NullMarked
package dev.pagecache;

import org.jspecify.annotations.NullMarked;
