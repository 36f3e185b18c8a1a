package dev.pagecache.sample.atlas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BlocksTest {

    private final Blocks blocks = Blocks.scan();

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
                    BASIC_LATIN,            0000\u2013007F, 128, A
                    LATIN_1_SUPPLEMENT,     0080\u201300FF, 128, \u00C0
                    HEBREW,                 0590\u201305FF, 88,  \u05D0
                    ARROWS,                 2190\u201321FF, 112, \u2190
                    HIGH_SURROGATES,        D800\u2013DB7F, 896, ''
                    EMOTICONS,              1F600\u20131F64F, 80, \uD83D\uDE00
                    """)
    void find_name_givesRangeCountAndSample(String name, String range, int assigned, String sample) {
        Block block = blocks.find(name).orElseThrow();
        assertEquals(range, block.range());
        assertEquals(assigned, block.assigned());
        assertEquals(sample, block.sample());
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(strings = {"", "basic_latin", "Basic Latin", "NO_SUCH", "BASIC_LATIN/"})
    void find_otherText_givesNothing(String name) {
        assertEquals(Optional.empty(), blocks.find(name));
    }

    @Test
    void chapters_together_holdEveryBlockOnceInOrder() {
        List<Block> chaptered = blocks.chapters().stream()
                .flatMap(chapter -> chapter.blocks().stream())
                .toList();
        assertEquals(blocks.all(), chaptered);
        assertTrue(chaptered.size() > 300, "this JDK knows " + chaptered.size() + " blocks");
    }

    @Test
    void page_largeBlock_isCutIntoPagesOf256() {
        Block hangul = blocks.find("HANGUL_SYLLABLES").orElseThrow();
        BlockPage first = blocks.page(hangul, 1).orElseThrow();
        BlockPage last = blocks.page(hangul, first.count()).orElseThrow();
        assertEquals(256, first.cells().size());
        assertEquals("AC00", first.cells().get(0).hex());
        assertEquals(0, first.previous());
        assertEquals(2, first.next());
        assertEquals(
                CodePoints.hex(hangul.last()),
                last.cells().get(last.cells().size() - 1).hex());
        assertEquals(0, last.next());
    }

    @ParameterizedTest(name = "page {0} of a block with one")
    @ValueSource(ints = {0, -1, 2, Integer.MAX_VALUE})
    void page_numberOutOfRange_givesNothing(int number) {
        assertEquals(Optional.empty(), blocks.page(blocks.find("BASIC_LATIN").orElseThrow(), number));
    }

    @Test
    void page_unassignedCodePoint_hasCellWithoutName() {
        Block greek = blocks.find("GREEK").orElseThrow();
        Cell cell = blocks.page(greek, 1).orElseThrow().cells().get(8);
        assertEquals(new Cell("0378", "", ""), cell);
    }
}
