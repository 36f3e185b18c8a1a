package dev.pagecache.benchmarks;

import dev.pagecache.config.Settings;
import dev.pagecache.config.SettingsSource;
import dev.pagecache.engine.Counters;
import dev.pagecache.engine.Engine;
import dev.pagecache.engine.Rendering;
import dev.pagecache.engine.Revocations;
import dev.pagecache.engine.SealedPage;
import dev.pagecache.engine.Step;
import dev.pagecache.http.Fields;
import dev.pagecache.policy.InputsRead;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.PageWishes;
import dev.pagecache.policy.RequestFacts;
import dev.pagecache.policy.ResponseFacts;
import dev.pagecache.policy.StorePlan;
import dev.pagecache.store.HitForMissMarks;
import dev.pagecache.store.MemoryStampLedger;
import dev.pagecache.store.RecordStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** An engine with the settings that a filter has by default, and no container. Safe for use by many threads. */
final class BenchmarkEngine {
    private static final int MARKS = 10_000;

    private final Engine engine;
    private final PagePolicy policy;

    BenchmarkEngine(RecordStore store) {
        this.engine = new Engine(
                store,
                new HitForMissMarks(MARKS, System::nanoTime),
                new Revocations(new MemoryStampLedger(MemoryStampLedger.DEFAULT_MAX_NAMES)),
                Duration.ofSeconds(2),
                System::nanoTime,
                InstantSource.system(),
                new Counters());
        this.policy = Settings.read(SettingsSource.ofSystem(Map.of("timeout", "24h"), Map.of()))
                .filter()
                .policy();
    }

    Step open(RequestFacts request) {
        return engine.open(request, policy);
    }

    /** A page whose response has the usual fields. */
    static Fields pageFields() {
        return Fields.of(
                "Content-Type", "text/html;charset=utf-8",
                "Content-Language", "en",
                "Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT");
    }

    /** A miss from its look-up to its store. */
    SealedPage render(RequestFacts request, Fields fields, byte[] body) {
        if (!(open(request) instanceof Step.Render step)) {
            throw new IllegalStateException("the page is there already");
        }
        Rendering rendering = step.rendering();
        StorePlan plan = rendering.assess(new ResponseFacts(200, fields, InputsRead.NONE, PageWishes.NONE, false));
        if (!(plan instanceof StorePlan.Store store)) {
            throw new IllegalStateException("the page is not storable: " + plan);
        }
        SealedPage page = rendering.seal(store, 200, fields, body);
        rendering.store(page);
        return page;
    }

    /** A hit, or an exception. */
    Step.Serve hit(RequestFacts request) {
        if (!(open(request) instanceof Step.Serve serve)) {
            throw new IllegalStateException("the page is not there");
        }
        return serve;
    }
}
