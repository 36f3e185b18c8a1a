package dev.pagecache.policy;

import dev.pagecache.http.Fields;
import dev.pagecache.policy.PagePolicy.Feature;
import dev.pagecache.policy.PagePolicy.Inputs;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Settings and responses whose switches are the bits of a number. */
public final class FuzzPolicies {
    private static final List<Inputs> INPUTS = List.of(Inputs.values());

    /** The bit of each feature. */
    private static final Map<Feature, Integer> FEATURES = Map.of(
            Feature.EXPLICIT_STATUSES, 3,
            Feature.HEURISTICS, 7,
            Feature.SET_COOKIE, 8,
            Feature.NO_CACHE, 20,
            Feature.MUST_UNDERSTAND, 21,
            Feature.PARTIAL, 22,
            Feature.POST, 23,
            Feature.MEANING, 24,
            Feature.NO_VARY_SEARCH, 25);

    static final String TARGETED = "cdn-cache-control";

    private FuzzPolicies() {}

    private static boolean has(long bits, int bit) {
        return (bits >> bit & 1) != 0;
    }

    /**
     * Settings.
     *
     * @param bits its switches
     */
    public static PagePolicy policy(long bits) {
        return new PagePolicy(
                "",
                "",
                has(bits, 0) ? "site" : null,
                HostFilter.ALL,
                PathFilter.ALL,
                has(bits, 1) ? Duration.ofSeconds(bits >>> 32) : null,
                has(bits, 2) ? Duration.ofSeconds(600) : null,
                Set.of(200, 404, 503),
                has(bits, 4) ? List.of("accept", "x-a") : List.of(),
                INPUTS.get(Math.floorMod(bits, INPUTS.size())),
                Set.of("x-trusted"),
                HiddenInputs.NONE,
                has(bits, 5),
                has(bits, 6) ? TARGETED : null,
                features(bits),
                has(bits, 9) ? Duration.ofSeconds(30) : null,
                Duration.ofSeconds(has(bits, 10) ? 5 : 0),
                Duration.ofSeconds(has(bits, 11) ? 5 : 0),
                0,
                1 << 20,
                List.of("b"),
                List.of("cache-tag", "surrogate-key", "x-tags"));
    }

    private static Set<Feature> features(long bits) {
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        FEATURES.forEach((feature, bit) -> {
            if (has(bits, bit)) {
                features.add(feature);
            }
        });
        return features;
    }

    static ResponseFacts response(int status, Fields fields, long bits) {
        InputsRead inputs = new InputsRead(
                has(bits, 12) ? Set.of("cookie", "x-trusted") : Set.of(),
                has(bits, 13) ? Set.of(Input.CONTENT) : Set.of());
        PageWishes wishes = new PageWishes(
                has(bits, 14),
                has(bits, 15) ? Duration.ofSeconds(bits >>> 40) : null,
                has(bits, 16) ? List.of("X-B") : List.of(),
                has(bits, 17) ? List.of("a") : List.of());
        return new ResponseFacts(status, fields, inputs, wishes, has(bits, 18));
    }
}
