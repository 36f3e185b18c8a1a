/**
 * The servlets of the sample, and two filters in front of the page cache. Servlets do the work and leave the markup to
 * the pages under {@code WEB-INF/views}.
 */
@NullMarked
package dev.pagecache.sample.web;

import org.jspecify.annotations.NullMarked;
