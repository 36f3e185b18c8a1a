package dev.pagecache.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The parameters of the AdminServlet, in the order of the documentation. */
final class AdminParameters {
    static final Parameter<@Nullable BearerToken> TOKEN = Parameter.<@Nullable BearerToken>of(
                    "admin.token",
                    "none",
                    BearerToken.ALLOWED,
                    "What every request has to bring as Authorization: Bearer; without it the servlet does not start",
                    text -> text.equals("none") ? null : BearerToken.parse(text))
            .asSecret();

    static final Parameter<@Nullable URI> WARM_BASE = Parameter.<@Nullable URI>of(
            "warm.base",
            "none",
            "an http or https URL of scheme, host and perhaps port, or none",
            "Where this site is asked for pages that are to be stored; nothing else is ever asked. Without it there is no"
                    + " warming",
            text -> text.equals("none") ? null : base(text));

    static final Parameter<Integer> WARM_RATE = Parameter.of(
            "warm.rate",
            "10",
            "1 to 1000",
            "Most requests per second of warming",
            text -> ValueSyntax.number(text, 1, 1000));

    static final List<Parameter<?>> ALL = List.of(TOKEN, WARM_BASE, WARM_RATE);

    private AdminParameters() {}

    private static URI base(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("it is no URL", e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("it begins neither with http:// nor with https://");
        }
        if (uri.getHost() == null
                || uri.getRawUserInfo() != null
                || !(uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("it has no host, or a user, a path, a query or a fragment");
        }
        return uri;
    }
}
