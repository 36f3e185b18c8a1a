package dev.pagecache.frameworks;

import java.util.List;

/** The field lines of one kind of browser. */
record Visitor(String userAgent, String accept, String language, String clientHints) {
    private static final String CHROME_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,"
            + "image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7";
    private static final String FIREFOX_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static final String CHROME_HINTS =
            "\"Chromium\";v=\"142\", \"Google Chrome\";v=\"142\", \"Not_A Brand\";v=\"99\"";
    private static final String EDGE_HINTS =
            "\"Chromium\";v=\"142\", \"Microsoft Edge\";v=\"142\", \"Not_A Brand\";v=\"99\"";

    /** Common browsers, in the languages of a shop in the middle of Europe. */
    static final List<Visitor> BROWSERS = List.of(
            chrome("Windows NT 10.0; Win64; x64", "de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7"),
            chrome("Windows NT 10.0; Win64; x64", "de-DE,de;q=0.9"),
            chrome("Macintosh; Intel Mac OS X 10_15_7", "en-US,en;q=0.9"),
            chrome("Linux; Android 10; K", "de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7"),
            chrome("Linux; Android 10; K", "fr-FR,fr;q=0.9,en-US;q=0.8,en;q=0.7"),
            chrome("X11; Linux x86_64", "en-GB,en-US;q=0.9,en;q=0.8"),
            edge("de,de-DE;q=0.9,en;q=0.8,en-GB;q=0.7,en-US;q=0.6"),
            edge("en-US,en;q=0.9"),
            firefox("Windows NT 10.0; Win64; x64; rv:145.0", "de,en-US;q=0.7,en;q=0.3"),
            firefox("X11; Linux x86_64; rv:145.0", "en-US,en;q=0.5"),
            firefox("Macintosh; Intel Mac OS X 10.15; rv:145.0", "fr,fr-FR;q=0.8,en-US;q=0.5,en;q=0.3"),
            safari("iPhone; CPU iPhone OS 18_7 like Mac OS X", "de-DE,de;q=0.9"),
            safari("Macintosh; Intel Mac OS X 10_15_7", "en-GB,en;q=0.9"));

    private static Visitor chrome(String system, String language) {
        return new Visitor(
                "Mozilla/5.0 (" + system + ") AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
                CHROME_ACCEPT,
                language,
                CHROME_HINTS);
    }

    private static Visitor edge(String language) {
        return new Visitor(
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0"
                        + " Safari/537.36 Edg/142.0.0.0",
                CHROME_ACCEPT,
                language,
                EDGE_HINTS);
    }

    private static Visitor firefox(String system, String language) {
        return new Visitor("Mozilla/5.0 (" + system + ") Gecko/20100101 Firefox/145.0", FIREFOX_ACCEPT, language, "");
    }

    private static Visitor safari(String system, String language) {
        return new Visitor(
                "Mozilla/5.0 (" + system + ") AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15",
                FIREFOX_ACCEPT,
                language,
                "");
    }

    /** Comes to a site as a person of its own. */
    Browser enter(Site site, int number) {
        Browser browser = site.browser()
                .field("User-Agent", userAgent)
                .field("Accept", accept)
                .field("Accept-Language", language)
                .field("Accept-Encoding", "gzip, deflate, br, zstd")
                .field("Upgrade-Insecure-Requests", "1")
                .field("Sec-Fetch-Dest", "document")
                .field("Sec-Fetch-Mode", "navigate")
                .field("Sec-Fetch-Site", number % 3 == 0 ? "none" : "same-origin")
                .field("Sec-Fetch-User", "?1")
                .field("Priority", "u=0, i")
                .cookie("_ga", "GA1.1." + (1000003 * number) + ".1763800000")
                .cookie("_gid", "GA1.1." + (7919 * number) + ".1763800000")
                .cookie("consent", "analytics");
        if (!clientHints.isEmpty()) {
            browser.field("Sec-CH-UA", clientHints)
                    .field("Sec-CH-UA-Mobile", userAgent.contains("Android") ? "?1" : "?0")
                    .field("Sec-CH-UA-Platform", "\"" + (userAgent.contains("Windows") ? "Windows" : "Other") + "\"");
        }
        if (number % 4 == 0) {
            browser.field("Referer", "https://search.example/").field("DNT", "1");
        }
        return browser;
    }
}
