package dev.pagecache.servlet;

import dev.pagecache.policy.Reason;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The container's asynchronous context as the application sees it: what is held must be sent before the container ends
 * the response, because afterwards it takes nothing.
 */
final class CaptureAsync implements AsyncContext {
    /** No client that leaves would ever end a renewal that waits for ever. */
    private static final long RENEWAL_MILLIS = 30_000;

    private final AsyncContext target;
    private final AsyncSteps exchange;

    CaptureAsync(AsyncContext target, AsyncSteps exchange) {
        this.target = target;
        this.exchange = exchange;
    }

    @Override
    public void complete() {
        if (exchange.isAbandoned()) {
            return;
        }
        try {
            exchange.beforeComplete();
        } catch (IOException e) {
            exchange.fail(Reason.INCOMPLETE);
        } finally {
            target.complete();
        }
    }

    @Override
    public void dispatch() {
        dispatch(target::dispatch);
    }

    @Override
    public void dispatch(String path) {
        dispatch(() -> target.dispatch(path));
    }

    @Override
    public void dispatch(ServletContext context, String path) {
        dispatch(() -> target.dispatch(context, path));
    }

    @Override
    public ServletRequest getRequest() {
        return target.getRequest();
    }

    @Override
    public ServletResponse getResponse() {
        return target.getResponse();
    }

    @Override
    public boolean hasOriginalRequestAndResponse() {
        return target.hasOriginalRequestAndResponse();
    }

    @Override
    public void start(Runnable task) {
        target.start(task);
    }

    @Override
    public void addListener(AsyncListener listener) {
        target.addListener(new Rebound(listener));
    }

    @Override
    public void addListener(AsyncListener listener, ServletRequest request, ServletResponse response) {
        target.addListener(new Rebound(listener), request, response);
    }

    @Override
    public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
        return target.createListener(type);
    }

    @Override
    public void setTimeout(long timeout) {
        target.setTimeout(timeout <= 0 && exchange.isDetached() ? RENEWAL_MILLIS : timeout);
    }

    @Override
    public long getTimeout() {
        return target.getTimeout();
    }

    private void dispatch(Runnable container) {
        if (exchange.isAbandoned()) {
            return;
        }
        try {
            exchange.beforeDispatch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        container.run();
    }

    /** An application's listener, whose events lead to this context and not past it. */
    private final class Rebound implements AsyncListener {
        private final AsyncListener listener;

        Rebound(AsyncListener listener) {
            this.listener = listener;
        }

        @Override
        public void onComplete(AsyncEvent event) throws IOException {
            listener.onComplete(rebind(event));
        }

        @Override
        public void onTimeout(AsyncEvent event) throws IOException {
            listener.onTimeout(rebind(event));
        }

        @Override
        public void onError(AsyncEvent event) throws IOException {
            listener.onError(rebind(event));
        }

        @Override
        public void onStartAsync(AsyncEvent event) throws IOException {
            listener.onStartAsync(rebind(event));
        }

        private AsyncEvent rebind(AsyncEvent event) {
            return new AsyncEvent(
                    new CaptureAsync(event.getAsyncContext(), exchange),
                    event.getSuppliedRequest(),
                    event.getSuppliedResponse(),
                    event.getThrowable());
        }
    }
}
