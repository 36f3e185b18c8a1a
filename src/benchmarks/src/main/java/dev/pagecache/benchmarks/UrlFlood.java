package dev.pagecache.benchmarks;

import dev.pagecache.config.Settings;
import dev.pagecache.config.SettingsSource;
import dev.pagecache.engine.Counters;
import dev.pagecache.engine.Engine;
import dev.pagecache.engine.Rendering;
import dev.pagecache.engine.Revocations;
import dev.pagecache.engine.Step;
import dev.pagecache.http.Fields;
import dev.pagecache.policy.InputsRead;
import dev.pagecache.policy.InvalidationRules;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.PageWishes;
import dev.pagecache.policy.Reason;
import dev.pagecache.policy.RequestRules;
import dev.pagecache.policy.ResponseFacts;
import dev.pagecache.policy.StorePlan;
import dev.pagecache.policy.TargetUrl;
import dev.pagecache.store.HitForMissMarks;
import dev.pagecache.store.MemoryStampLedger;
import dev.pagecache.store.MemoryStore;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A flood of URLs that nobody has asked for before, against an engine with its memory as a filter has them, and what
 * becomes of a set of pages that are asked for all the time. Most of the flood is plain pages; the rest is whatever
 * makes the cache remember something besides: pages that vary, that cannot be stored, that say No-Vary-Search, errors,
 * renewals that need their client, unsafe requests that revoke, and all of these with URLs as long as are keyed.
 *
 * <p>Confined to one thread.
 */
final class UrlFlood {
    /** Requests of the flood for one of the hot set. */
    private static final int FLOOD_PER_HOT = 4;

    private static final int HOT_BYTES = 10_240;
    private static final int FLOOD_BYTES = 1_024;
    private static final int MARKS = 10_000;
    private static final int KINDS = 16;

    /** Of the requests of a kind that may have a long URL, one in so many has: each costs as much as ten others. */
    private static final int LONG_EVERY = 4;

    /** With the digits behind it still within what is keyed. */
    private static final String LONG_PATH = "/" + "long/".repeat(1_600);

    private final byte[] hotBody = Pages.body(HOT_BYTES);
    private final byte[] floodBody = Pages.body(FLOOD_BYTES);
    private final Fields fields = BenchmarkEngine.pageFields();
    private final SplittableRandom random = new SplittableRandom(42);
    private final PagePolicy careful = policy("default");
    private final PagePolicy general = policy("rfc9111");
    private final long maxBytes;
    private final MemoryStore store;
    private final Engine engine;
    private final double[] popularity;

    /**
     * A hot set in memory.
     *
     * @param maxBytes bound of the memory
     * @param hotPages number of pages of 10 KB that are asked for all the time
     */
    UrlFlood(long maxBytes, int hotPages) {
        this.maxBytes = maxBytes;
        this.store = new MemoryStore(maxBytes, null, System::nanoTime);
        this.engine = new Engine(
                store,
                new HitForMissMarks(MARKS, System::nanoTime),
                new Revocations(new MemoryStampLedger(MemoryStampLedger.DEFAULT_MAX_NAMES)),
                Duration.ofSeconds(2),
                System::nanoTime,
                InstantSource.system(),
                new Counters());
        this.popularity = zipf(hotPages);
    }

    /**
     * What was left of the memory and of the hot set.
     *
     * @param urls distinct URLs of the flood
     * @param maxBytes bound of the memory for pages
     * @param weightBytes what the memory's own estimate of its pages is afterwards
     * @param heapBytes what this process' heap holds afterwards, all of it, after a collection
     * @param hitRatioBefore hits per request of the hot set without the flood
     * @param hitRatioDuring the same during the flood
     */
    record Result(
            long urls, long maxBytes, long weightBytes, long heapBytes, double hitRatioBefore, double hitRatioDuring) {

        /** What the process holds beyond the pages' bound. */
        long beyondBytes() {
            return heapBytes - maxBytes;
        }

        String toLine() {
            return urls + " " + maxBytes + " " + weightBytes + " " + heapBytes + " " + hitRatioBefore + " "
                    + hitRatioDuring;
        }

        static Result parse(String line) {
            String[] parts = line.split(" ", -1);
            return new Result(
                    Long.parseLong(parts[0]),
                    Long.parseLong(parts[1]),
                    Long.parseLong(parts[2]),
                    Long.parseLong(parts[3]),
                    Double.parseDouble(parts[4]),
                    Double.parseDouble(parts[5]));
        }
    }

