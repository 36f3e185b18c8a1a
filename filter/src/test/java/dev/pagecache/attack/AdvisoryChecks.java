package dev.pagecache.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.pagecache.servlet.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * What is asked of the pages of {@link AdvisoryPages}.
 *
 * @param stage the site
 */
record AdvisoryChecks(Stage stage) {

    /** A target whose page sends such fields: name, value, name, value and so on. */
    static String fields(String... namesAndValues) {
        StringBuilder target = new StringBuilder("/fields/x");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            target.append(i == 0 ? '?' : '&')
                    .append(namesAndValues[i])
                    .append('=')
                    .append(URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.ISO_8859_1));
        }
        return target.toString();
    }

    /** Asks three times and sees three pages. */
    void assertNeverStored(String target, String... fields) {
        Reply first = stage.get(target, fields);
        Reply second = stage.get(target, fields);
        assertEquals(200, first.status(), first::toString);
        assertFalse(first.isHit() || first.saysStored(), first::toString);
        assertFalse(second.isHit() || second.saysStored(), second::toString);
        assertFalse(first.text().equals(second.text()), second::toString);
        assertFalse(stage.get(target).text().equals(first.text()));
    }

    void assertShowsNot(String text, String target, String... fields) {
        Reply reply = stage.get(target, fields);
        assertFalse(Stage.shows(reply, text), reply::toString);
    }

    /** The field of a session of that user. */
    String login(String user) {
        String cookie = stage.get("/login?user=" + user).one("Set-Cookie");
        return "Cookie: " + cookie.substring(0, cookie.indexOf(';'));
    }
}
