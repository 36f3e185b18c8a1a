package dev.pagecache.policy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The frozen settings by which one view's exchanges are decided: the filter's parameters, refined by the annotations of
 * the servlet.
 *
 * <p>Immutable, safe for use by many threads.
 *
 * @param site the filter's site, whose pages are purged together, may be empty
 * @param keyPrefix site identity in the key, may be empty
 * @param authority name in the key in place of the request's host and port, or null for those
 * @param hosts which hosts take part
 * @param paths which mapped paths take part
 * @param viewTimeout how long pages are stored whatever they declare (Django's {@code cache_page}); zero means not
 *     stored; null means that they are asked
 * @param timeout how long pages are stored that declare nothing; null means not at all
 * @param statuses status codes that may be stored
 * @param vary lower-case request field names that always take part in the key, sorted
 * @param inputs what happens to inputs that the application reads and the key does not hold
 * @param trustedInputs names of request fields, cookies and attributes exempt from that, as written, with {@code *} for
 *     any characters
 * @param hidden what is hidden from key and application alike
 * @param honorsRequestDirectives whether the client's Cache-Control counts
 * @param targetedField lower-case name of the RFC 9213 field that replaces Cache-Control where present, or null
 * @param features what it does beyond the careful default
 * @param browserTimeout freshness sent to clients when it differs from the time stored, or null
 * @param staleWhileRevalidate window where the response names none
 * @param staleIfError window where the response names none
 * @param earlyRenewalPercent last part of its freshness in which a page is renewed by chance, in percent of it; 0 for
 *     none
 * @param maxBodyBytes larger bodies are not stored
 * @param tags names under which every page can be purged
 * @param tagFields lower-case names of response fields that name further ones
 */
public record PagePolicy(
        String site,
        String keyPrefix,
        @Nullable String authority,
        HostFilter hosts,
        PathFilter paths,
        @Nullable Duration viewTimeout,
        @Nullable Duration timeout,
        Set<Integer> statuses,
        List<String> vary,
        Inputs inputs,
        Set<String> trustedInputs,
        HiddenInputs hidden,
        boolean honorsRequestDirectives,
        @Nullable String targetedField,
        Set<Feature> features,
        @Nullable Duration browserTimeout,
        Duration staleWhileRevalidate,
        Duration staleIfError,
        int earlyRenewalPercent,
        int maxBodyBytes,
        List<String> tags,
        List<String> tagFields) {

    /** What happens to inputs that the application reads and the key does not hold. */
    public enum Inputs {
        /** Fields and cookies join the key; what cannot forbids storing. */
        LEARNED,
        /** Only Vary counts. */
        DECLARED,
        /** They forbid storing. */
        REFUSE
    }

    /** What a general shared cache does and a careful one in front of unknown pages does not. */
    public enum Feature {
        /** Every final status with explicit freshness is stored (RFC 9111 section 3). */
        EXPLICIT_STATUSES,
        /** Last-Modified may give a lifetime (RFC 9111 section 4.2.2). */
        HEURISTICS,
        /** Responses with Set-Cookie are stored, for gateways whose cookies are the same for all. */
        SET_COOKIE,
        /** What must be validated before each use is stored, if it can be (RFC 9111 section 5.2.2.4). */
        NO_CACHE,
        /** A must-understand lifts no-store where the status is understood (RFC 9111 section 5.2.2.3). */
        MUST_UNDERSTAND,
        /** Partial responses are stored (RFC 9111 section 3.3). */
        PARTIAL,
        /** A response to POST that names its own URL answers later GETs (RFC 9110 section 9.3.3). */
        POST,
        /** What a response says of its query counts for all clients (draft-ietf-httpbis-no-vary-search). */
        NO_VARY_SEARCH,
        /** Selecting fields are compared by their meaning (RFC 9111 section 4.1). */
        MEANING
    }

    /** Copies the collections. */
    public PagePolicy {
        statuses = Set.copyOf(statuses);
        vary = List.copyOf(vary);
        trustedInputs = Set.copyOf(trustedInputs);
        features = Set.copyOf(features);
        tags = List.copyOf(tags);
        tagFields = List.copyOf(tagFields);
    }

    /**
     * Whether it does something beyond the careful default.
     *
     * @param feature what
     * @return true if it does
     */
    public boolean has(Feature feature) {
        return features.contains(feature);
    }

    /**
     * These settings as a view refines them.
     *
     * @param viewKeyPrefix site identity in its key
     * @param ownTimeout how long its pages are stored, or null
     * @param viewVary all lower-case request field names that take part in its key, sorted
     * @param ownStaleWhileRevalidate its window
     * @param ownStaleIfError its window
     * @param viewTags all tags of its pages
     * @return the refined settings
     */
    public PagePolicy forView(
            String viewKeyPrefix,
            @Nullable Duration ownTimeout,
            List<String> viewVary,
            Duration ownStaleWhileRevalidate,
            Duration ownStaleIfError,
            List<String> viewTags) {
        return new PagePolicy(
                site,
                viewKeyPrefix,
                authority,
                hosts,
                paths,
                ownTimeout,
                timeout,
                statuses,
                viewVary,
                inputs,
                trustedInputs,
                hidden,
                honorsRequestDirectives,
                targetedField,
                features,
                browserTimeout,
                ownStaleWhileRevalidate,
                ownStaleIfError,
                earlyRenewalPercent,
                maxBodyBytes,
                viewTags,
                tagFields);
    }
}
