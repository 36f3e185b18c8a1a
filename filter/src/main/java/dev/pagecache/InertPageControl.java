package dev.pagecache;

import java.time.Duration;

/** The control of a request in which no cache takes part. */
enum InertPageControl implements PageControl {
    INSTANCE;

    @Override
    public PageControl tag(String... tags) {
        return this;
    }

    @Override
    public PageControl timeout(Duration timeout) {
        return this;
    }

    @Override
    public PageControl vary(String... headerNames) {
        return this;
    }

    @Override
    public PageControl doNotStore() {
        return this;
    }
}
