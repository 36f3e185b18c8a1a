package dev.pagecache.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pages say, whoever serves them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SampleIT {

    private static final String MARKUP = "%3Cscript%3Ealert(%22x%22)%3C%2Fscript%3E";
    private static final String ESCAPED = "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;";

    private final SampleServer server;

    SampleIT() throws Exception {
        server = SampleServer.start(Map.of());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{0} holds {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    /                          | /block/BASIC_LATIN
                    /block/GREEK               | GREEK SMALL LETTER ALPHA
                    /block/HANGUL_SYLLABLES?page=2 | page 2 of 44
                    /char/1F600                | F0 9F 98 80
                    /char/0000                 | \u2400
                    /char/D800                 | no visible form
                    /search                    | U+1F310
                    /search?q=snowman          | SNOWMAN WITHOUT SNOW
                    /languages                 | Vary: Accept-Language
                    /me                        | opened this page
                    /report                    | By category
                    /clock                     | @NeverCache
                    /about                     | PageCacheFilter
                    """)
    void page_content_isShown(String path, String content) throws Exception {
        HttpResponse<String> response = server.get(path);
        assertEquals(200, response.statusCode());
        assertEquals("text/html;charset=utf-8", SampleServer.field(response, "Content-Type"));
        assertTrue(response.body().contains(content), response.body());
        assertTrue(response.body().stripTrailing().endsWith("</html>"));
        assertTrue(response.headers().allValues("Server-Timing").stream().anyMatch(v -> v.startsWith("render;dur=")));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "/nope",
                "/block/",
                "/block/NO_SUCH_BLOCK",
                "/block/GREEK?page=2",
                "/block/GREEK?page=x",
                "/char/",
                "/char/0378",
                "/char/110000",
                "/char/xyz",
                "/error",
                "/WEB-INF/web.xml"
            })
    void page_unknown_is404WithFriendlyPage(String path) throws Exception {
        HttpResponse<String> response = server.get(path);
        assertEquals(404, response.statusCode());
        assertTrue(response.body().contains("table of blocks"), response.body());
    }

    @Test
    void character_otherSpelling_isRedirected() throws Exception {
        HttpResponse<String> response = server.get("/char/e9");
        assertEquals(302, response.statusCode());
        assertTrue(SampleServer.field(response, "Location").endsWith("/char/00E9"));
    }

    @Test
    void search_markupInQuery_isEscaped() throws Exception {
        String body = server.get("/search?q=" + MARKUP).body();
        assertFalse(body.contains("<script>alert"), body);
        assertTrue(body.contains("value=\"" + ESCAPED + "\""), body);
        assertTrue(body.contains("\u201C" + ESCAPED + "\u201D"), body);
    }

    @Test
    void block_markupInPath_isNotEchoed() throws Exception {
        HttpResponse<String> response = server.get("/block/" + MARKUP.replace("%2F", ""));
        assertEquals(404, response.statusCode());
        assertFalse(response.body().contains("<script>alert"), response.body());
    }

    @Test
    void me_form_keepsNicknameEscapedAndCharacter() throws Exception {
        HttpResponse<String> posted = server.post("/me", "nickname=" + MARKUP + "&keep=2603");
        assertEquals(303, posted.statusCode());
        String body = server.get("/me", "Cookie", SampleServer.cookie(posted)).body();
        assertFalse(body.contains("<script>alert"), body);
        assertTrue(body.contains("Hello, " + ESCAPED), body);
        assertTrue(body.contains("/char/2603"), body);
    }

    @Test
    void me_secondVisit_isCounted() throws Exception {
        HttpResponse<String> first = server.get("/me");
        assertTrue(first.body().contains("<strong>1</strong> time "), first.body());
        String second = server.get("/me", "Cookie", SampleServer.cookie(first)).body();
        assertTrue(second.contains("<strong>2</strong> times "), second);
    }

    @Test
    void languages_acceptLanguage_isSpoken() throws Exception {
        HttpResponse<String> german = server.get("/languages", "Accept-Language", "de");
        assertEquals("de", SampleServer.field(german, "Content-Language"));
        assertTrue(german.body().contains("Deutschland"));
    }

    @Test
    void feed_json_isWrittenAsynchronously() throws Exception {
        HttpResponse<String> response = server.get("/feed");
        assertEquals(200, response.statusCode());
        assertTrue(SampleServer.field(response, "Content-Type").startsWith("application/json"));
        assertTrue(response.body().startsWith("{\"days\":[{\"date\":\""), response.body());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"/", "/nope", "/feed", "/assets/atlas.css", "/assets/atlas.js", "/assets/icon.svg"})
    void everyAnswer_policy_forbidsWhatIsInline(String path) throws Exception {
        HttpResponse<String> response = server.get(path);
        assertEquals(1, response.headers().allValues("Content-Security-Policy").size());
        assertFalse(response.body().contains(" style="), path);
        assertFalse(response.body().contains(" onclick="), path);
    }

    @Test
    void pages_withoutSession_setNoCookie() throws Exception {
        assertEquals("", SampleServer.field(server.get("/"), "Set-Cookie"));
        assertEquals("", SampleServer.field(server.get("/nope"), "Set-Cookie"));
    }
}
