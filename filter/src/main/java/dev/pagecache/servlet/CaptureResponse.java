package dev.pagecache.servlet;

import dev.pagecache.policy.HitRules;
import dev.pagecache.policy.Input;
import dev.pagecache.policy.Reason;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The response as the application sees it: fields go straight to the container, content goes through the capture. Every
 * way in which a servlet response commits is here: flushing, closing, the declared length reached, sendError,
 * sendRedirect.
 *
 * <p>Confined to one exchange.
 */
final class CaptureResponse extends HttpServletResponseWrapper {
    private static final String CONTENT_LANGUAGE = "Content-Language";

    private final HttpServletResponse target;
    private final Outcome outcome;
    private final Capture capture;
    private final InputLog inputs;
    private @Nullable CaptureStream stream;
    private @Nullable CaptureWriter writer;
    private @Nullable HttpServletResponse hidden;

    CaptureResponse(HttpServletResponse target, Outcome outcome, Capture capture, InputLog inputs) {
        super(target);
        this.target = target;
        this.outcome = outcome;
        this.capture = capture;
        this.inputs = inputs;
    }

    /** Hidden while something may be held, see {@link ContainerResponse}; calls reach the container all the same. */
    @Override
    @SuppressWarnings("ReferenceEquality") // which object it is, is what containers ask
    public ServletResponse getResponse() {
        ServletResponse current = super.getResponse();
        if (current != target || !capture.isHolding() || !ContainerResponse.isCutByForward(target)) {
            return current;
        }
        if (hidden == null) {
            hidden = ContainerResponse.hidden(target);
        }
        return hidden;
    }

    /** A container puts a wrapper of its own here while it dispatches. */
    @Override
    @SuppressWarnings("ReferenceEquality") // which object it is, is what containers ask
    public void setResponse(ServletResponse response) {
        super.setResponse(response == hidden ? target : response);
    }

