package dev.pagecache.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.servlet.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What went wrong in other caches and frameworks, one test per advisory or group of them, in the order of the table in
 * {@code src/docs/threats.md}: rows 1 to 19. {@link LaterAdvisoriesIT} has the others.
 */
@ParameterizedClass
@MethodSource("stages")
final class AdvisoriesIT {
    private static final String EVIL = "evil";

    private final Stage stage;
    private final AdvisoryChecks checks;

    AdvisoriesIT(Stage stage) {
        this.stage = stage;
        this.checks = new AdvisoryChecks(stage);
    }

    static Stream<Stage> stages() {
        return Stage.each(AdvisoryPages::site);
    }

    private void assertNeverStored(String target, String... fields) {
        checks.assertNeverStored(target, fields);
    }

    private void assertClean(String target, String... fields) {
        checks.assertShowsNot(EVIL, target, fields);
    }

    private String login(String user) {
        return checks.login(user);
    }

    @Test
    void control_pageOfTheCorpus_isKept() {
        stage.warm(AdvisoryChecks.fields("Vary", "Accept", "Cache-Control", "public, max-age=60"));
    }

    /** Row 1, C-01. */
    @ParameterizedTest
    @ValueSource(strings = {"*", "Accept, *", "*, Accept", "Accept, *, Cookie", "*;q=1"})
    void cve_2026_6907_varyAny_isNeverStored(String vary) {
        assertNeverStored(AdvisoryChecks.fields("Vary", vary));
        assertNeverStored(AdvisoryChecks.fields("Vary", "Accept", "Vary", vary));
        assertNeverStored(AdvisoryChecks.fields("vary", vary, "Cache-Control", "public, max-age=60"));
    }

    /** Row 2, C-02. */
    @ParameterizedTest
    @ValueSource(strings = {" * ", "\t*\t", "Accept,* ", ",,*", "Accept ,\t* , ", ", , * , ,", " *,", "Accept,\t*"})
    void cve_2026_48587_varyAnyWithPadding_isNeverStored(String vary) {
        assertNeverStored(AdvisoryChecks.fields("Vary", vary));
    }

    static List<String> directives() {
        List<String> directives = new ArrayList<>();
        for (String name : List.of("private", "no-store", "no-cache")) {
            String mixed = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
            for (String spelling : List.of(name, name.toUpperCase(Locale.ROOT), mixed)) {
                directives.addAll(List.of(
                        spelling,
                        spelling + "=\"x\"",
                        spelling + "=\"set-cookie, x\"",
                        "max-age=60, public," + spelling,
                        "max-age=60 ,\t" + spelling + " , public",
                        "x=\"y, z\", " + spelling,
                        "x=\"\\\"\", " + spelling));
            }
        }
        return directives;
    }

    /** Row 3, C-03. */
    @ParameterizedTest
    @MethodSource("directives")
    void cve_2026_8404_directive_inAnySpelling_isObeyed(String directive) {
        assertNeverStored(AdvisoryChecks.fields("Cache-Control", directive));
        assertNeverStored(AdvisoryChecks.fields("Cache-Control", "public, max-age=60", "CACHE-CONTROL", directive));
    }

    /** Row 4, C-04. */
    @ParameterizedTest
    @ValueSource(strings = {"Basic ZXZpbA==", "Bearer evil", "", "garbage", "Basic", "Digest username=\"evil\""})
    void cve_2026_35193_authorization_isStoredOnlyIfShareable(String value) {
        String authorization = "Authorization: " + value;
        assertNeverStored(AdvisoryChecks.fields(), authorization);
        assertNeverStored(AdvisoryChecks.fields("Cache-Control", "max-age=60"), authorization);
        assertNeverStored(AdvisoryChecks.fields("Vary", "Authorization"), authorization);
        assertNeverStored(AdvisoryChecks.fields("Cache-Control", "x=\"public\""), authorization);
        for (String shareable : List.of("public", "s-maxage=60", "must-revalidate, max-age=60")) {
            stage.warm(AdvisoryChecks.fields("Cache-Control", shareable, "X-A", "" + value.length()), authorization);
        }
    }

