package dev.pagecache.config;

import static dev.pagecache.config.ValueSyntax.DURATION;
import static dev.pagecache.config.ValueSyntax.LIST;
import static dev.pagecache.config.ValueSyntax.SIZE;

import dev.pagecache.policy.HostFilter;
import dev.pagecache.policy.PagePolicy.Inputs;
import dev.pagecache.policy.PathPattern;
import dev.pagecache.policy.RenewalRules;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters of a filter, in the order of the documentation. */
final class FilterParameters {
    private static final int MAX_BODY = 1 << 30;

    static final Parameter<@Nullable Duration> TIMEOUT = Parameter.<@Nullable Duration>of(
                    "timeout",
                    "600",
                    DURATION + ", or origin",
                    "Freshness for a response that declares none (Django's CACHE_MIDDLEWARE_SECONDS); 0 stores no such"
                            + " response, as does origin",
                    text -> ValueSyntax.durationOr("origin", text))
            .inProfile("origin");

    static final Parameter<Scope> SCOPE = Parameter.of(
            "scope",
            "site",
            "site or view",
            "Whether every request the filter is mapped to is handled, or only those of servlets with @CachePage",
            text -> ValueSyntax.constant(Scope.class, text));

    static final Parameter<String> CACHE = Parameter.of(
            "cache",
            "default",
            "alias of a cache: 1 to 64 letters, digits, - or _",
            "The cache to use",
            ValueSyntax::alias);

    static final Parameter<String> KEY_PREFIX = Parameter.of(
                    "keyPrefix",
                    "",
                    "up to 128 printable ASCII characters without spaces",
                    "Site identity, so that several sites share one Redis",
                    text -> ValueSyntax.printable(text, 128))
            .shownAs("empty");

    static final Parameter<@Nullable String> AUTHORITY = Parameter.<@Nullable String>of(
            "authority",
            "request",
            "request, or a name of up to 255 printable ASCII characters without spaces",
            "Host and port in the key: those of the request, or one name for a site that is reached under several and"
                    + " shows none of them; a page that reads its host is then not stored",
            text -> text.equals("request") ? null : ValueSyntax.printable(text, 255));

    static final Parameter<HostFilter> HOSTS = Parameter.of(
                    "hosts",
                    "",
                    "host names without port, .example.com for that and all below it, *.example.com for all below it, "
                            + LIST,
                    "Hosts whose pages are cached (Django's ALLOWED_HOSTS); requests for others go past the cache",
                    FilterParameters::hosts)
            .shownAs("all");

    static final Parameter<Boolean> IS_RFC9111 = Parameter.of(
            "profile",
            "default",
            "default or rfc9111",
            "Defaults of the other parameters; rfc9111 makes a general shared cache, which besides the defaults below"
                    + " stores every final status with explicit freshness, uses heuristic freshness, and stores"
                    + " responses with Set-Cookie, partial ones, those to be validated before each use, and those to"
                    + " POST that name their own URL",
            text -> ValueSyntax.choice(text, "rfc9111", "default"));

    static final Parameter<List<PathPattern>> INCLUDE = Parameter.of(
                    "include",
                    "",
                    "servlet url-patterns and globs, " + LIST,
                    "Mapped paths that take part",
                    ValueSyntax::patterns)
            .shownAs("all");

    static final Parameter<List<PathPattern>> EXCLUDE = Parameter.of(
                    "exclude",
                    "",
                    "servlet url-patterns and globs, " + LIST,
                    "Mapped paths that do not take part although included",
                    ValueSyntax::patterns)
            .shownAs("none");

    static final Parameter<Set<Integer>> STATUSES = Parameter.of(
                    "statuses",
                    "200",
                    "status codes from 200 to 599, " + LIST,
                    "Statuses that may be stored",
                    ValueSyntax::statuses)
            .inProfile("200 203 204 300 301 308 404 405 410 414 501");

    static final Parameter<List<String>> VARY = Parameter.of(
                    "vary",
                    "",
                    "header names, " + LIST,
                    "Request headers that always take part in the key",
                    text -> ValueSyntax.fieldNames(ValueSyntax.list(text)))
            .shownAs("none");

    static final Parameter<Boolean> COMPARES_MEANING = Parameter.of(
                    "vary.compare",
                    "bytes",
                    "bytes or meaning",
                    "How the values of selecting headers are compared: byte for byte, or without regard to white space"
                            + " and, where the header is known, to order and letter case (RFC 9111 section 4.1)",
                    text -> ValueSyntax.choice(text, "meaning", "bytes"))
            .inProfile("meaning");

