package dev.pagecache.servlet;

import dev.pagecache.policy.Reason;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * The filter chain returns while a thread of the application writes the rest and completes: one of them ends the
 * exchange, and it sees what both have written. Results: ends by the chain, ends by the application, bytes in the body.
 */
@JCStressTest
@Outcome(
        id = {"1, 0, 2", "0, 1, 2"},
        expect = Expect.ACCEPTABLE,
        desc = "one end with the whole body")
@State
@SuppressWarnings("this-escape") // nobody extends it
public class AsyncEndRace implements Decisions {
    private static final HttpServletResponse RESPONSE = (HttpServletResponse) Proxy.newProxyInstance(
            AsyncEndRace.class.getClassLoader(),
            new Class<?>[] {HttpServletResponse.class},
            (proxy, method, arguments) -> switch (method.getName()) {
                case "getBufferSize", "getStatus" -> 200;
                case "isCommitted", "containsHeader" -> false;
                default -> null;
            });

    private final AsyncState state = new AsyncState();
    private final AtomicInteger bytes = new AtomicInteger();
    private final AtomicInteger ends = new AtomicInteger();
    private final BodyBuffer first = new BodyBuffer();
    private final BodyBuffer second = new BodyBuffer();

    /** An exchange whose application has started asynchronous processing. */
    public AsyncEndRace() {
        state.enterChain();
    }

    /** The chain. */
    @Actor
    public void chain(III_Result result) {
        first.append(1);
        result.r1 = state.leaveChain(true) ? end() : 0;
    }

    /** The application. */
    @Actor
    public void application(III_Result result) {
        second.append(2);
        result.r2 = state.mayCompleteNow() ? end() : 0;
    }

    /** When both are done. */
    @Arbiter
    public void count(III_Result result) {
        result.r3 = ends.get() == 1 ? bytes.get() : -1;
    }

    private int end() {
        ends.incrementAndGet();
        Capture capture = new Capture(RESPONSE, this, 1 << 20, new CaptureBudget(1 << 20));
        try {
            capture.write(first.toBytes(), 0, first.size());
            capture.write(second.toBytes(), 0, second.size());
            capture.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return 1;
    }

    @Override
    public Delivery decideWhole(byte[] body) {
        bytes.addAndGet(body.length);
        return Delivery.SILENCE;
    }

    @Override
    public Delivery decideEarly(long declaredLength) {
        return Delivery.SILENCE;
    }

    @Override
    public boolean mayHaveContent() {
        return false;
    }

    @Override
    public boolean isLengthOfStored() {
        return false;
    }

    @Override
    public void complete(byte[] body) {
        bytes.addAndGet(body.length);
    }

    @Override
    public void refuse(Reason reason) {
        bytes.addAndGet(-1_000);
    }
}
