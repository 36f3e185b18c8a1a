/**
 * A gateway to one origin behind the filter, and the command that runs a public test suite for HTTP caches against it.
 * Run by command, see the page on conformance in the documentation.
 */
@NullMarked
package dev.pagecache.conformance;

import org.jspecify.annotations.NullMarked;
