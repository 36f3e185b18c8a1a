package dev.pagecache.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.servlet.RawClient;
import dev.pagecache.servlet.Reply;
import dev.pagecache.servlet.TestSite;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What went wrong in other caches and frameworks, one test per advisory or group of them, in the order of the table in
 * {@code src/docs/threats.md}: rows 20 to 39. {@link AdvisoriesIT} has the others.
 */
@ParameterizedClass
@MethodSource("stages")
final class LaterAdvisoriesIT {
    private static final String EVIL = "evil";

    private final Stage stage;
    private final AdvisoryChecks checks;

    LaterAdvisoriesIT(Stage stage) {
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

    /** Row 20, C-11: nothing that a page says is an order to the cache, and nothing of the cache is in its fields. */
    @ParameterizedTest
    @ValueSource(strings = {"X-Body-File", "X-Body-Eval", "X-Cache-Key", "X-Varnish", "X-Sendfile", "X-Status"})
    void cve_2020_15094_fieldOfAPage_isNoOrder(String name) {
        String target = AdvisoryChecks.fields(name, "/etc/passwd");
        String text = stage.get(target).text();
        Reply kept = stage.warm(target);
        assertEquals(text, kept.text());
        assertEquals("/etc/passwd", kept.one(name));
    }

    /** Row 21. */
    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-Host", "X-Nextjs-Data", "RSC", "Next-Router-Prefetch", "X-Forwarded-Proto"})
    void cve_2024_21510_cve_2019_19326_cve_2026_44576_cve_2026_44572_form_isNeverAnothers(String name) {
        for (String path : List.of("/header/", "/redirect/")) {
            stage.get(path + name, name + ": evil");
            assertClean(path + name);
        }
    }

    /** Row 22, C-12. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cache-Control: public, max-age=600",
                "X-Now-Route-Matches: 1",
                "CDN-Cache-Control: max-age=600",
                "Surrogate-Control: max-age=600",
                "Cache-Status: pagecache; hit",
                "X-HTTP-Method-Override: GET",
                "Age: 1",
                "Expires: Fri, 31 Dec 2100 00:00:00 GMT"
            })
    void cve_2024_46982_request_turnsNothingOn(String field) {
        assertNeverStored(AdvisoryChecks.fields("Cache-Control", "no-store"), field);
        assertNeverStored(AdvisoryChecks.fields("Set-Cookie", "a=1"), field);
        String target = AdvisoryChecks.fields("Cache-Control", "private") + "&X-Cache=on&__nextDataReq=1&timeout=600";
        assertNeverStored(target, field);
    }

    /** Row 23. */
    @Test
    void cve_2025_49826_emptyAnswer_isNotKept() {
        assertEquals(204, stage.get("/empty/x", "X-Empty: 1").status());
        assertEquals("page", stage.get("/empty/x").text());
        assertEquals("page", stage.warm("/empty/x").text());
    }

    /** Rows 24 and 34: what a part of the page looked at counts for the whole. */
    @ParameterizedTest
    @ValueSource(strings = {"Cookie", "X-Api-Key", "Authorization"})
    void cve_2025_57752_cve_2025_31485_fieldReadByAPart_isInTheKeyOfTheWhole(String name) {
        for (String path : List.of("/include/", "/forward/")) {
            assertTrue(stage.get(path + name, name + ": evil").text().contains(EVIL));
            assertClean(path + name);
            assertClean(path + name, name + ": good");
        }
    }

    /** Row 25: more in {@link StampedeIT}. */
    @Test
    void cve_2025_32421_formOfAPage_isInItsKey() {
        assertEquals("saw evil", stage.get("/header/X-Data", "X-Data: evil").text());
        assertEquals("saw null", stage.warm("/header/X-Data").text());
    }

    /** Rows 26 and 27, C-13: more in {@link EncodedVariantsIT}. */
    @ParameterizedTest
    @ValueSource(strings = {"garbage", "br;q=1.0, gzip;q=evil", "\u00ff", ",,,,", "*;q=0", "gzip, gzip, gzip"})
    void cve_2026_22741_cve_2024_35296_acceptEncoding_notLookedAt_isNoMiss(String value) {
        stage.get("/plain/encoding", "Accept-Encoding: " + value);
        stage.warm("/plain/encoding");
        Reply reply = stage.get("/plain/encoding", "Accept-Encoding: " + value);
        assertTrue(reply.isHit(), reply::toString);
        assertFalse(reply.has("Content-Encoding"));
        assertEquals("page", reply.text());
    }

    /** Row 28: more in {@link RangesAndConditionsIT}. */
    @Test
    void cve_2018_8005_manyRanges_costNoMoreThanThePage() {
        stage.warm("/plain/ranges");
        Reply reply = stage.get("/plain/ranges", "Range: bytes=" + "0-,".repeat(1_000) + "0-");
        assertTrue(reply.body().length <= 1_000, reply::toString);
    }

    /** Row 29: octets of one answer in another, fields of one connection for the next. */
    @Test
    void vsv00001_vsv00004_vsv00010_answerOfOne_hasNothingOfAnother() {
        try (RawClient client = stage.site().client()) {
            for (int i = 0; i < 5; i++) {
                assertEquals(
                        "saw evil",
                        client.send("GET", "/header/X-A", "X-A: evil").text());
                assertEquals("saw null", client.send("GET", "/header/X-A").text());
                assertEquals(
                        "page",
                        client.send("GET", "/plain/x", "Connection: Content-Length, X-A")
                                .text());
            }
        }
        stage.raw(
                "GET /header/X-A HTTP/1.1\r\nHost: site.test\r\nTransfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\n");
        assertClean("/header/X-A");
    }

    /** Rows 30 and 31, C-14: the bytes under a page's key are another's; more in {@link RedisBytesIT}. */
    @ParameterizedTest
    @ValueSource(
            strings = {"$4\r\nevil\r\n", "\u00ac\u00ed\u0000\u0005t\u0000\u0004evil", "cposix\nsystem\n(S'evil'\ntR."})
    void cve_2023_28858_cve_2021_33026_cve_2020_8165_cve_2019_10912_bytesUnderAKey_areNoPage(String bytes) {
        stage.warm("/plain/bytes");
        if (stage.stores().hasRedis()) {
            for (String key : stage.redisKeys()) {
                stage.redis()
                        .execBytes(
                                "SET",
                                key.getBytes(StandardCharsets.UTF_8),
                                bytes.getBytes(StandardCharsets.ISO_8859_1));
            }
            stage.site().age(Duration.ofSeconds(11));
        }
        assertEquals("page", stage.get("/plain/bytes").text());
        assertEquals("page", stage.warm("/plain/bytes").text());
    }

    /** Row 32, C-15: there are no files; a path that climbs is a page of its own, or none. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/plain/..%2f..%2fetc%2fpasswd",
                "/plain/%2e%2e%5cx",
                "/plain/../../etc/passwd",
                "/plain/a%00.css"
            })
    void cve_2020_8159_pathThatClimbs_leadsToNoFile(String target) {
        for (int i = 0; i < 3; i++) {
            Reply reply = stage.get(target);
            assertFalse(reply.text().contains("root:"), reply::toString);
            assertTrue(reply.status() >= 400 || reply.text().equals("page"), reply::toString);
        }
    }

    /** Row 33, C-16: a prefix that is a pattern, and what is removed under it. */
    @Test
    void cve_2026_45073_prefixThatIsAPattern_touchesItsOwnKeysOnly() {
        TestSite.Builder builder = TestSite.with()
                .param("keyPrefix", "*?[a-z]\\")
                .contextParam("pagecache.caches.default.keyPrefix", "*?[a-z]\\")
                .page("/p", (request, response) -> response.getWriter().write("page"));
        try (Stage site = Stage.of(stage.stores(), builder)) {
            List<String> others = List.of("a", "pc1:other:{x}", "pc1:*?[a-z]\\x", "session:1");
            if (stage.stores().hasRedis()) {
                others.forEach(key -> site.redis().exec("SET", key, "theirs"));
            }
            site.warm("/p");
            site.send("POST", "/p", "Content-Length: 0");
            assertFalse(site.get("/p").isHit());
            if (stage.stores().hasRedis()) {
                others.forEach(key -> assertEquals(1L, site.redis().exec("EXISTS", key)));
            }
        }
        TestSite.Builder lineBreak = TestSite.with().param("keyPrefix", "a\r\nFLUSHALL\r\n");
        assertThrows(RuntimeException.class, () -> lineBreak.start().close());
    }

    /** Row 35: a gateway outside says who the user is. */
    @Test
    void cve_2016_9450_pageOfTheUser_isForNobodyElse() {
        Filter gateway = (request, response, chain) -> {
            HttpServletRequest http = (HttpServletRequest) request;
            String user = http.getHeader("X-User");
            chain.doFilter(
                    new HttpServletRequestWrapper(http) {
                        @Override
                        public @Nullable Principal getUserPrincipal() {
                            return user == null ? null : () -> user;
                        }
                    },
                    response);
        };
        TestSite.Builder builder = TestSite.with().before(gateway).page("/p", (request, response) -> {
            Principal user = request.getUserPrincipal();
            response.getWriter().write("page of " + (user == null ? "nobody" : user.getName()));
        });
        try (Stage site = Stage.of(stage.stores(), builder)) {
            assertEquals("page of evil", site.get("/p", "X-User: evil").text());
            assertEquals("page of nobody", site.get("/p").text());
            assertEquals("page of nobody", site.warm("/p").text());
            assertEquals("page of good", site.get("/p", "X-User: good").text());
            assertEquals("page of nobody", site.get("/p").text());
        }
    }

    /** Row 36: more in {@link FloodingIT}. */
    @Test
    void cve_2016_0751_cve_2015_7581_cve_2023_23969_cve_2026_15337_values_areBounded() {
        for (int i = 0; i < 60; i++) {
            stage.get("/header/Accept-Language", "Accept-Language: v" + i);
        }
        int kept = 0;
        for (int i = 0; i < 60; i++) {
            Reply reply = stage.get("/header/Accept-Language", "Accept-Language: v" + i);
            assertEquals("saw v" + i, reply.text());
            kept += reply.isHit() ? 1 : 0;
        }
        assertTrue(kept <= 32, "kept: " + kept);
    }

    /** Row 37, C-17: containers use request objects again; no page has anything of the request before. */
    @Test
    void cve_2021_43980_cve_2021_30639_cve_2026_5795_recycledRequest_isForgotten() {
        String session = login("evil");
        try (RawClient client = stage.site().client()) {
            for (int i = 0; i < 20; i++) {
                assertEquals(
                        "user evil", client.send("GET", "/session/x", session).text());
                assertEquals("user null", client.send("GET", "/session/x").text());
                assertEquals(
                        "user evil",
                        client.send("GET", "/user/x", "Cookie: user=evil").text());
                assertEquals("user nobody", client.send("GET", "/user/x").text());
            }
        }
    }

    /** Row 38: more in {@link WebCacheDeceptionIT} and {@link FilterOrderIT}. */
    @ParameterizedTest
    @ValueSource(
            strings = {"/session/x.css", "/session/x/y.html", "/session/x;.css", "/session/x%3b.css", "/session/.ico"})
    void aem_suffixOfAPath_makesNoPagePublic(String target) {
        stage.get(target, login("evil"));
        assertClean(target);
    }

    /** Row 39, C-05 and C-07. */
    @Test
    void laravel_responsecache_337_69_express_expeditious_2_cookieAndToken_areNeverShared() {
        String session = login("evil");
        String token = stage.get("/token/y", session).text();
        assertFalse(stage.get("/token/y").text().equals(token));
        Reply anonymous = stage.get("/token/y");
        Reply next = stage.get("/token/y");
        assertFalse(anonymous.one("Set-Cookie").equals(next.one("Set-Cookie")));
    }
}