    static final Parameter<Inputs> INPUTS = Parameter.of(
            "inputs",
            "learned",
            "learned, declared or refuse",
            "What happens to request inputs that the application reads and no Vary names: header fields and cookies join"
                    + " the key, other inputs forbid storing; only Vary counts; all but a missing session or user forbid storing",
            text -> ValueSyntax.constant(Inputs.class, text));

    static final Parameter<List<String>> INPUTS_TRUST = Parameter.of(
                    "inputs.trust",
                    "",
                    "names of header fields (cookie for all cookies), cookies and request attributes, * standing for any"
                            + " characters, " + ValueSyntax.LIST,
                    "Header fields, cookies and attributes exempt from what inputs says: no page depends on them",
                    text -> ValueSyntax.trusted(ValueSyntax.list(text)))
            .shownAs("none");

    static final Parameter<List<String>> QUERY_IGNORE = Parameter.of(
                    "query.ignore",
                    "",
                    "parameter names, * standing for any characters, or @tracking, " + LIST,
                    "Query parameters hidden from key and application alike; @tracking names those of well-known"
                            + " tracking services",
                    text -> HiddenNames.queryParameters(ValueSyntax.list(text)))
            .shownAs("none");

    static final Parameter<Boolean> QUERY_SORT = Parameter.of(
            "query.sort",
            "false",
            "true or false",
            "Whether query parameters are sorted by name, those of one name keeping their order",
            text -> ValueSyntax.choice(text, "true", "false"));

    static final Parameter<List<String>> COOKIES_IGNORE = Parameter.of(
                    "cookies.ignore",
                    "",
                    "cookie names, * standing for any characters, or @analytics, " + LIST,
                    "Cookies hidden from key and application alike; @analytics names those of well-known analytics"
                            + " services",
                    text -> HiddenNames.cookies(ValueSyntax.list(text)))
            .shownAs("none");

    static final Parameter<Boolean> HONORS_REQUEST_DIRECTIVES = Parameter.of(
                    "requestDirectives",
                    "ignore",
                    "ignore or honor",
                    "Whether the client's Cache-Control counts",
                    text -> ValueSyntax.choice(text, "honor", "ignore"))
            .inProfile("honor");

    static final Parameter<@Nullable String> TARGETED_FIELD = Parameter.<@Nullable String>of(
                    "targetedField",
                    "none",
                    "a header name, or none",
                    "A response field that, present and valid, replaces Cache-Control and Expires for storing (RFC 9213)",
                    FilterParameters::targetedField)
            .inProfile("CDN-Cache-Control");

    static final Parameter<@Nullable Duration> BROWSER_TIMEOUT = Parameter.<@Nullable Duration>of(
            "browserTimeout",
            "stored",
            DURATION + ", or stored",
            "max-age sent to clients when it shall differ from the time that pages are stored",
            text -> ValueSyntax.durationOr("stored", text));

    static final Parameter<Duration> STALE_WHILE_REVALIDATE = Parameter.of(
            "staleWhileRevalidate",
            "0",
            DURATION,
            "Time after its freshness in which a page is served while being renewed (RFC 5861), where the response"
                    + " names none",
            ValueSyntax::duration);

    static final Parameter<Duration> STALE_IF_ERROR = Parameter.of(
                    "staleIfError",
                    "0",
                    DURATION,
                    "Time after its freshness in which a page is served when rendering fails (RFC 5861), where the"
                            + " response names none",
                    ValueSyntax::duration)
            .inProfile("1d");

    static final Parameter<Integer> EARLY_RENEWAL_PERCENT = Parameter.of(
            "earlyRenewal",
            "0",
            "0, or a percentage from 1% to " + RenewalRules.MAX_PERCENT + "%",
            "Last part of its freshness in which a page that is asked for often is renewed behind an answer, before"
                    + " anybody has to wait for it",
            ValueSyntax::percentage);

    static final Parameter<Integer> REFRESH_RATE = Parameter.of(
            "refresh.rate",
            Integer.toString(RenewalRules.DEFAULT_REFRESHES_PER_SECOND),
            "a number of pages from 0 to 10000",
            "Most pages that each node renews in a second because they are to be refreshed; until its turn comes a page"
                    + " is served as it is",
            text -> ValueSyntax.number(text, 0, 10_000));

    static final Parameter<Collapse> COLLAPSE = Parameter.of(
            "collapse",
            "node",
            "off, node or cluster",
            "How far one render per key reaches: cluster is all nodes that share a Redis",
            text -> ValueSyntax.constant(Collapse.class, text));

