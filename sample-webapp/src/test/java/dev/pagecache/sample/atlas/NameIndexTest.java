package dev.pagecache.sample.atlas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NameIndexTest {

    private final NameIndex index = NameIndex.build();

    @ParameterizedTest(name = "{0} finds {1} first")
    @CsvSource(delimiter = '|', textBlock = """
                    snowman              | 2603
                    greek small letter alpha | 03B1
                    cat                  | 1F408
                    latin capital letter a | 0041
                    chess  black king    | 265A
                    \u00E9               | 00E9
                    U+1F310              | 1F310
                    u+41                 | 0041
                    """)
    void search_query_findsBestFirst(String query, String hex) {
        assertEquals(hex, index.search(query).hits().get(0).hex());
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(strings = {"no such character", "U+110000", "<script>", "U+0378"})
    void search_nothingMatches_isEmpty(String query) {
        assertEquals(new SearchResult(query, 0, List.of()), index.search(query));
    }

    @Test
    void search_manyMatches_listsTheFirst200() {
        SearchResult result = index.search("letter");
        assertEquals(NameIndex.MAX_HITS, result.hits().size());
        assertTrue(result.capped());
    }

    @Test
    void search_longQuery_countsItsFirst100Units() {
        String query = "snowman" + " ".repeat(100) + "nothing";
        assertEquals(index.search("snowman").hits(), index.search(query).hits());
    }

    @Test
    void search_characterItself_isListedOnce() {
        SearchResult result = index.search("U+2603");
        assertEquals(1, result.hits().size());
        assertEquals(1, result.found());
    }

    @Test
    void build_names_leaveOutSurrogatesAndPrivateUse() {
        assertEquals(0, index.search("surrogate").found());
        assertEquals(0, index.search("private use area").found());
        assertTrue(index.size() > 140_000, "this JDK knows " + index.size() + " names");
    }
}