    /** Row 5, C-05. */
    @ParameterizedTest
    @ValueSource(strings = {"", "a=1", "sid=other", "_ga=1; sid=x", "JSESSIONID=none", ";", "a=1; a=2", "$Version=1"})
    void cve_2026_48588_setCookie_isNeverStored(String cookie) {
        assertNeverStored(AdvisoryChecks.fields("Set-Cookie", "sid=1", "Vary", "Cookie"), "Cookie: " + cookie);
        assertNeverStored(
                AdvisoryChecks.fields("set-cookie", "sid=1", "Cache-Control", "public, s-maxage=60"),
                "Cookie: " + cookie);
        assertNeverStored(AdvisoryChecks.fields("Set-Cookie", ""), "Cookie: " + cookie);
    }

    /** Row 6, C-03: no default of the site overrides what the page says. */
    @ParameterizedTest
    @ValueSource(strings = {"private", "no-store", "no-cache", "max-age=0", "s-maxage=0"})
    void cve_2026_24472_directive_besidesDefaults_isObeyed(String directive) {
        assertNeverStored(AdvisoryChecks.fields("Cache-Control", directive, "X-A", "default timeout is 600"));
    }

    /** Row 7, C-06. */
    @ParameterizedTest
    @ValueSource(strings = {"Cookie", "Authorization", "X-Api-Key", "cookie, Accept", "Accept,Cookie"})
    void cve_2026_44457_varyingByAUsersField_isKeptApart(String vary) {
        String target = AdvisoryChecks.fields("Vary", vary, "Cache-Control", "public, max-age=60");
        String name = vary.contains("ookie") ? "Cookie" : vary;
        String alice = stage.get(target, name + ": alice").text();
        assertEquals(alice, stage.warm(target, name + ": alice").text());
        String bob = stage.get(target, name + ": bob").text();
        assertFalse(alice.equals(bob) || alice.equals(stage.get(target).text()));
    }

    /** Row 8, C-05: the session is only refreshed by its page, and by one that nobody sees. */
    @Test
    void cve_2022_24894_cve_2012_2671_cve_2024_26144_cve_2023_30861_refreshedSession_isNotStored() {
        String session = login("evil");
        stage.get("/touched/x", session);
        assertEquals("refreshed=evil", stage.get("/touched/x", session).one("Set-Cookie"));
        assertClean("/touched/x");
        assertClean("/touched/x", login("good"));
    }

    /** Row 9, C-07. */
    @Test
    void cve_2014_0473_tokenOfASession_isGivenToItAlone() {
        String first = stage.get("/token/x").text();
        assertFalse(first.equals(stage.get("/token/x").text()));
        String session = login("alice");
        String own = stage.get("/token/x", session).text();
        assertEquals(own, stage.get("/token/x", session).text());
        assertFalse(own.equals(stage.get("/token/x").text()));
    }

    /** Row 10, C-08. */
    @ParameterizedTest
    @ValueSource(strings = {"Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1)", "", "curl", "Googlebot"})
    void cve_2014_1418_userAgent_losesNoField(String agent) {
        String target =
                AdvisoryChecks.fields("Vary", "X-A", "Cache-Control", "max-age=60, must-revalidate", "X-B", "1");
        Reply kept = stage.warm(target);
        Reply reply = stage.get(target, "User-Agent: " + agent);
        assertTrue(reply.isHit(), reply::toString);
        assertEquals(kept.one("Cache-Control"), reply.one("Cache-Control"));
        assertEquals(kept.one("Vary"), reply.one("Vary"));
        assertEquals("1", reply.one("X-B"));
    }

    /** Row 11: a parser that splits at a semicolon; more in {@link QueryCloakingIT}. */
    @Test
    void cve_2021_23336_semicolonInTheQuery_isAnotherPage() {
        stage.warm("/fields/x?X-A=1");
        String attacked = stage.get("/fields/x?X-A=1;X-A=evil").text();
        assertFalse(attacked.equals(stage.get("/fields/x?X-A=1").text()));
        assertClean("/fields/x?X-A=1");
    }

