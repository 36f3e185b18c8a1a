/** Tomcat as a container of the filter's integration tests. */
@NullMarked
package dev.pagecache.containers;

import org.jspecify.annotations.NullMarked;
