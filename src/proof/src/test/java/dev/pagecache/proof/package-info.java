/**
 * The proof run: clients ask three nodes over one real Redis for pages that say what they are, while faults are
 * injected, and no answer may be a wrong page. What it proves and how to run it stands in {@code src/docs/proof.md}.
 */
@NullMarked
package dev.pagecache.proof;

import org.jspecify.annotations.NullMarked;
