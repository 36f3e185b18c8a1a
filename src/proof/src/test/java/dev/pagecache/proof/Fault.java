package dev.pagecache.proof;

import java.util.random.RandomGenerator;

/**
 * Something that goes wrong around the nodes.
 *
 * @param name by what the summary counts it
 * @param begin injects it
 * @param end makes everything as it was, also if the beginning failed in the middle
 */
record Fault(String name, Begin begin, End end) {

    /** Injects a fault. */
    @FunctionalInterface
    interface Begin {
        /** What exactly was done, in few words. */
        String inject(RandomGenerator random) throws Exception;
    }

    /** Ends a fault. */
    @FunctionalInterface
    interface End {
        void heal() throws Exception;
    }

    /** The same fault, which is over only after something else as well. */
    Fault then(End more) {
        return new Fault(name, begin, () -> {
            end.heal();
            more.heal();
        });
    }

    /** A fault that is over as soon as it was injected. */
    static Fault moment(String name, Begin begin) {
        return new Fault(name, begin, () -> {});
    }
}
