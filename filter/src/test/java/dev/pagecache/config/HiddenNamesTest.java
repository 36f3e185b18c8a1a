package dev.pagecache.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.http.FieldSyntax;
import dev.pagecache.policy.HiddenInputs;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HiddenNamesTest {
    private static final HiddenInputs HIDDEN = new HiddenInputs(
            HiddenNames.queryParameters(List.of("@tracking")), false, HiddenNames.cookies(List.of("@analytics")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "utm_source",
                "utm_medium",
                "utm_campaign",
                "utm_term",
                "utm_content",
                "utm_id",
                "gclid",
                "gclsrc",
                "dclid",
                "gbraid",
                "wbraid",
                "gad_source",
                "srsltid",
                "fbclid",
                "msclkid",
                "mc_cid",
                "mc_eid",
                "yclid",
                "_ga",
                "_gl",
                "igshid",
                "ttclid",
                "twclid",
                "li_fat_id",
                "hsa_acc",
                "_hsenc",
                "_hsmi",
                "mkt_tok",
                "vero_id",
                "oly_enc_id",
                "oly_anon_id",
                "wickedid",
                "s_kwcid",
                "epik",
                "pk_campaign",
                "mtm_campaign",
                "matomo_campaign",
                "piwik_campaign"
            })
    void tracking_parameterOfAService_isHidden(String name) {
        assertTrue(HIDDEN.hidesParameter(name));
    }

    /** What an application may well read for itself. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "q",
                "id",
                "page",
                "ref",
                "source",
                "campaign",
                "utm",
                "pk_id",
                "pk",
                "hsa_balance",
                "_g",
                "ga",
                "GCLID",
                "s_cid",
                "__s",
                "irclickid",
                "tag",
                "aff_id",
                "mc_id",
                "mkt",
                "epikk",
                "@tracking",
                "lang",
                "_method"
            })
    void tracking_parameterOfAnApplication_isSeen(String name) {
        assertFalse(HIDDEN.hidesParameter(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "_ga",
                "_ga_ABC123",
                "_gid",
                "_gat",
                "_gat_UA-1-1",
                "_dc_gtm_UA-1",
                "_gac_UA-1",
                "_gcl_au",
                "_gcl_aw",
                "_fbp",
                "_fbc",
                "__utma",
                "__utmz",
                "_pk_id.1.1fff",
                "_pk_ses.1.1fff",
                "_hjSession_123",
                "_hjSessionUser_123",
                "__hstc",
                "__hssc",
                "__hssrc",
                "hubspotutk",
                "_uetsid",
                "_uetvid",
                "_clck",
                "_clsk",
                "_ym_uid",
                "_ym_visorc_1",
                "_ttp"
            })
    void analytics_cookieOfAService_isHidden(String name) {
        assertTrue(HIDDEN.hidesCookie(name));
    }

    /** Consent, tests that choose what is shown, and what is the application's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "JSESSIONID",
                "session",
                "lang",
                "csrftoken",
                "OptanonConsent",
                "OptanonAlertBoxClosed",
                "CookieConsent",
                "euconsent-v2",
                "__hs_opt_out",
                "__hs_do_not_track",
                "__hs_initial_opt_in",
                "_ym_debug",
                "_gaexp",
                "_opt_expid",
                "_vwo_uuid",
                "optimizelyEndUserId",
                "ajs_user_id",
                "_g",
                "_GA",
                "__Host-id",
                "@analytics"
            })
    void analytics_cookieOfAnApplication_isSeen(String name) {
        assertFalse(HIDDEN.hidesCookie(name));
    }

    static Stream<List<String>> lists() {
        return Stream.of(HiddenNames.queryParameters(List.of("@tracking")), HiddenNames.cookies(List.of("@analytics")));
    }

    /** A pattern is open at its end only, behind a beginning that no application's own name is likely to have. */
    @ParameterizedTest
    @MethodSource("lists")
    void list_members_areNarrow(List<String> names) {
        assertEquals(names.size(), new HashSet<>(names).size());
        for (String name : names) {
            int star = name.indexOf('*');
            assertTrue(FieldSyntax.isToken(name), name);
            assertTrue(star < 0 || (star == name.length() - 1 && star >= 3), name);
            assertTrue(name.length() >= 3, name);
        }
    }

    @Test
    void list_amongOtherNames_isAddedToThem() {
        HiddenInputs hidden = Settings.read(new SettingsSource(
                        Map.of(),
                        Map.of(),
                        Map.of("query.ignore", "ref,@tracking", "cookies.ignore", "@analytics theme"),
                        Map.of()))
                .filter()
                .policy()
                .hidden();

        assertEquals("a=1", hidden.visibleQuery("utm_x=1&a=1&ref=2&gclid=3"));
        assertEquals("id=7", hidden.visibleCookies("_ga=1; id=7; theme=2"));
    }

    @Test
    void list_notNamed_hidesNothing() {
        HiddenInputs hidden = Settings.read(new SettingsSource(Map.of(), Map.of(), Map.of(), Map.of()))
                .filter()
                .policy()
                .hidden();

        assertEquals(HiddenInputs.NONE, hidden);
    }
}
