package dev.pagecache.attack;

import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What a task of asynchronous processing does. */
final class Async {
    private Async() {}

    static void write(AsyncContext async, String text) {
        try {
            async.getResponse().getWriter().write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