    /** The container's own stream is asked first: it says no where the writer is in use. */
    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        ServletOutputStream own = super.getOutputStream();
        if (stream == null) {
            capture.useWriter(false);
            stream = new CaptureStream(capture, this, own);
        }
        return stream;
    }

    /** The container's own writer is asked first: that fixes the charset and what Content-Type says of it. */
    @Override
    public PrintWriter getWriter() throws IOException {
        PrintWriter own = super.getWriter();
        if (writer == null) {
            capture.useWriter(true);
            writer = new CaptureWriter(capture, own, this::getLocale);
        }
        return writer;
    }

    @Override
    public void flushBuffer() throws IOException {
        capture.attempt(() -> {
            capture.flush();
            target.flushBuffer();
        });
    }

    @Override
    public void reset() {
        super.reset();
        stream = null;
        writer = null;
        if (capture.isHolding()) {
            capture.clear();
            capture.declareLength(-1);
        } else {
            capture.abandon(Reason.INCOMPLETE);
        }
        outcome.noteLanguage(null);
        outcome.restoreStatus();
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        if (capture.isHolding()) {
            capture.clear();
        } else {
            capture.abandon(Reason.INCOMPLETE);
        }
    }

    @Override
    public void setBufferSize(int size) {
        if (capture.isHolding() && !capture.holdsNothing()) {
            throw new IllegalStateException("content has been written");
        }
        super.setBufferSize(size);
    }

    /** Tomcat keeps the language past the fields, adds it when it commits, and lets it win. */
    @Override
    public void setLocale(@Nullable Locale locale) {
        String before = super.getHeader(CONTENT_LANGUAGE);
        super.setLocale(locale);
        if (locale != null && locale.equals(super.getLocale())) {
            String tag = locale.toLanguageTag();
            String now = super.getHeader(CONTENT_LANGUAGE);
            boolean isField = now != null && (now.equals(tag) || !now.equals(before));
            outcome.noteLanguage(isField ? null : tag);
        } else if (locale == null) {
            outcome.noteLanguage(null);
        }
    }

    @Override
    public void setContentLength(int length) {
        setContentLengthLong(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        super.setContentLengthLong(length);
        capture.declareLength(length);
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        super.setHeader(name, value);
        noteLength(name, value);
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        super.addHeader(name, value);
        noteLength(name, value);
    }

    @Override
    public void setIntHeader(String name, int value) {
        super.setIntHeader(name, value);
        noteLength(name, Integer.toString(value));
    }

    @Override
    public void addIntHeader(String name, int value) {
        super.addIntHeader(name, value);
        noteLength(name, Integer.toString(value));
    }

    @Override
    public void sendError(int status) throws IOException {
        if (!isAnsweredOtherwise(status)) {
            super.sendError(status);
        }
    }

    @Override
    public void sendError(int status, @Nullable String message) throws IOException {
        if (!isAnsweredOtherwise(status)) {
            super.sendError(status, message);
        }
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        redirect(SC_FOUND, location, () -> super.sendRedirect(location));
    }

    @Override
    public void sendRedirect(String location, boolean clearBuffer) throws IOException {
        redirect(SC_FOUND, location, clearBuffer, () -> super.sendRedirect(location, clearBuffer));
    }

    @Override
    public void sendRedirect(String location, int status) throws IOException {
        redirect(status, location, () -> super.sendRedirect(location, status));
    }

    @Override
    public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
        redirect(status, location, clearBuffer, () -> super.sendRedirect(location, status, clearBuffer));
    }

    @Override
    public String encodeURL(String url) {
        return noteRewriting(url, super.encodeURL(url));
    }

    @Override
    public String encodeRedirectURL(String url) {
        return noteRewriting(url, super.encodeRedirectURL(url));
    }

    @Override
    public void setTrailerFields(Supplier<Map<String, String>> supplier) {
        outcome.noteTrailers();
        super.setTrailerFields(supplier);
    }

    /**
     * Ends the capture before the container writes its error page, unless a stale page has been sent instead. A
     * container may take 102 and 103 for interim responses, which end nothing.
     */
    private boolean isAnsweredOtherwise(int status) throws IOException {
        if (target.isCommitted() || isInterim(status)) {
            return false;
        }
        if (HitRules.isCoverable(status) && outcome.isCoveredByStale(status)) {
            return true;
        }
        if (status == SC_NOT_MODIFIED && outcome.isValidating()) {
            setStatus(status);
            capture.end();
            return true;
        }
        outcome.refuse(status >= SC_INTERNAL_SERVER_ERROR ? Reason.ERROR : Reason.STATUS);
        capture.abandon(Reason.STATUS);
        return false;
    }

    private static boolean isInterim(int status) {
        return status == 102 || status == 103;
    }

    /** A redirect that keeps what was written is not stored: what the container adds to it is not known. */
    private void redirect(int status, String location, boolean clearBuffer, Output container) throws IOException {
        if (clearBuffer) {
            redirect(status, location, container);
            return;
        }
        capture.pass(Reason.STATUS);
        container.run();
    }

    /** A container may find fault with the location; the application then answers otherwise. */
    private void redirect(int status, String location, Output container) throws IOException {
        outcome.redirect(status, location);
        boolean isSent = false;
        try {
            container.run();
            isSent = true;
        } finally {
            if (!isSent) {
                outcome.refuse(Reason.STATUS);
            }
        }
    }

    private String noteRewriting(String url, String encoded) {
        if (!encoded.equals(url)) {
            inputs.note(Input.SESSION_IN_URL);
        }
        return encoded;
    }

    private void noteLength(String name, @Nullable String value) {
        if (!name.equalsIgnoreCase("Content-Length")) {
            return;
        }
        try {
            capture.declareLength(value == null ? -1 : Long.parseLong(value.strip()));
        } catch (NumberFormatException e) {
            capture.declareLength(Long.MAX_VALUE);
        }
    }
}
