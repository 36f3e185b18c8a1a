package dev.pagecache.store;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/**
 * Threads on which a container may run requests.
 *
 * @param name what they are
 * @param factory makes them
 */
public record ThreadKind(String name, ThreadFactory factory) {
    private static final int FIRST_WITH_VIRTUAL = 21;

    /** Whether this JVM has virtual threads. */
    public static boolean hasVirtual() {
        return Runtime.version().feature() >= FIRST_WITH_VIRTUAL;
    }

    /** Those that this JVM has: platform threads, and from Java 21 on virtual ones. */
    public static List<ThreadKind> present() {
        List<ThreadKind> kinds = new ArrayList<>(List.of(new ThreadKind("platform", ThreadKind::daemon)));
        if (hasVirtual()) {
            kinds.add(new ThreadKind("virtual", virtual()));
        }
        return kinds;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "test-thread");
        thread.setDaemon(true);
        return thread;
    }

    /** By name, since these sources are those of Java 17. */
    private static ThreadFactory virtual() {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            return (ThreadFactory) type.getMethod("factory").invoke(builder);
        } catch (NoSuchMethodException | ClassNotFoundException | IllegalAccessException e) {
            throw new IllegalStateException(e);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
