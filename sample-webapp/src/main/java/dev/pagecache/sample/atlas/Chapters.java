package dev.pagecache.sample.atlas;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Divides the blocks into chapters after the areas in which the standard allots code points. */
final class Chapters {

    private record Area(int first, String title) {}

    private static final List<Area> AREAS = List.of(
            new Area(0x0000, "Latin, Greek, Cyrillic and kin"),
            new Area(0x0590, "Scripts of the Middle East"),
            new Area(0x0900, "Scripts of South Asia"),
            new Area(0x0E00, "South-East Asia and Tibet"),
            new Area(0x10A0, "From the Caucasus to the Cherokee"),
            new Area(0x2000, "Punctuation and symbols"),
            new Area(0x2C00, "Additions to the alphabets"),
            new Area(0x2E80, "East Asia"),
            new Area(0xA4D0, "Asia and Africa, continued"),
            new Area(0xAC00, "Hangul syllables"),
            new Area(0xD800, "Surrogates and private use"),
            new Area(0xF900, "Compatibility and specials"),
            new Area(0x10000, "Historic and lesser-used scripts"),
            new Area(0x16FE0, "Tangut, Khitan, rare kana"),
            new Area(0x1BC00, "Notation of music and mathematics"),
            new Area(0x1E000, "Young scripts"),
            new Area(0x1F000, "Games, pictures, emoji"),
            new Area(0x20000, "Ideographs beyond the first plane"),
            new Area(0xE0000, "Tags, selectors, private planes"));

    private Chapters() {}

    /**
     * The chapters that have blocks.
     *
     * @param blocks in the order of their code points
     * @return chapters in the same order, none of them empty
     */
    static List<Chapter> of(List<Block> blocks) {
        NavigableMap<Integer, List<Block>> byArea = new TreeMap<>();
        for (Area area : AREAS) {
            byArea.put(area.first(), new ArrayList<>());
        }
        for (Block block : blocks) {
            byArea.headMap(block.first(), true).lastEntry().getValue().add(block);
        }
        List<Chapter> chapters = new ArrayList<>();
        for (Area area : AREAS) {
            List<Block> members = byArea.getOrDefault(area.first(), List.of());
            if (!members.isEmpty()) {
                chapters.add(new Chapter(area.title(), members));
            }
        }
        return List.copyOf(chapters);
    }
}
