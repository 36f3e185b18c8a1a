package dev.pagecache.containers;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What stopped a start: Tomcat tells its log alone. Listens until closed. */
final class StartFailures extends Handler {
    private final Logger logger = Logger.getLogger("org.apache.catalina");
    private volatile @Nullable Throwable first;

    private StartFailures() {
        setLevel(Level.SEVERE);
    }

    static StartFailures listen() {
        StartFailures failures = new StartFailures();
        failures.logger.addHandler(failures);
        return failures;
    }

    /** The first one, or null. */
    @Nullable
    Throwable first() {
        return first;
    }

    @Override
    public void publish(LogRecord record) {
        if (first == null && isLoggable(record) && record.getThrown() != null) {
            first = record.getThrown();
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
