package dev.pagecache.servlet;

import dev.pagecache.policy.Reason;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;

/**
 * Hears of the end of an asynchronous exchange. It is the first listener: what the application's own listeners write
 * after a time-out or an error must find nothing held back.
 */
final class ExchangeListener implements AsyncListener {
    private final Exchange exchange;

    ExchangeListener(Exchange exchange) {
        this.exchange = exchange;
    }

    /** An exchange that is still open here was completed past the cache. */
    @Override
    public void onComplete(AsyncEvent event) {
        exchange.fail(Reason.ASYNC);
    }

    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
        exchange.letGo();
    }

    @Override
    public void onError(AsyncEvent event) throws IOException {
        exchange.letGo();
    }

    /** A container forgets its listeners when asynchronous processing starts anew. */
    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }
}
