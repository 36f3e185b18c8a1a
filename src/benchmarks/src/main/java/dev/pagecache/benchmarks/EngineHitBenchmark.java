package dev.pagecache.benchmarks;

import dev.pagecache.engine.Step;
import dev.pagecache.store.MemoryStore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A hit as far as the engine goes: assess, key, look up, assess the page. No container, nothing is sent. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EngineHitBenchmark {
    private static final int BODY_BYTES = 10_240;
    private static final long STORE_BYTES = 64L << 20;

    private final BenchmarkRequest plainRequest = new BenchmarkRequest(null);
    private final BenchmarkRequest variedRequest = new BenchmarkRequest("page=2");
    private final BenchmarkEngine engine = new BenchmarkEngine(new MemoryStore(STORE_BYTES, null, System::nanoTime));

    /** JMH makes the object. */
    public EngineHitBenchmark() {}

    /** Stores a page that does not vary and one that does. */
    @Setup
    public void store() {
        byte[] body = Pages.body(BODY_BYTES);
        engine.render(plainRequest, BenchmarkEngine.pageFields(), body);
        engine.render(variedRequest, BenchmarkEngine.pageFields().with("Vary", "Accept-Language"), body);
        engine.hit(plainRequest);
        engine.hit(variedRequest);
    }

    /**
     * A page at the key of its URL.
     *
     * @return the step
     */
    @Benchmark
    public Step plainHit() {
        return engine.open(plainRequest);
    }

    /**
     * A page to which a Vary index leads.
     *
     * @return the step
     */
    @Benchmark
    public Step varyHit() {
        return engine.open(variedRequest);
    }
}
