package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests and queries that mean the same (RFC 9111 section 4.1, No-Vary-Search), over a real connection. */
final class MeaningIT {

    private static TestSite.Builder general() {
        return TestSite.with().param("profile", "rfc9111").param("timeout", "600");
    }

    private static TestSite.Builder meaning(View view) {
        return TestSite.with().param("vary.compare", "meaning").page("/p", view);
    }

    @ParameterizedTest(name = "{0}: {1}, then {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            Accept-Language | de, en           | en,de             | 1
            Accept-Language | de, en           | DE , eN           | 1
            Accept-Language | de, en;q=0.5     | en;q=0.50, de     | 1
            Accept-Language | de, en;q=0.5     | de;q=0.5, en      | 2
            Accept-Encoding | gzip, br         | br,x-gzip         | 1
            Accept-Encoding | gzip, br         | br                | 2
            X-List          | 1, 2             | 1,2               | 1
            X-List          | 1, 2             | 2, 1              | 2
            User-Agent      | a, b             | a,b               | 2
            """)
    @DisplayName("RFC 9111 section 4.1: selecting fields by meaning")
    void variant_byMeaning(String name, String first, String second, int renders) {
        try (TestSite site = meaning(View.numbered("Vary", name)).start()) {
            site.get("/p", name + ": " + first);
            assertEquals(
                    "render " + renders, site.get("/p", name + ": " + second).text());
        }
    }

    @Test
    @DisplayName("Byte for byte where nothing else is said")
    void variant_byDefault_isComparedAsSent() {
        try (TestSite site = TestSite.with()
                .page("/p", View.numbered("Vary", "Accept-Language"))
                .start()) {
            site.get("/p", "Accept-Language: de, en");
            assertEquals("render 2", site.get("/p", "Accept-Language: en, de").text());
        }
    }

    @ParameterizedTest(name = "{0}: render {1}")
    @CsvSource(delimiter = '|', textBlock = """
            fr;q=0.5, de    | 1
            de              | 1
            de, fr          | 2
            fr              | 2
            *               | 2
            de;q=0.5, *     | 2
            """)
    @DisplayName("RFC 9110 section 12.5.4: a page in a language answers who likes that best")
    void variant_inTheLanguageLikedBest(String accepted, int render) {
        View view = View.numbered("Vary", "Accept-Language, X-A", "Content-Language", "de");
        try (TestSite site = meaning(view).start()) {
            site.get("/p", "Accept-Language: en, de");
            assertEquals(
                    "render " + render,
                    site.get("/p", "Accept-Language: " + accepted).text());
            assertEquals(
                    "render " + (render + 1),
                    site.get("/p", "Accept-Language: " + accepted, "X-A: 1").text(),
                    "other fields still select");
        }
    }

    @ParameterizedTest(name = "{0}: {1}, then {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            params=("utm" "id")      | ?a=1&utm=x  | ?a=1         | 1
            params=("utm" "id")      | ?a=1&utm=x  | ?id=7&a=1    | 1
            params=("utm" "id")      | ?a=1&utm=x  | ?a=2         | 2
            params                   | ?a=1        | ''           | 1
            params, except=("a")     | ?a=1&b=2    | ?a=1&c=3     | 1
            params, except=("a")     | ?a=1&b=2    | ?a=2&b=2     | 2
            key-order                | ?a=1&b=2    | ?b=2&a=1     | 1
            key-order                | ?a=1&b=2    | ?b=1&a=2     | 2
            params=("a" 7)           | ?a=1        | ?a=2         | 2
            """)
    @DisplayName("No-Vary-Search: which differences of the query do not matter")
    void query_underARule(String rule, String first, String second, int renders) {
        try (TestSite site =
                general().page("/p", View.numbered("No-Vary-Search", rule)).start()) {
            site.get("/p" + first);
            String query = second.equals("''") ? "" : second;
            assertEquals("render " + renders, site.get("/p" + query).text());
            assertEquals("render " + renders, site.get("/p" + query).text(), "stored under the rule");
        }
    }

    @Test
    @DisplayName("No-Vary-Search: a path that takes its rule back")
    void query_ruleTakenBack_countsWhole() {
        View view = (request, response) -> {
            if (TestSite.render(request) == 1) {
                response.setHeader("No-Vary-Search", "params");
            }
            response.setHeader("Cache-Control", TestSite.render(request) == 1 ? "max-age=60" : "max-age=61");
            response.setContentType("text/plain;charset=utf-8");
            response.getWriter().write("render " + TestSite.render(request));
        };
        try (TestSite site = general().page("/p", view).start()) {
            site.get("/p?a=1");
            assertEquals("render 1", site.get("/p?a=2").text());
            assertEquals(
                    "render 2", site.get("/p?a=3", "Cache-Control: no-cache").text());
            assertEquals("render 3", site.get("/p?a=4").text());
            assertEquals("render 2", site.get("/p?a=3").text());
        }
    }

    @Test
    @DisplayName("No-Vary-Search: without the profile all of the query counts")
    void query_byDefault_countsWhole() {
        try (TestSite site = TestSite.with()
                .page("/p", View.numbered("No-Vary-Search", "params"))
                .start()) {
            site.get("/p?a=1");
            assertEquals("render 2", site.get("/p?a=2").text());
        }
    }
}
