/**
 * What is stored: pages, the Vary index of a URL, their keys and their byte format. Uses {@code http} and the JDK only.
 */
@NullMarked
package dev.pagecache.entry;

import org.jspecify.annotations.NullMarked;
