package dev.pagecache.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Two sides measured in turn, so that what else the machine does falls on both alike. Only the ratios carry over to
 * another machine.
 *
 * @param name what was compared
 * @param bytes size of the page
 * @param base rounds of the side to be compared with
 * @param ours rounds of our side, each beside the one of the same number in base
 */
record Comparison(String name, int bytes, List<Round> base, List<Round> ours) {

    Comparison {
        base = List.copyOf(base);
        ours = List.copyOf(ours);
    }

    /** Measures one side for a time. */
    @FunctionalInterface
    interface Side {
        Round run(Duration time);
    }

    /** Warms both sides up and lets them run in turn, each of them first in every second round. */
    static Comparison run(String name, int bytes, Edition edition, Side base, Side ours) {
        base.run(edition.warmup());
        ours.run(edition.warmup());
        List<Round> baseRounds = new ArrayList<>();
        List<Round> ourRounds = new ArrayList<>();
        for (int round = 0; round < edition.rounds(); round++) {
            if (round % 2 == 0) {
                baseRounds.add(base.run(edition.round()));
                ourRounds.add(ours.run(edition.round()));
            } else {
                ourRounds.add(ours.run(edition.round()));
                baseRounds.add(base.run(edition.round()));
            }
        }
        return new Comparison(name, bytes, baseRounds, ourRounds);
    }

    double throughputRatio() {
        return medianRatio(Round::perSecond);
    }

    double cpuRatio() {
        return medianRatio(Round::cpuMicros);
    }

    /** Of the rounds that the rest of the machine disturbed least. */
    double lowestCpuRatio() {
        return lowestCpuMicros(ours) / lowestCpuMicros(base);
    }

    private static double lowestCpuMicros(List<Round> rounds) {
        double lowest = Double.POSITIVE_INFINITY;
        for (Round round : rounds) {
            lowest = Math.min(lowest, round.cpuMicros());
        }
        return lowest;
    }

    /** The median over the pairs of rounds. */
    private double medianRatio(ToDoubleFunction<Round> value) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < base.size(); i++) {
            ratios.add(value.applyAsDouble(ours.get(i)) / value.applyAsDouble(base.get(i)));
        }
        return median(ratios);
    }

    static double median(List<Round> rounds, ToDoubleFunction<Round> value) {
        List<Double> values = new ArrayList<>();
        for (Round round : rounds) {
            values.add(value.applyAsDouble(round));
        }
        return median(values);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
