package dev.pagecache.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A sitemap is taken as hostile. */
final class SitemapTest {
    private static final URI BASE = URI.create("https://www.example.com");

    private static List<String> paths(String xml) {
        return Sitemap.paths(xml.getBytes(StandardCharsets.UTF_8), BASE);
    }

    private static String urls(String... locations) {
        StringBuilder xml = new StringBuilder("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">");
        for (String location : locations) {
            xml.append("<url><loc>").append(location).append("</loc></url>");
        }
        return xml.append("</urlset>").toString();
    }

    @Test
    void paths_ofTheOrigin_areInOrder() {
        assertEquals(
                List.of("/a", "/b?c=d&e=f", "/", "/%C3%A9"),
                paths(urls(
                        " https://www.example.com/a\n",
                        "https://WWW.example.com:443/b?c=d&amp;e=f",
                        "https://www.example.com",
                        "https://www.example.com/%C3%A9")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://www.example.com/a",
                "https://www.example.com:8443/a",
                "https://example.com/a",
                "https://www.example.com.evil.test/a",
                "https://www.example.com@evil.test/a",
                "https://u@www.example.com/a",
                "file:///etc/passwd",
                "//www.example.com/a",
                "/a",
                "https://www.example.com/a b",
                ""
            })
    void paths_ofAnotherOrigin_areLeftOut(String location) {
        assertEquals(List.of(), paths(urls(location)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            <!DOCTYPE urlset SYSTEM "http://127.0.0.1:1/x.dtd"><urlset/>
            <!DOCTYPE urlset [<!ENTITY a "b">]><urlset><loc>&a;</loc></urlset>
            <!DOCTYPE urlset [<!ENTITY a SYSTEM "file:///etc/passwd">]><urlset><loc>&a;</loc></urlset>
            <urlset><loc>&a;</loc></urlset>
            <urlset><loc><b/></loc></urlset>
            <urlset>
            no XML
            ~~
            """)
    void paths_hostile_areRefused(String xml) {
        assertThrows(IllegalArgumentException.class, () -> paths(xml));
    }

    @Test
    void paths_tooMany_areRefused() {
        String one = "<loc>https://www.example.com/a</loc>";
        assertEquals(
                50_000, paths("<urlset>" + one.repeat(50_000) + "</urlset>").size());
        assertThrows(IllegalArgumentException.class, () -> paths("<urlset>" + one.repeat(50_001) + "</urlset>"));
    }
}
