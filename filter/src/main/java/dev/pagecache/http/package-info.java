/**
 * The vocabulary of HTTP as immutable values: fields, directives, dates, entity tags, Cache-Status. Uses the JDK only;
 * no clock, no I/O.
 */
@NullMarked
package dev.pagecache.http;

import org.jspecify.annotations.NullMarked;
