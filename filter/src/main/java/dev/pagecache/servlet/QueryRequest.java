package dev.pagecache.servlet;

import dev.pagecache.policy.QueryRules;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A QUERY whose content can be asked for before the application reads it. Until then it is the container's own request;
 * afterwards the application reads from here what was read, and the rest, if there is one, from the container.
 *
 * <p>Confined to one exchange; {@link #later} may be called by any thread.
 */
final class QueryRequest extends HttpServletRequestWrapper {
    private final HttpServletResponse response;
    private boolean isAsked;
    private @Nullable ContentStream content;
    private @Nullable String digest;
    private @Nullable BufferedReader reader;
    private boolean isStreamUsed;
    private @Nullable String encoding;
    private boolean hasReturned;
    private @Nullable Runnable pending;

    /** @param response what the application's asynchronous processing gets where it names no other */
    QueryRequest(HttpServletRequest request, HttpServletResponse response) {
        super(request);
        this.response = response;
    }

    /** The digest of the content, read now; null if it is not known to be whole, or is too long. */
    @Nullable
    String contentDigest() {
        if (!isAsked) {
            isAsked = true;
            read();
        }
        return digest;
    }

    /** The parts of a multipart are read by the container alone, so these are left to it. */
    private void read() {
        String type = super.getContentType();
        if (super.getContentLengthLong() > QueryRules.MAX_CONTENT_BYTES
                || (type != null && type.strip().toLowerCase(Locale.ROOT).startsWith("multipart/"))) {
            return;
        }
        ServletInputStream container;
        try {
            container = super.getInputStream();
        } catch (IOException | IllegalStateException e) {
            // A filter outside has asked for the reader, or there is nothing to read from: the application will see.
            return;
        }
        ReadContent read = ReadContent.from(container, QueryRules.MAX_CONTENT_BYTES);
        content = new ContentStream(read, this);
        digest = read.isEnded() && isWhole(read.size()) ? read.digest() : null;
    }

    /** Filters outside may have read some of it, or all. */
    private boolean isWhole(int size) {
        if (super.isTrailerFieldsReady() && !super.getTrailerFields().isEmpty()) {
            return false;
        }
        long declared = super.getContentLengthLong();
        if (declared >= 0) {
            return size == declared;
        }
        return size > 0 || (super.getHeader("Transfer-Encoding") == null && super.getContentType() == null);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (content == null) {
            return super.getInputStream();
        }
        if (reader != null) {
            throw new IllegalStateException("the reader is in use");
        }
        isStreamUsed = true;
        return content;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        if (content == null) {
            return super.getReader();
        }
        if (isStreamUsed) {
            throw new IllegalStateException("the stream is in use");
        }
        if (reader == null) {
            String name = getCharacterEncoding();
            reader = new BufferedReader(
                    new InputStreamReader(content, name == null ? StandardCharsets.ISO_8859_1 : charset(name)));
        }
        return reader;
    }

    @Override
    public @Nullable String getCharacterEncoding() {
        return encoding == null ? super.getCharacterEncoding() : encoding;
    }

    /** The container takes none any more, because its stream is in use. */
    @Override
    @SuppressWarnings("PreferCharsetOverload") // a container before Servlet 6.1 has no other
    public void setCharacterEncoding(String name) throws UnsupportedEncodingException {
        if (content == null) {
            super.setCharacterEncoding(name);
        } else if (!isStreamUsed && reader == null) {
            charset(name);
            encoding = name;
        }
    }

    @Override
    public void setCharacterEncoding(Charset charset) {
        if (content == null) {
            super.setCharacterEncoding(charset);
        } else if (!isStreamUsed && reader == null) {
            encoding = charset.name();
        }
    }

    private static Charset charset(String name) throws UnsupportedEncodingException {
        try {
            if (Charset.isSupported(name)) {
                return Charset.forName(name);
            }
        } catch (IllegalCharsetNameException e) {
            throw unsupported(name, e);
        }
        throw unsupported(name, null);
    }

    private static UnsupportedEncodingException unsupported(String name, @Nullable Throwable cause) {
        UnsupportedEncodingException unsupported = new UnsupportedEncodingException(name);
        if (cause != null) {
            unsupported.initCause(cause);
        }
        return unsupported;
    }

    /** Without arguments a container would hand on its own request, whose content has been read. */
    @Override
    public AsyncContext startAsync() {
        return super.startAsync(this, response);
    }

    /**
     * Runs a task of the asynchronous processing in a thread of the container's, no sooner than the application has
     * returned to it: so does a container with its own calls of a read listener.
     *
     * @throws IllegalStateException if there is no asynchronous processing
     */
    void later(Runnable task) {
        AsyncContext context = super.getAsyncContext();
        synchronized (this) {
            if (!hasReturned) {
                pending = () -> start(context, task);
                return;
            }
        }
        start(context, task);
    }

    /** The application has returned to the container for the first time. */
    void chainReturned() {
        Runnable task;
        synchronized (this) {
            hasReturned = true;
            task = pending;
            pending = null;
        }
        if (task != null) {
            task.run();
        }
    }

    /** Nobody waits for content once the processing is over. */
    private static void start(AsyncContext context, Runnable task) {
        try {
            context.start(task);
        } catch (IllegalStateException e) {
            ServletEvents.alreadyEnded(e);
        }
    }
}
