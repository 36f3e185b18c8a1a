package dev.pagecache.sample.atlas;

import java.util.List;

/**
 * Neighbouring blocks under one heading.
 *
 * @param title the heading
 * @param blocks in the order of their code points
 */
public record Chapter(String title, List<Block> blocks) {

    /** Keeps a copy of the blocks. */
    public Chapter {
        blocks = List.copyOf(blocks);
    }
}
