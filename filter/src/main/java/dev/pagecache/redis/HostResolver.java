package dev.pagecache.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks up host names within a deadline, which the JDK's own lookup does not know. */
final class HostResolver {
    private HostResolver() {}

    /**
     * The addresses of a host. A lookup that takes longer goes on in the background, so that the JVM's own cache has
     * the answer for a later caller.
     */
    static InetAddress[] resolve(String host, long waitNanos) throws IOException {
        if (isImmediate(host)) {
            return InetAddress.getAllByName(host);
        }
        FutureTask<InetAddress[]> lookup = new FutureTask<>(() -> InetAddress.getAllByName(host));
        Thread thread = new Thread(lookup, "pagecache-redis-lookup");
        thread.setDaemon(true);
        thread.start();
        try {
            return lookup.get(waitNanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException("unknown host", e);
        } catch (TimeoutException e) {
            SocketTimeoutException late = new SocketTimeoutException("the host's lookup takes too long");
            late.initCause(e);
            throw late;
        }
    }

    /** Whether no name server is asked: an address, or the name of this machine. */
    private static boolean isImmediate(String host) {
        if (host.equals("localhost") || host.indexOf(':') >= 0) {
            return true;
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c != '.' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }
}