    /** Sends so many URLs. */
    Result run(long urls) {
        for (int page = 0; page < popularity.length; page++) {
            isHotHit(page);
        }
        int quiet = 20 * popularity.length;
        int before = 0;
        for (int i = 0; i < quiet; i++) {
            before += isHotHit(nextHot()) ? 1 : 0;
        }
        long during = 0;
        for (long i = 0; i < urls; i++) {
            flood(i);
            if (i % FLOOD_PER_HOT == 0) {
                during += isHotHit(nextHot()) ? 1 : 0;
            }
        }
        long hot = (urls + FLOOD_PER_HOT - 1) / FLOOD_PER_HOT;
        return new Result(
                urls,
                maxBytes,
                store.weightBytes(),
                heapBytes(),
                (double) before / quiet,
                hot == 0 ? 1 : (double) during / hot);
    }

    private static PagePolicy policy(String profile) {
        return Settings.read(SettingsSource.ofSystem(Map.of("timeout", "24h", "profile", profile), Map.of()))
                .filter()
                .policy();
    }

    /** One request that nobody has sent before; the number is in its URL. */
    private void flood(long number) {
        boolean isEven = number / KINDS / LONG_EVERY % 2 == 0;
        String path = (number / KINDS % LONG_EVERY == 0 ? LONG_PATH : "/p/") + number;
        String query = "n=" + number;
        switch ((int) (number % KINDS)) {
            case 8 -> {
                FloodRequest strange = new FloodRequest("GET", "h" + number + ".example.org", "/", null, "plain");
                answer(strange, careful, fields, InputsRead.NONE);
            }
            case 9 -> {
                String varying = isEven ? "/vary/" + number : "/vary";
                FloodRequest varied = new FloodRequest("GET", "www.example.org", varying, null, "v" + number);
                InputsRead learned = new InputsRead(Set.of("x-flavour"), Set.of());
                answer(varied, careful, fields, isEven ? learned : InputsRead.NONE);
            }
            case 10 -> refuse(FloodRequest.get("/private", query), number);
            case 11 -> revoke("/changed", query);
            case 12 -> search("/search/" + number);
            case 13 -> answer(FloodRequest.get(path, null), careful, fields, InputsRead.NONE);
            case 14 -> {
                if (isEven) {
                    answer(FloodRequest.get(path, null), careful, varying(), InputsRead.NONE);
                } else {
                    search(path);
                }
            }
            case 15 -> {
                if (isEven) {
                    revoke(path, query);
                } else {
                    refuse(FloodRequest.get(path, query), number);
                }
            }
            default -> answer(FloodRequest.get("/page", query), careful, fields, InputsRead.NONE);
        }
    }

    private Fields varying() {
        return fields.with("Vary", FloodRequest.FIELD);
    }

    private void search(String path) {
        answer(FloodRequest.get(path, "a=1"), general, fields.with("No-Vary-Search", "params"), InputsRead.NONE);
    }

    private void refuse(FloodRequest request, long number) {
        Reason[] reasons = {Reason.NO_STORE, Reason.ERROR, Reason.DETACHED};
        if (engine.open(request, careful) instanceof Step.Render render) {
            render.rendering().release(reasons[(int) (number / KINDS % reasons.length)]);
        }
    }

    private void revoke(String path, String query) {
        FloodRequest post = new FloodRequest("POST", "www.example.org", path, query, "plain");
        engine.open(post, careful);
        engine.revoke(
                InvalidationRules.names(TargetUrl.of(post), careful, List.of(path + "/list?" + query), List.of()),
                RequestRules.key(post, careful));
    }

    private void answer(FloodRequest request, PagePolicy policy, Fields response, InputsRead inputs) {
        if (engine.open(request, policy) instanceof Step.Render render) {
            finish(render.rendering(), response, inputs, floodBody.clone());
        }
    }

    private static void finish(Rendering rendering, Fields response, InputsRead inputs, byte[] body) {
        StorePlan plan = rendering.assess(new ResponseFacts(200, response, inputs, PageWishes.NONE, false));
        if (plan instanceof StorePlan.Store store) {
            rendering.store(rendering.seal(store, 200, response, body));
        } else if (plan instanceof StorePlan.Refuse refusal) {
            rendering.release(refusal.reason());
        }
    }

    private boolean isHotHit(int page) {
        Step step = engine.open(FloodRequest.get("/hot/" + page, null), careful);
        if (step instanceof Step.Render render) {
            finish(render.rendering(), fields, InputsRead.NONE, hotBody.clone());
        }
        return step instanceof Step.Serve;
    }

    private int nextHot() {
        double at = random.nextDouble();
        int low = 0;
        int high = popularity.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (popularity[middle] < at) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Sums of the shares of pages, the most popular one first, by Zipf's law with exponent 0.99. */
    private static double[] zipf(int pages) {
        double[] sums = new double[pages];
        double sum = 0;
        for (int i = 0; i < pages; i++) {
            sum += Math.pow(i + 1, -0.99);
            sums[i] = sum;
        }
        for (int i = 0; i < pages; i++) {
            sums[i] /= sum;
        }
        return sums;
    }

    private static long heapBytes() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
