package dev.pagecache.policy;

import dev.pagecache.http.Fields;
import dev.pagecache.policy.PagePolicy.Feature;
import dev.pagecache.policy.PagePolicy.Inputs;
import dev.pagecache.policy.StorePlan.Refuse;
import dev.pagecache.policy.StorePlan.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Settings and responses for tables about storing. */
final class StoringSamples {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private StoringSamples() {}

    /** Stores 200 for 600 s, and any status with explicit freshness; stale windows are 7 s and 8 s. */
    static PagePolicy policy(
            @Nullable String targetedField,
            @Nullable Duration viewTimeout,
            @Nullable Duration browserTimeout,
            List<String> vary) {
        return new PagePolicy(
                "",
                "",
                null,
                HostFilter.ALL,
                new PathFilter(List.of(), List.of()),
                viewTimeout,
                Duration.ofSeconds(600),
                Set.of(200),
                vary,
                Inputs.LEARNED,
                Set.of(),
                HiddenInputs.NONE,
                false,
                targetedField,
                Set.of(Feature.EXPLICIT_STATUSES),
                browserTimeout,
                Duration.ofSeconds(7),
                Duration.ofSeconds(8),
                0,
                1024,
                List.of(),
                List.of());
    }

    /** Field lines are written {@code Name: value} and split by a pilcrow. */
    static ResponseFacts response(int status, String lines, Input... inputs) {
        List<String> namesAndValues = new ArrayList<>();
        for (String line : lines.split("¶", -1)) {
            int colon = line.indexOf(':');
            namesAndValues.add(line.substring(0, colon));
            namesAndValues.add(line.substring(colon + 1).strip());
        }
        Fields fields = Fields.of(namesAndValues.toArray(String[]::new));
        return new ResponseFacts(status, fields, new InputsRead(Set.of(), Set.of(inputs)), PageWishes.NONE, false);
    }

    /** Seconds of freshness, or the reason's word. */
    static String outcome(StorePlan plan) {
        return plan instanceof Store store
                ? Long.toString(store.lifetime().freshMillis() / 1000)
                : ((Refuse) plan).reason().word();
    }
}
