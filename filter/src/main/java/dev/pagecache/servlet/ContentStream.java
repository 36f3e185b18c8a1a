package dev.pagecache.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Content of which the first bytes have been read before the application asks for it. They can be read without waiting;
 * what comes behind them is the container's matter, as are its calls of a read listener. Where nothing is behind them a
 * container may never call a listener, so it is called from here.
 *
 * <p>Used by one thread at a time.
 */
final class ContentStream extends ServletInputStream {
    private final ReadContent head;
    private final @Nullable ServletInputStream rest;
    private final QueryRequest request;
    private int at;
    private @Nullable ReadListener listener;
    private boolean isCalling;
    private boolean isRestRead;
    private boolean isTold;

    ContentStream(ReadContent head, QueryRequest request) {
        this.head = head;
        this.rest = head.rest();
        this.request = request;
        this.isRestRead = rest == null;
    }

    @Override
    public int read() throws IOException {
        if (at == head.size()) {
            return rest == null ? -1 : rest.read();
        }
        int octet = head.bytes()[at] & 0xff;
        at++;
        tellIfRead();
        return octet;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (at == head.size()) {
            return rest == null ? -1 : rest.read(target, offset, length);
        }
        int count = Math.min(length, head.size() - at);
        System.arraycopy(head.bytes(), at, target, offset, count);
        at += count;
        tellIfRead();
        return count;
    }

    @Override
    public int available() throws IOException {
        return at < head.size() || rest == null ? head.size() - at : rest.available();
    }

    @Override
    public boolean isFinished() {
        return at == head.size() && (rest == null || rest.isFinished());
    }

    @Override
    public boolean isReady() {
        return at < head.size() || rest == null || rest.isReady();
    }

    @Override
    public void setReadListener(ReadListener given) {
        Objects.requireNonNull(given);
        if (listener != null) {
            throw new IllegalStateException("there is a read listener already");
        }
        if (!request.isAsyncStarted()) {
            throw new IllegalStateException("no asynchronous processing has been started");
        }
        listener = given;
        if (rest == null) {
            request.later(() -> call(given));
        } else {
            rest.setReadListener(new OfRest(given));
        }
    }

    /** Between calls of the listener the application may read in a thread of its own. */
    private void tellIfRead() {
        ReadListener known = listener;
        if (known != null && isRestRead && !isCalling && !isTold && at == head.size()) {
            request.later(() -> call(known));
        }
    }

    private void call(ReadListener known) {
        isCalling = true;
        try {
            if (at < head.size()) {
                known.onDataAvailable();
            }
            if (at == head.size() && !isTold) {
                isTold = true;
                known.onAllDataRead();
            }
        } catch (IOException | RuntimeException e) {
            known.onError(e);
        } finally {
            isCalling = false;
        }
    }

    /** The container knows of the rest only: at its end the first bytes may not have been read. */
    private final class OfRest implements ReadListener {
        private final ReadListener known;

        OfRest(ReadListener known) {
            this.known = known;
        }

        @Override
        public void onDataAvailable() throws IOException {
            known.onDataAvailable();
        }

        @Override
        public void onAllDataRead() {
            isRestRead = true;
            call(known);
        }

        @Override
        public void onError(Throwable thrown) {
            known.onError(thrown);
        }
    }
}
