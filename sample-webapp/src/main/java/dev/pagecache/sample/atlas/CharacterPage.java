package dev.pagecache.sample.atlas;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the atlas says about one character.
 *
 * @param self the character
 * @param block its block, or null if it lies in none
 * @param previous the assigned character before it, or null
 * @param next the assigned character after it, or null
 * @param groups the facts
 */
public record CharacterPage(
        Cell self,
        @Nullable Block block,
        @Nullable Cell previous,
        @Nullable Cell next,
        List<FactGroup> groups) {

    /** Keeps a copy of the facts. */
    public CharacterPage {
        groups = List.copyOf(groups);
    }

    /** Which page of its block's grid shows the character, from 1. */
    public int blockPage() {
        if (block == null) {
            return 1;
        }
        return (Integer.parseInt(self.hex(), 16) - block.first()) / Blocks.CELLS_PER_PAGE + 1;
    }
}
