package dev.pagecache.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Well-known names that pages do not depend on, offered as lists: {@code @tracking} for query parameters and
 * {@code @analytics} for cookies. They are read by scripts in the browser, or by nobody.
 *
 * <p>A name is here if a tracking service has made it for its own use, and if it cannot well be that of an
 * application's own parameter: so no names of common words or two letters, none by which servers credit a sale
 * (affiliate clicks), none that choose what a visitor sees (A/B tests, consent, opt-out), and a pattern only where the
 * service's own documentation leaves the rest of the name open.
 */
final class HiddenNames {
    private static final char LIST = '@';

    /** A list that is offered. */
    private record Offered(String name, List<String> members) {}

    private static final Offered TRACKING = new Offered(
            "@tracking",
            List.of(
                    // Urchin, now Google Analytics, and all who took over its names
                    "utm_*",
                    "_ga",
                    "_gl",
                    // Google Ads, Marketing Platform and Merchant Center
                    "gclid",
                    "gclsrc",
                    "dclid",
                    "gbraid",
                    "wbraid",
                    "gad_source",
                    "gad_campaignid",
                    "srsltid",
                    // Meta
                    "fbclid",
                    "fb_action_ids",
                    "fb_action_types",
                    "igsh",
                    "igshid",
                    // Microsoft, TikTok, X, LinkedIn, Pinterest, Snapchat, Reddit
                    "msclkid",
                    "ttclid",
                    "twclid",
                    "li_fat_id",
                    "epik",
                    "ScCid",
                    "rdt_cid",
                    // Yandex
                    "yclid",
                    "ymclid",
                    "ysclid",
                    "_openstat",
                    // Adobe
                    "s_kwcid",
                    "ef_id",
                    // HubSpot
                    "_hsenc",
                    "_hsmi",
                    "__hssc",
                    "__hstc",
                    "__hsfp",
                    "hsCtaTracking",
                    "hsa_acc",
                    "hsa_ad",
                    "hsa_cam",
                    "hsa_grp",
                    "hsa_kw",
                    "hsa_mt",
                    "hsa_net",
                    "hsa_src",
                    "hsa_tgt",
                    "hsa_ver",
                    // senders of mail: Mailchimp, Marketo, Vero, Omeda, MailerLite, Klaviyo, Bronto, Wicked Reports
                    "mc_cid",
                    "mc_eid",
                    "mkt_tok",
                    "vero_conv",
                    "vero_id",
                    "oly_anon_id",
                    "oly_enc_id",
                    "ml_subscriber",
                    "ml_subscriber_hash",
                    "_ke",
                    "_kx",
                    "_bta_c",
                    "_bta_tid",
                    "wickedid",
                    // Matomo, once Piwik; pk_ begins names of primary keys, too
                    "mtm_*",
                    "matomo_*",
                    "piwik_*",
                    "pk_campaign",
                    "pk_cid",
                    "pk_content",
                    "pk_keyword",
                    "pk_kwd",
                    "pk_medium",
                    "pk_source"));

    private static final Offered ANALYTICS = new Offered(
            "@analytics",
            List.of(
                    // Google Analytics and Ads
                    "_ga",
                    "_ga_*",
                    "_gid",
                    "_gat",
                    "_gat_*",
                    "_dc_gtm_*",
                    "_gac_*",
                    "_gcl_*",
                    "__utma",
                    "__utmb",
                    "__utmc",
                    "__utmt",
                    "__utmt_*",
                    "__utmv",
                    "__utmz",
                    // Meta
                    "_fbc",
                    "_fbp",
                    // Microsoft advertising and Clarity
                    "_uetmsclkid",
                    "_uetsid",
                    "_uetvid",
                    "_clck",
                    "_clsk",
                    // TikTok, Pinterest, Snapchat, Reddit, X
                    "_ttp",
                    "_pin_unauth",
                    "_epik",
                    "_scid",
                    "_scid_r",
                    "_sctr",
                    "_rdt_uuid",
                    "_twclid",
                    // HubSpot; its other names hold consent
                    "__hssc",
                    "__hssrc",
                    "__hstc",
                    "hubspotutk",
                    // Hotjar
                    "_hj*",
                    // Matomo
                    "_pk_*",
                    // Yandex
                    "_ym_d",
                    "_ym_isad",
                    "_ym_uid",
                    "_ym_visorc*"));

    private HiddenNames() {}

    /** The names of a list of query parameters. */
    static List<String> queryParameters(List<String> given) {
        return expand(given, TRACKING, name -> {});
    }

    /** The names of a list of cookies. */
    static List<String> cookies(List<String> given) {
        return expand(given, ANALYTICS, ValueSyntax::token);
    }

    private static List<String> expand(List<String> given, Offered offered, Consumer<String> check) {
        List<String> names = new ArrayList<>();
        for (String name : given) {
            if (name.equals(offered.name)) {
                names.addAll(offered.members);
            } else if (name.charAt(0) == LIST) {
                throw new IllegalArgumentException("there is no list " + name);
            } else {
                check.accept(name);
                names.add(name);
            }
        }
        return List.copyOf(names);
    }
}
