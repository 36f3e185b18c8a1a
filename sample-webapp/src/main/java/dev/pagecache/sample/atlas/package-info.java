/**
 * The atlas: what the JDK knows about Unicode, and about languages and countries, as values. No servlet, no cache, no
 * input or output.
 */
@NullMarked
package dev.pagecache.sample.atlas;

import org.jspecify.annotations.NullMarked;
