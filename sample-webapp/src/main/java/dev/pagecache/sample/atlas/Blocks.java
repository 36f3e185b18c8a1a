package dev.pagecache.sample.atlas;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** All blocks that this JDK knows. Immutable, safe for use by many threads. */
public final class Blocks {

    /** How many cells one page of a block has. */
    static final int CELLS_PER_PAGE = 256;

    private final Map<String, Block> byName;

    private Blocks(Map<String, Block> byName) {
        this.byName = byName;
    }

    /** Walks over all code points, which takes some tens of milliseconds. */
    static Blocks scan() {
        Map<String, Block> blocks = new LinkedHashMap<>();
        int codePoint = 0;
        while (codePoint <= CodePoints.LAST) {
            Character.UnicodeBlock block = Character.UnicodeBlock.of(codePoint);
            int first = codePoint;
            while (codePoint <= CodePoints.LAST && Objects.equals(block, Character.UnicodeBlock.of(codePoint))) {
                codePoint++;
            }
            if (block != null) {
                blocks.put(block.toString(), describe(block.toString(), first, codePoint - 1));
            }
        }
        return new Blocks(blocks);
    }

    private static Block describe(String name, int first, int last) {
        int assigned = 0;
        int best = -1;
        for (int codePoint = first; codePoint <= last; codePoint++) {
            if (!Character.isDefined(codePoint)) {
                continue;
            }
            assigned++;
            if (charm(codePoint) > (best < 0 ? 0 : charm(best))) {
                best = codePoint;
            }
        }
        String sample = best < 0 ? "" : CodePoints.glyph(best);
        return new Block(name, CodePoints.title(name), first, last, assigned, sample);
    }

    // How well a character stands for its block, 0 if it cannot be shown.
    private static int charm(int codePoint) {
        if (CodePoints.glyph(codePoint).isEmpty()) {
            return 0;
        }
        return switch (Character.getType(codePoint)) {
            case Character.UPPERCASE_LETTER -> 4;
            case Character.LOWERCASE_LETTER, Character.OTHER_LETTER -> 3;
            case Character.CONTROL -> 1;
            default -> 2;
        };
    }

    /** The blocks in the order of their code points. */
    public List<Block> all() {
        return List.copyOf(byName.values());
    }

    /** The blocks under headings. */
    public List<Chapter> chapters() {
        return Chapters.of(all());
    }

    /**
     * The block of that name.
     *
     * @param name the JDK's constant in upper case
     * @return the block, or empty if there is none
     */
    public Optional<Block> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * One page of a block's grid.
     *
     * @param block one of these blocks
     * @param number the page, from 1
     * @return the page, or empty if the block has fewer
     */
    public Optional<BlockPage> page(Block block, int number) {
        int count = (block.size() + CELLS_PER_PAGE - 1) / CELLS_PER_PAGE;
        if (number < 1 || number > count) {
            return Optional.empty();
        }
        int first = block.first() + (number - 1) * CELLS_PER_PAGE;
        int last = Math.min(block.last(), first + CELLS_PER_PAGE - 1);
        List<Cell> cells = new ArrayList<>(last - first + 1);
        for (int codePoint = first; codePoint <= last; codePoint++) {
            cells.add(Cell.of(codePoint));
        }
        return Optional.of(new BlockPage(block, number, count, cells));
    }
}
