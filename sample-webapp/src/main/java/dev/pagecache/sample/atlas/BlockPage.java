package dev.pagecache.sample.atlas;

import java.util.List;

/**
 * One page of a block's grid.
 *
 * @param block the block
 * @param number this page, from 1
 * @param count how many pages the block has
 * @param cells the code points of this page, assigned or not
 */
public record BlockPage(Block block, int number, int count, List<Cell> cells) {

    /** Keeps a copy of the cells. */
    public BlockPage {
        cells = List.copyOf(cells);
    }

    /** The page before, or 0. */
    public int previous() {
        return number - 1;
    }

    /** The page after, or 0. */
    public int next() {
        return number < count ? number + 1 : 0;
    }
}
