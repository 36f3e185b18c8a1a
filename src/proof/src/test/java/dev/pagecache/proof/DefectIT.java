package dev.pagecache.proof;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A proof run that cannot turn red proves nothing: each defect is noticed within so many requests. */
final class DefectIT {
    private static final long MAX_REQUESTS = 100_000;
    private static final long SEED = 17;

    @ParameterizedTest
    @EnumSource
    void answers_ofAFilterWithADefect_areSeenToBeWrong(Defect defect) throws Exception {
        Plan plan = new Plan(
                Servers.SINGLE,
                defect::needs,
                Plan.Pace.FAST,
                Bounds.OF_THE_FILTER,
                SEED,
                Duration.ofMinutes(3),
                MAX_REQUESTS,
                defect.signs());
        Totals totals;
        Plant.Planted planted = Plant.all(defect.plants());
        try {
            totals = Trial.run(plan, System.out);
        } finally {
            planted.restore();
        }
        assertTrue(
                totals.violations().keySet().stream().anyMatch(defect.signs()::contains),
                () -> defect + " is not noticed, only " + totals.violations());
    }
}
