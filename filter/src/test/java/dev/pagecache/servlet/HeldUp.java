package dev.pagecache.servlet;

import java.util.Arrays;

/** Threads that wait until their client reads. */
final class HeldUp {
    private HeldUp() {}

    /** How many threads wait below a method of a class: for room at the client, if nothing else makes it wait. */
    static int below(Class<?> type) {
        return (int) Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getState() == Thread.State.WAITING
                        || thread.getKey().getState() == Thread.State.TIMED_WAITING)
                .filter(thread -> Arrays.stream(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().equals(type.getName())))
                .count();
    }
}
