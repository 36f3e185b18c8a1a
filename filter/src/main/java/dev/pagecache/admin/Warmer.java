package dev.pagecache.admin;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the own site for its pages, so that they are stored before visitors ask: after a start or a purge. It asks as a
 * visitor without cookies does, two pages at a time, no more than so many in a second, and nothing but the one origin
 * that it was made for: it follows no redirect, and takes from a sitemap what is of that origin.
 *
 * <p>Runs in background threads that end with {@link #close}. Safe for use by many threads.
 *
 * @since 0.1
 */
public final class Warmer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.pagecache.admin");
    private static final int WORKERS = 2;
    private static final int IDLE_SECONDS = 5;
    private static final int CLOSE_MILLIS = 500;
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(30);

    private final URI base;
    private final long pauseNanos;
    private final ScheduledThreadPoolExecutor workers;
    private final ThreadPoolExecutor clientThreads;
    private final HttpClient client;
    private final Semaphore idle = new Semaphore(WORKERS);
    private final Queue<URI> pages = new ConcurrentLinkedQueue<>();
    private final AtomicInteger left = new AtomicInteger();
    private final LongAdder asked = new LongAdder();
    private final LongAdder failed = new LongAdder();

    /**
     * A warmer that has nothing to do yet.
     *
     * @param base the site's origin, such as {@code https://www.example.com}
     * @param perSecond most requests per second, 1 or more
     * @throws IllegalArgumentException if perSecond is less, or the base has no host or more than that and a port
     */
    public Warmer(URI base, int perSecond) {
        if (perSecond < 1) {
            throw new IllegalArgumentException("perSecond is " + perSecond + ", must be 1 or more");
        }
        if (base.getHost() == null || base.getRawUserInfo() != null || !isOrigin(base)) {
            throw new IllegalArgumentException("the base is no origin: it needs scheme and host, may have a port, and"
                    + " has no user, path, query or fragment");
        }
        this.base = base;
        this.pauseNanos = WORKERS * TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.workers = new ScheduledThreadPoolExecutor(WORKERS, Warmer::daemon, new ThreadPoolExecutor.DiscardPolicy());
        this.workers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.clientThreads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), Warmer::daemon);
        this.client = client(clientThreads);
    }

    /**
     * The client's own thread ends some time after the client is given up, and takes over the class loader of who
     * starts it: that of a web application would be held.
     */
    private static HttpClient client(Executor executor) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(LONGEST_CONNECT)
                    .executor(executor)
                    .build();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static boolean isOrigin(URI uri) {
        String path = uri.getRawPath();
        return (path.isEmpty() || path.equals("/")) && uri.getRawQuery() == null && uri.getRawFragment() == null;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "pagecache-warmer");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Asks for pages, behind those that it is to ask for already.
     *
     * @param paths paths with their queries as clients send them, context path included, 50,000 at most
     * @return true; false if more than 50,000 pages would be left, and none of these is asked for
     * @throws IllegalArgumentException if one is no such path; none is asked for then
     */
    public boolean warm(List<String> paths) {
        List<URI> all = new ArrayList<>();
        for (String path : paths) {
            all.add(page(path));
        }
        if (left.addAndGet(all.size()) > Sitemap.MAX_PAGES) {
            left.addAndGet(-all.size());
            return false;
        }
        pages.addAll(all);
        wakeUp();
        return true;
    }

    /**
     * Reads a sitemap of the site and asks for the pages of this origin that it names. Takes as long as the site takes
     * to answer, 30 seconds at most.
     *
     * @param path where it is, such as {@code /sitemap.xml}
     * @return how many pages it names; -1 if more than 50,000 would be left, and none of these is asked for
     * @throws IllegalArgumentException if it cannot be had, is longer than 10 MiB, has more than 50,000 pages, a
     *     document type, or is none
     */
    public int warmSitemap(String path) {
        List<String> paths = Sitemap.paths(sitemap(page(path)), base);
        return warm(paths) ? paths.size() : -1;
    }

    /**
     * Pages that were asked for.
     *
     * @return 0 or more
     */
    public long asked() {
        return asked.sum();
    }

    /**
     * Pages among them that were answered with 4xx or 5xx, or not at all.
     *
     * @return 0 or more
     */
    public long failed() {
        return failed.sum();
    }

    /**
     * Pages that are to be asked for.
     *
     * @return 0 or more
     */
    public int left() {
        return left.get();
    }

    /** Gives up what is left, and ends within a second. */
    @Override
    public void close() {
        workers.shutdownNow();
        clientThreads.shutdownNow();
        pages.clear();
        try {
            workers.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
            clientThreads.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The path begins with one slash, so that it cannot change the host. */
    private URI page(String path) {
        boolean isPath = path.startsWith("/") && !path.startsWith("//") && path.indexOf('#') < 0;
        for (int i = 0; i < path.length(); i++) {
            isPath &= path.charAt(i) > ' ' && path.charAt(i) < 0x7F;
        }
        if (!isPath) {
            throw new IllegalArgumentException("path: it begins with one slash and is printable ASCII without spaces");
        }
        return base.resolve(URI.create(path));
    }

    /** As many workers as are idle go to work; the pause before a page keeps the rate. */
    private void wakeUp() {
        while (!pages.isEmpty() && idle.tryAcquire()) {
            later();
        }
    }

    private void later() {
        Future<?> unused = workers.schedule(this::askNext, pauseNanos, TimeUnit.NANOSECONDS);
    }

    private void askNext() {
        URI page = pages.poll();
        if (page == null) {
            // T1 finds nothing, T2 adds a page and finds nobody idle, T1 is idle: so T1 looks once more.
            idle.release();
            wakeUp();
            return;
        }
        try {
            ask(page);
        } finally {
            later();
        }
    }

    private void ask(URI page) {
        boolean isGood = false;
        try {
            isGood = client.send(request(page), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    < 400;
        } catch (IOException e) {
            LOG.debug("A page could not be had for warming", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            asked.increment();
            if (!isGood) {
                failed.increment();
            }
            left.decrementAndGet();
        }
    }

    private byte[] sitemap(URI uri) {
        try {
            HttpResponse<InputStream> response = client.send(request(uri), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                byte[] bytes = body.readNBytes(Sitemap.MAX_BYTES + 1);
                if (response.statusCode() != 200 || bytes.length > Sitemap.MAX_BYTES) {
                    throw new IllegalArgumentException("sitemap: it was answered with status " + response.statusCode()
                            + ", or is longer than " + Sitemap.MAX_BYTES + " bytes");
                }
                return bytes;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("sitemap: it could not be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalArgumentException("sitemap: reading it was interrupted", e);
        }
    }

    private static HttpRequest request(URI uri) {
        return HttpRequest.newBuilder(uri)
                .timeout(LONGEST_REQUEST)
                .header("User-Agent", "pagecache-warmer")
                .GET()
                .build();
    }
}
