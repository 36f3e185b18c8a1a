/**
 * Frozen settings and their reading from strings, with errors that name the parameter, the value and what is allowed.
 */
@NullMarked
package dev.pagecache.config;

import org.jspecify.annotations.NullMarked;
