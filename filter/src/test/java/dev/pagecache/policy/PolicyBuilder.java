package dev.pagecache.policy;

import dev.pagecache.policy.PagePolicy.Feature;
import dev.pagecache.policy.PagePolicy.Inputs;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Policies that differ from the filter's defaults in what a test names. Confined to one test. */
public final class PolicyBuilder {
    private String site = "";
    private String keyPrefix = "";
    private HostFilter hosts = HostFilter.ALL;
    private @Nullable String authority;
    private PathFilter paths = PathFilter.ALL;
    private @Nullable Duration viewTimeout;
    private @Nullable Duration timeout = Duration.ofMinutes(10);
    private Set<Integer> statuses = Set.of(200);
    private List<String> vary = List.of();
    private Inputs inputs = Inputs.LEARNED;
    private HiddenInputs hidden = HiddenInputs.NONE;
    private boolean honorsRequestDirectives;
    private final Set<Feature> features = EnumSet.noneOf(Feature.class);
    private @Nullable Duration browserTimeout;
    private Duration staleWhileRevalidate = Duration.ZERO;
    private Duration staleIfError = Duration.ZERO;
    private int earlyRenewalPercent;
    private List<String> tags = List.of();
    private List<String> tagFields = List.of("cache-tag", "surrogate-key");

    /** The filter's defaults: ten minutes, status 200, nothing of the request honoured. */
    public static PagePolicy defaults() {
        return new PolicyBuilder().build();
    }

    public PolicyBuilder site(String name) {
        site = name;
        return this;
    }

    public PolicyBuilder keyPrefix(String prefix) {
        keyPrefix = prefix;
        return this;
    }

    public PolicyBuilder hosts(String... patterns) {
        hosts = HostFilter.of(List.of(patterns));
        return this;
    }

    /** The name that stands for all hosts of the site. */
    public PolicyBuilder authority(String name) {
        authority = name;
        return this;
    }

    public PolicyBuilder exclude(String pattern) {
        paths = new PathFilter(List.of(), List.of(PathPattern.of(pattern)));
        return this;
    }

    public PolicyBuilder viewTimeout(Duration stored) {
        viewTimeout = stored;
        return this;
    }

    /** How long pages that declare nothing are stored; null is the parameter's value {@code origin}. */
    public PolicyBuilder timeout(@Nullable Duration stored) {
        timeout = stored;
        return this;
    }

    public PolicyBuilder statuses(Integer... stored) {
        statuses = Set.of(stored);
        return this;
    }

    public PolicyBuilder explicitStatuses() {
        features.add(Feature.EXPLICIT_STATUSES);
        return this;
    }

    public PolicyBuilder vary(String... names) {
        vary = List.of(names);
        return this;
    }

    public PolicyBuilder inputs(Inputs what) {
        inputs = what;
        return this;
    }

    public PolicyBuilder hidden(HiddenInputs what) {
        hidden = what;
        return this;
    }

    public PolicyBuilder honorDirectives() {
        honorsRequestDirectives = true;
        return this;
    }

    public PolicyBuilder heuristics() {
        features.add(Feature.HEURISTICS);
        return this;
    }

    public PolicyBuilder setCookie() {
        features.add(Feature.SET_COOKIE);
        return this;
    }

    public PolicyBuilder feature(Feature feature) {
        features.add(feature);
        return this;
    }

    public PolicyBuilder browserTimeout(Duration shown) {
        browserTimeout = shown;
        return this;
    }

    public PolicyBuilder staleWhileRevalidate(Duration window) {
        staleWhileRevalidate = window;
        return this;
    }

    public PolicyBuilder staleIfError(Duration window) {
        staleIfError = window;
        return this;
    }

    public PolicyBuilder earlyRenewal(int percent) {
        earlyRenewalPercent = percent;
        return this;
    }

    public PolicyBuilder tags(String... names) {
        tags = List.of(names);
        return this;
    }

    public PolicyBuilder tagFields(String... lowerCaseNames) {
        tagFields = List.of(lowerCaseNames);
        return this;
    }

    public PagePolicy build() {
        return new PagePolicy(
                site,
                keyPrefix,
                authority,
                hosts,
                paths,
                viewTimeout,
                timeout,
                statuses,
                vary,
                inputs,
                Set.of(),
                hidden,
                honorsRequestDirectives,
                null,
                features,
                browserTimeout,
                staleWhileRevalidate,
                staleIfError,
                earlyRenewalPercent,
                1 << 20,
                tags,
                tagFields);
    }
}
