package dev.pagecache.servlet;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.http.HttpDate;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A response without a client: all that a container's response keeps, and a body that goes nowhere. It wraps the
 * response that is complete, because containers look for their own below wrappers, and hands nothing on to it but the
 * rewriting of URLs.
 *
 * <p>Fields that the container and filters outside had set on the other one are for its maker to set. An application
 * that goes on beyond what a page may have is told that its client is gone: else an endless stream would never end.
 *
 * <p>Confined to one exchange.
 */
final class DetachedResponse extends HttpServletResponseWrapper {
    private static final int BUFFER_SIZE = 32 * 1024;

    private final CacheKey key;
    private final boolean encodesText;
    private final long maxBytes;
    private final FieldLines fields = new FieldLines();
    private final DetachedType type;
    private int status = SC_OK;
    private @Nullable Locale locale;
    private @Nullable Supplier<Map<String, String>> trailers;
    private @Nullable DetachedStream stream;
    private @Nullable DetachedWriter writer;
    private int bufferSize = BUFFER_SIZE;
    private long written;
    private boolean isCommitted;
    private boolean isClosed;
    private boolean isAnswered;
    private boolean isGivenUp;

    /**
     * An empty response.
     *
     * @param complete the response that its client has
     * @param key key of the page that is renewed
     * @param type how its Content-Type is made
     * @param maxBytes most bytes or characters that it takes
     * @param encodesText whether the container encodes printed text, and formats it, by the response's own settings
     */
    DetachedResponse(HttpServletResponse complete, CacheKey key, DetachedType type, int maxBytes, boolean encodesText) {
        super(complete);
        this.key = key;
        this.type = type;
        this.maxBytes = maxBytes;
        this.encodesText = encodesText;
    }

    /** Takes content that goes nowhere; after an error or a redirect, without a word. */
    void drop(int length) throws IOException {
        if (isAnswered) {
            return;
        }
        if (isClosed) {
            throw new IOException("the output is closed");
        }
        written += length;
        if (written > Math.max(maxBytes, Math.max(Capture.WINDOW, bufferSize))) {
            isGivenUp = true;
            throw new IOException("the response has no client");
        }
        isCommitted |= written > bufferSize || written == declaredLength();
    }

    CacheKey key() {
        return key;
    }

    /** Whether the application was told that its client is gone. */
    boolean isGivenUp() {
        return isGivenUp;
    }

    void close() {
        isCommitted = true;
        isClosed = true;
    }

    @Override
    public ServletOutputStream getOutputStream() {
        if (writer != null) {
            throw new IllegalStateException("the writer is in use");
        }
        if (stream == null) {
            stream = encodesText ? new DetachedStream.Encoding(this) : new DetachedStream(this);
        }
        return stream;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (stream != null) {
            throw new IllegalStateException("the stream is in use");
        }
        if (writer == null) {
            if (!type.isCharsetSupported()) {
                throw new UnsupportedEncodingException(type.charset());
            }
            if (!isCommitted) {
                type.fixCharset();
            }
            writer = encodesText ? new DetachedWriter.Formatting(this) : new DetachedWriter(this);
        }
        return writer;
    }

    @Override
    public void flushBuffer() {
        isCommitted = true;
    }

    @Override
    public boolean isCommitted() {
        return isCommitted;
    }

    @Override
    public void reset() {
        resetBuffer();
        fields.clear();
        type.reset();
        status = SC_OK;
        locale = null;
        trailers = null;
        stream = null;
        writer = null;
    }

    @Override
    public void resetBuffer() {
        requireUncommitted();
        written = 0;
    }

    @Override
    public void setBufferSize(int size) {
        requireUncommitted();
        if (written > 0) {
            throw new IllegalStateException("content has been written");
        }
        bufferSize = Math.max(1, size);
    }

    @Override
    public int getBufferSize() {
        return bufferSize;
    }

    @Override
    public void setStatus(int code) {
        if (!isCommitted) {
            status = code;
        }
    }

    @Override
    public int getStatus() {
        return status;
    }

    @Override
    public void sendError(int code) {
        sendError(code, null);
    }

    /** No error page is written: there is nobody to read it. Interim responses end nothing. */
    @Override
    public void sendError(int code, @Nullable String message) {
        if (code == 102 || code == 103) {
            return;
        }
        resetBuffer();
        status = code;
        answer();
    }

