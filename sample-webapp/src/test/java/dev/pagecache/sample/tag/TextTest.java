package dev.pagecache.sample.tag;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TextTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(quoteCharacter = '`', textBlock = """
                    plain,       plain
                    <script>,    &lt;script&gt;
                    "a" & 'b',   &quot;a&quot; &amp; &#39;b&#39;
                    &lt;,        &amp;lt;
                    """)
    void html_markup_becomesReferences(String text, String escaped) {
        assertEquals(escaped, Text.html(text));
    }

    @Test
    void html_null_becomesEmpty() {
        assertEquals("", Text.html(null));
    }
}
