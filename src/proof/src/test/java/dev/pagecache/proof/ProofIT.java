package dev.pagecache.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No wrong page: load and faults over real servers, for a short time over each or for long over one. */
final class ProofIT {

    static Stream<Plan> plans() {
        String topology = System.getProperty("proof.topology", "short");
        if (topology.equals("short")) {
            return Arrays.stream(Servers.values())
                    .filter(Servers::areInEachBuild)
                    .map(servers -> plan(servers, servers.shortTime()));
        }
        Servers chosen = Servers.valueOf(topology.toUpperCase(Locale.ROOT));
        return Stream.of(plan(chosen, Duration.ofSeconds(Math.round(60 * minutes()))));
    }

    private static Plan plan(Servers servers, Duration time) {
        return new Plan(
                servers, fault -> true, Plan.Pace.CALM, Bounds.OF_THE_FILTER, seed(), time, Long.MAX_VALUE, Set.of());
    }

    private static double minutes() {
        return Double.parseDouble(System.getProperty("proof.minutes", "10"));
    }

    private static long seed() {
        String seed = System.getProperty("proof.seed", "new");
        return seed.equals("new") ? new SecureRandom().nextInt(Integer.MAX_VALUE) : Long.parseLong(seed);
    }

    @ParameterizedTest
    @MethodSource("plans")
    void answers_underLoadAndFaults_areNeverWrongPages(Plan plan) throws Exception {
        Totals totals = Trial.run(plan, System.out);
        assertEquals(Map.of(), totals.violations(), () -> "seed " + plan.seed());
    }
}