    /** Row 12: more in {@link KeyCollisionsIT}. */
    @Test
    void cve_2020_13254_cve_2026_25480_cve_2026_6873_nearKeys_areTwoPages() {
        List<String> queries =
                List.of("X-A=%C3%A9", "X-A=e%CC%81", "X-A=1&X-B=2", "X-A=1%26X-B%3D2", "X-A=12", "X-A1=2");
        List<String> texts = new ArrayList<>();
        queries.forEach(query -> texts.add(stage.get("/fields/near?" + query).text()));
        assertEquals(queries.size(), texts.stream().distinct().count());
        for (int i = 0; i < queries.size(); i++) {
            assertEquals(
                    texts.get(i), stage.warm("/fields/near?" + queries.get(i)).text());
        }
    }

    /** Row 13, C-09: a session's id that is the name of a page, and a page under the name of a session. */
    @Test
    void cve_2011_4136_namesOfPagesAndSessions_haveNothingInCommon() {
        String session = login("evil");
        String id = session.substring(session.indexOf('=') + 1);
        stage.warm("/plain/" + id);
        assertEquals(
                "user null",
                stage.get("/session/x", "Cookie: JSESSIONID=/plain/x").text());
        assertEquals("page", stage.get("/plain/" + id).text());
        assertEquals("user evil", stage.get("/session/x", session).text());
    }

    /** Row 14: more in {@link HostIT}. */
    @Test
    void cve_2011_4139_cve_2013_4752_cve_2014_5244_host_isNeverAnothers() {
        stage.get("/header/Host", "Host: evil.test");
        stage.get("/redirect/Host", "Host: evil.test");
        stage.get("/header/Host", "Host: " + "evil.".repeat(1_600));
        assertClean("/header/Host");
        assertClean("/redirect/Host");
    }

    /** Rows 15 and 16. */
    @ParameterizedTest
    @ValueSource(strings = {"X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Prefix", "X-Original-Uri"})
    void cve_2018_14773_cve_2021_41267_urlInAField_isNeverAnothers(String name) {
        for (String path : List.of("/header/", "/include/", "/forward/", "/redirect/")) {
            stage.get(path + name, name + ": /evil");
            assertClean(path + name);
            assertClean(path + name, name + ": /good");
        }
    }

    /** Row 17, C-10. */
    @ParameterizedTest
    @ValueSource(strings = {"text/html", "image/svg+xml", "*/*;q=0", "text/html;charset=utf-7", "evil/evil"})
    void cve_2020_5255_contentType_isNotTakenFromAccept(String accept) {
        Reply miss = stage.get("/typeless/" + accept.length(), "Accept: " + accept);
        Reply hit = stage.warm("/typeless/" + accept.length());
        assertEquals(miss.field("Content-Type"), hit.field("Content-Type"));
        assertEquals(hit.field("Content-Type"), stage.get("/typeless/none").field("Content-Type"));
    }

    /** Row 18: more in {@link CachedErrorsIT}. */
    @ParameterizedTest
    @ValueSource(strings = {"get", "Get", "gET", "head", "GET\u00e9", "FOO", "GETX"})
    void cve_2019_10913_method_isGetToTheLetter(String method) {
        Reply first = stage.send(method, "/plain/method");
        Reply second = stage.send(method, "/plain/method");
        assertFalse(first.saysStored() || second.isHit(), second::toString);
    }

    /** Row 19: more in {@link FilterOrderIT}. */
    @Test
    void cve_2026_45075_cve_2026_24733_head_keepsTheRulesOfGet() {
        stage.warm("/plain/head");
        assertFalse(stage.send("HEAD", "/plain/head", "Authorization: Basic x").isHit());
        assertFalse(stage.send("HEAD", "/plain/head;x=1").isHit());
        assertTrue(stage.send("HEAD", "/plain/head").isHit());
        stage.send("HEAD", "/plain/first");
        assertEquals("page", stage.get("/plain/first").text());
    }
}
