package dev.pagecache.benchmarks;

import dev.pagecache.engine.SealedPage;
import dev.pagecache.entry.Page;
import dev.pagecache.entry.RecordCodec;
import dev.pagecache.entry.RecordSigner;
import dev.pagecache.entry.StoredRecord;
import dev.pagecache.http.Fields;
import dev.pagecache.store.MemoryStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What storing a page of 10 KB adds to rendering it, and what its bytes for Redis cost. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MissBenchmark {
    private static final int BODY_BYTES = 10_240;
    private static final long STORE_BYTES = 64L << 20;

    private final byte[] body = Pages.body(BODY_BYTES);
    private final Fields fields = BenchmarkEngine.pageFields();
    private final BenchmarkEngine engine = new BenchmarkEngine(new MemoryStore(STORE_BYTES, null, System::nanoTime));
    private final RecordCodec codec = new RecordCodec();
    private final RecordCodec signedCodec =
            new RecordCodec(new RecordSigner(List.of("0123456789-0123456789-0123456789"), "pagecache"));
    private final Page page =
            engine.render(new BenchmarkRequest(null), fields, body).page();
    private final long now = System.nanoTime();
    private final long wallMillis = System.currentTimeMillis();
    private final byte[] encoded = codec.encode(page, now, wallMillis);
    private final byte[] signed = signedCodec.encode(page, now, wallMillis);
    private int number;

    /** JMH makes the object. */
    public MissBenchmark() {}

    /**
     * Look-up, assessment, entity tag, and put of a page that is not there, evictions included.
     *
     * @return the page
     */
    @Benchmark
    public SealedPage missAndStore() {
        return engine.render(new BenchmarkRequest("n=" + number++), fields, body);
    }

    /**
     * The page's bytes.
     *
     * @return new bytes
     */
    @Benchmark
    public byte[] encode() {
        return codec.encode(page, now, wallMillis);
    }

    /**
     * The page of the bytes.
     *
     * @return the page
     */
    @Benchmark
    public @Nullable StoredRecord decode() {
        return codec.decode(encoded, page.key(), now, wallMillis);
    }

    /**
     * The page's bytes with a signature.
     *
     * @return new bytes
     */
    @Benchmark
    public byte[] encodeSigned() {
        return signedCodec.encode(page, now, wallMillis);
    }

    /**
     * The page of the bytes, if the signature is right.
     *
     * @return the page
     */
    @Benchmark
    public @Nullable StoredRecord decodeSigned() {
        return signedCodec.decode(signed, page.key(), now, wallMillis);
    }
}