    static final Parameter<Duration> COLLAPSE_WAIT = Parameter.of(
            "collapse.wait",
            "2s",
            DURATION,
            "Longest time that a request waits for another's render",
            ValueSyntax::duration);

    static final Parameter<Integer> MAX_BODY_BYTES =
            Parameter.of("maxBody", "1MiB", SIZE, "Larger bodies stream through unstored", text ->
                    (int) ValueSyntax.size(text, MAX_BODY));

    static final Parameter<List<String>> TAG_FIELDS = Parameter.of(
            "tagFields",
            "Surrogate-Key,Cache-Tag",
            "header names, " + LIST + ", or none",
            "Response fields that name tags: Surrogate-Key separated by spaces, Cache-Tag by commas, others by either;"
                    + " they stay in the response",
            text -> text.equals("none") ? List.of() : ValueSyntax.tokens(ValueSyntax.list(text)));

    static final Parameter<@Nullable String> CACHE_STATUS = Parameter.<@Nullable String>of(
            "cacheStatus",
            "pagecache",
            "1 to 64 printable ASCII characters without spaces, or off",
            "Name in the Cache-Status field (RFC 9211); off sends no such field",
            FilterParameters::cacheStatus);

    static final Parameter<Boolean> SHOWS_KEY = Parameter.of(
            "cacheStatus.key",
            "false",
            "true or false",
            "Whether that field has the key of the page, a digest that is also its name in Redis behind the key prefix",
            text -> ValueSyntax.choice(text, "true", "false"));

    static final Parameter<@Nullable String> REDIS = Parameter.<@Nullable String>of(
                    "redis",
                    "",
                    "redis://user:password@host:port/database, rediss://…, memory:// or dummy://",
                    "Shorthand for caches.default.location",
                    FilterParameters::redis)
            .shownAs("none")
            .asLocation();

    static final Parameter<PurgeAccess> PURGE = Parameter.of(
            "purge",
            "off",
            "off, loopback or token",
            "Who may purge a URL by the method PURGE: nobody, so that it goes to the application; who connects from this"
                    + " machine and through no proxy; or who has the token",
            text -> ValueSyntax.constant(PurgeAccess.class, text));

    static final Parameter<@Nullable BearerToken> PURGE_TOKEN = Parameter.<@Nullable BearerToken>of(
                    "purge.token",
                    "none",
                    BearerToken.ALLOWED + ", or none",
                    "What a PURGE has to bring as Authorization: Bearer; with purge=loopback it is asked for besides, if"
                            + " it is given",
                    text -> text.equals("none") ? null : BearerToken.parse(text))
            .asSecret();

    /** Not a filter's parameter: read before there is one, so from all layers but init-params. */
    static final Parameter<Boolean> AUTO = Parameter.of(
            "auto",
            "true",
            "true or false",
            "Whether a filter with scope=view is registered where the application declares none; no init-param",
            text -> ValueSyntax.choice(text, "true", "false"));

    static final List<Parameter<?>> ALL = List.of(
            TIMEOUT,
            SCOPE,
            CACHE,
            KEY_PREFIX,
            AUTHORITY,
            HOSTS,
            IS_RFC9111,
            INCLUDE,
            EXCLUDE,
            STATUSES,
            VARY,
            COMPARES_MEANING,
            INPUTS,
            INPUTS_TRUST,
            QUERY_IGNORE,
            QUERY_SORT,
            COOKIES_IGNORE,
            HONORS_REQUEST_DIRECTIVES,
            TARGETED_FIELD,
            BROWSER_TIMEOUT,
            STALE_WHILE_REVALIDATE,
            STALE_IF_ERROR,
            EARLY_RENEWAL_PERCENT,
            REFRESH_RATE,
            COLLAPSE,
            COLLAPSE_WAIT,
            MAX_BODY_BYTES,
            TAG_FIELDS,
            CACHE_STATUS,
            SHOWS_KEY,
            REDIS,
            PURGE,
            PURGE_TOKEN,
            AUTO);

    private FilterParameters() {}

    private static HostFilter hosts(String text) {
        List<String> names = ValueSyntax.list(text);
        return names.isEmpty() ? HostFilter.ALL : HostFilter.of(names);
    }

    private static @Nullable String targetedField(String text) {
        return text.isEmpty() || text.equals("none")
                ? null
                : ValueSyntax.token(text).toLowerCase(Locale.ROOT);
    }

    private static @Nullable String cacheStatus(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("it is empty");
        }
        return text.equals("off") ? null : ValueSyntax.printable(text, 64);
    }

    private static @Nullable String redis(String text) {
        if (text.isEmpty()) {
            return null;
        }
        CacheLocation.parse(text);
        return text;
    }
}
