/** What the proof run plants in classes of this package, and needs its types for. */
@NullMarked
package dev.pagecache.engine;

import org.jspecify.annotations.NullMarked;