    @Override
    public void sendRedirect(String location) {
        sendRedirect(location, SC_FOUND, true);
    }

    @Override
    public void sendRedirect(String location, boolean clearBuffer) {
        sendRedirect(location, SC_FOUND, clearBuffer);
    }

    @Override
    public void sendRedirect(String location, int code) {
        sendRedirect(location, code, true);
    }

    @Override
    public void sendRedirect(@Nullable String location, int code, boolean clearBuffer) {
        requireUncommitted();
        if (location == null || code < 300 || code > 399) {
            throw new IllegalArgumentException("a redirect has a location and a status of 3xx, not " + code);
        }
        if (clearBuffer) {
            resetBuffer();
        }
        status = code;
        fields.set("Location", location);
        answer();
    }

    @Override
    public void addCookie(Cookie cookie) {
        addHeader("Set-Cookie", CookieLine.of(cookie, Instant.now()));
    }

    @Override
    public void setHeader(@Nullable String name, @Nullable String value) {
        if (isCommitted || name == null || name.isEmpty()) {
            return;
        }
        if (name.equalsIgnoreCase("Content-Type")) {
            type.setType(value);
        } else if (value == null) {
            fields.remove(name);
        } else {
            fields.set(name, value);
        }
    }

    @Override
    public void addHeader(@Nullable String name, @Nullable String value) {
        if (value == null || name == null || isCommitted) {
            return;
        }
        if (name.isEmpty() || name.equalsIgnoreCase("Content-Type")) {
            setHeader(name, value);
        } else {
            fields.add(name, value);
        }
    }

    @Override
    public void setDateHeader(String name, long millis) {
        setHeader(name, HttpDate.format(Instant.ofEpochMilli(millis)));
    }

    @Override
    public void addDateHeader(String name, long millis) {
        addHeader(name, HttpDate.format(Instant.ofEpochMilli(millis)));
    }

    @Override
    public void setIntHeader(String name, int value) {
        setHeader(name, Integer.toString(value));
    }

    @Override
    public void addIntHeader(String name, int value) {
        addHeader(name, Integer.toString(value));
    }

    @Override
    public boolean containsHeader(String name) {
        return getHeader(name) != null;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return name.equalsIgnoreCase("Content-Type") ? type.text() : fields.first(name);
    }

    @Override
    public Collection<String> getHeaders(String name) {
        if (!name.equalsIgnoreCase("Content-Type")) {
            return fields.all(name);
        }
        String text = type.text();
        return text == null ? List.of() : List.of(text);
    }

    @Override
    public Collection<String> getHeaderNames() {
        return fields.names();
    }

    @Override
    public void setContentLength(int length) {
        setContentLengthLong(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        setHeader("Content-Length", length < 0 ? null : Long.toString(length));
    }

    @Override
    public void setContentType(@Nullable String text) {
        setHeader("Content-Type", text);
    }

    @Override
    public @Nullable String getContentType() {
        return type.text();
    }

    @Override
    public void setCharacterEncoding(@Nullable String name) {
        if (!isCommitted) {
            type.setCharset(name);
        }
    }

    @Override
    public void setCharacterEncoding(@Nullable Charset charset) {
        setCharacterEncoding(charset == null ? null : charset.name());
    }

    @Override
    public String getCharacterEncoding() {
        return type.charset();
    }

    @Override
    public void setLocale(@Nullable Locale wanted) {
        if (isCommitted) {
            return;
        }
        locale = wanted;
        setHeader("Content-Language", wanted == null ? null : wanted.toLanguageTag());
    }

    @Override
    public Locale getLocale() {
        return locale == null ? Locale.getDefault() : locale;
    }

    @Override
    public void setTrailerFields(Supplier<Map<String, String>> supplier) {
        requireUncommitted();
        trailers = supplier;
    }

    @Override
    public @Nullable Supplier<Map<String, String>> getTrailerFields() {
        return trailers;
    }

    private void answer() {
        isAnswered = true;
        close();
    }

    private long declaredLength() {
        String length = fields.first("Content-Length");
        try {
            return length == null ? -1 : Long.parseLong(length.strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private void requireUncommitted() {
        if (isCommitted) {
            throw new IllegalStateException("the response is committed");
        }
    }
}
