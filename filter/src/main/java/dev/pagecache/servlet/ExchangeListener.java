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
        letGo(event);
    }

    @Override
    public void onError(AsyncEvent event) throws IOException {
        letGo(event);
    }

    /** A container forgets its listeners when asynchronous processing starts anew. */
    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }

    private void letGo(AsyncEvent event) throws IOException {
        if (exchange.isDetached()) {
            Renewal.abandon(exchange, event.getAsyncContext());
        } else {
            exchange.letGo();
        }
    }
}
