package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import dev.pagecache.entry.SampleRecords;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UnsupportedEncodingException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class DetachedResponseTest {
    private static final int MAX_BODY = 100_000;

    private final HttpServletResponse complete = mock(HttpServletResponse.class);

    private DetachedResponse response(@Nullable String knownType, boolean encodesText) {
        return new DetachedResponse(
                complete, SampleRecords.key("key"), new DetachedType(knownType, null), MAX_BODY, encodesText);
    }

    private DetachedResponse response() {
        return response(null, false);
    }

    /** Something done to a response. */
    @FunctionalInterface
    private interface Use {
        void on(DetachedResponse response) throws IOException;
    }

    private static Use use(String word) {
        int open = word.indexOf('(');
        String verb = open < 0 ? word : word.substring(0, open);
        String argument = open < 0 ? "" : word.substring(open + 1, word.length() - 1);
        return switch (verb) {
            case "type" -> response -> response.setContentType(argument.equals("null") ? null : argument);
            case "field" -> response -> response.setHeader("content-type", argument.equals("null") ? null : argument);
            case "add" -> response -> response.addHeader("Content-Type", argument);
            case "charset" -> response -> response.setCharacterEncoding(argument.equals("null") ? null : argument);
            case "writer" -> DetachedResponse::getWriter;
            case "stream" -> DetachedResponse::getOutputStream;
            case "locale" -> response -> response.setLocale(Locale.forLanguageTag(argument));
            case "flush" -> DetachedResponse::flushBuffer;
            case "reset" -> DetachedResponse::reset;
            case "resetBuffer" -> DetachedResponse::resetBuffer;
            default -> throw new IllegalArgumentException(word);
        };
    }

    private static void use(DetachedResponse response, String words) throws IOException {
        for (String word : words.split(" \\+ ", -1)) {
            use(word).on(response);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            stream                                             | -                          | ISO-8859-1
            writer                                             | -                          | ISO-8859-1
            type(text/html)                                    | text/html                  | ISO-8859-1
            type(text/html) + stream                           | text/html                  | ISO-8859-1
            type(text/html) + writer                           | text/html;charset=ISO-8859-1 | ISO-8859-1
            writer + type(text/html)                           | text/html;charset=ISO-8859-1 | ISO-8859-1
            type(text/html; charset=UTF-8)                     | text/html;charset=UTF-8    | UTF-8
            type(text/html;charset="utf-8")                    | text/html;charset=utf-8    | utf-8
            type(text/html; charset=UTF-8; a=1)                | text/html; a=1;charset=UTF-8 | UTF-8
            type(text/html; a="x;charset=y")                   | text/html; a="x;charset=y" | ISO-8859-1
            field(text/html; charset=UTF-8)                    | text/html;charset=UTF-8    | UTF-8
            add(text/html; charset=UTF-8)                      | text/html;charset=UTF-8    | UTF-8
            type(text/html) + charset(UTF-8)                   | text/html;charset=UTF-8    | UTF-8
            charset(UTF-8) + type(text/html)                   | text/html;charset=UTF-8    | UTF-8
            charset(UTF-8)                                     | -                          | UTF-8
            type(a/b;charset=x) + charset(y)                   | a/b;charset=y              | y
            charset(y) + type(a/b;charset=x)                   | a/b;charset=x              | x
            type(a/b;charset=x) + type(c/d)                    | c/d                        | ISO-8859-1
            charset(y) + type(a/b) + type(c/d)                 | c/d;charset=y              | y
            type(a/b;charset=x) + charset(null)                | a/b                        | ISO-8859-1
            type(a/b;charset=x) + type(null)                   | -                          | ISO-8859-1
            charset(y) + type(a/b) + type(null)                | -                          | y
            field(a/b) + field(null)                           | -                          | ISO-8859-1
            type(a/b) + writer + charset(UTF-8)                | a/b;charset=ISO-8859-1     | ISO-8859-1
            charset(UTF-8) + writer + type(a/b;charset=x)      | a/b;charset=UTF-8          | UTF-8
            charset(UTF-8) + type(a/b) + writer + charset(null) | a/b;charset=UTF-8         | UTF-8
            type(a/b) + flush + type(c/d)                      | a/b                        | ISO-8859-1
            type(a/b) + flush + charset(UTF-8)                 | a/b                        | ISO-8859-1
            type(a/b) + flush + writer                         | a/b                        | ISO-8859-1
            type(a/b;charset=UTF-8) + writer + reset           | -                          | ISO-8859-1
            type(a/b;charset=UTF-8) + writer + resetBuffer     | a/b;charset=UTF-8          | UTF-8
            """)
    @DisplayName("Servlet section 5.6: type and charset")
    void type_byUse(String uses, @Nullable String type, String charset) throws IOException {
        DetachedResponse response = response();
        use(response, uses);
        assertEquals(type, response.getContentType());
        assertEquals(type, response.getHeader("Content-Type"));
        assertEquals(type == null ? List.of() : List.of(type), List.copyOf(response.getHeaders("CONTENT-TYPE")));
        assertEquals(type != null, response.containsHeader("content-type"));
        assertEquals(charset, response.getCharacterEncoding());
    }

    @ParameterizedTest(name = "{1} after {0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            text/html;charset=utf-8   | type(text/html; charset=UTF-8)          | text/html;charset=utf-8 | UTF-8
            text/html;charset=utf-8   | type(Text/HTML;charset="UTF-8")         | text/html;charset=utf-8 | UTF-8
            text/html;charset=utf-8   | type(text/html) + writer                | text/html;charset=utf-8 | utf-8
            text/html;charset=utf-8   | type(text/html;a=1) + writer            | text/html;a=1;charset=utf-8 | utf-8
            text/html;charset=utf-8   | type(text/html) + stream                | text/html               | utf-8
            text/html;charset=utf-8   | type(text/plain) + writer               | text/plain;charset=ISO-8859-1 | ISO-8859-1
            text/html;charset=utf-8   | type(text/html;charset=utf8)            | text/html;charset=utf8  | utf8
            text/html;charset=utf-8   | writer                                  | -                       | ISO-8859-1
            application/json          | type(application/json) + writer         | application/json        | UTF-8
            application/ld+json       | type(application/ld+json) + writer      | application/ld+json     | UTF-8
            application/json          | type(application/json) + charset(UTF-8) + writer | application/json;charset=UTF-8 | UTF-8
            text/css                  | type(text/css) + writer                 | text/css;charset=ISO-8859-1 | ISO-8859-1
            a/b;P="x"                 | type(A/B; p=x)                          | a/b;P="x"               | ISO-8859-1
            a/b;p=x                   | type(a/b;p=X)                           | a/b;p=X                 | ISO-8859-1
            """)
    void type_ofTheSameMeaning_keepsTheSpellingOfThePage(
            String known, String uses, @Nullable String type, String charset) throws IOException {
        DetachedResponse response = response(known, false);
        use(response, uses);
        assertEquals(type, response.getContentType());
        assertEquals(charset, response.getCharacterEncoding());
    }

    @Test
    void writer_charsetOfTheContext_isTheDefault() throws IOException {
        DetachedResponse response = new DetachedResponse(
                complete, SampleRecords.key("key"), new DetachedType(null, "UTF-16BE"), MAX_BODY, false);
        use(response, "type(text/html) + writer");
        assertEquals("text/html;charset=UTF-16BE", response.getContentType());
    }

    @ParameterizedTest
    @CsvSource({"no-such", "'not a name'"})
    void writer_unknownCharset_isUnsupported(String charset) {
        DetachedResponse response = response();
        response.setCharacterEncoding(charset);
        assertThrows(UnsupportedEncodingException.class, response::getWriter);
    }

    @Test
    void locale_isALanguageAndNoCharset() {
        DetachedResponse response = response();
        assertEquals(Locale.getDefault(), response.getLocale());
        response.setLocale(Locale.GERMANY);
        assertEquals("de-DE", response.getHeader("Content-Language"));
        assertEquals(Locale.GERMANY, response.getLocale());
        response.setLocale(null);
        assertFalse(response.containsHeader("Content-Language"));
        assertEquals(Locale.getDefault(), response.getLocale());
    }

    @Test
    void output_isStreamOrWriter() throws IOException {
        DetachedResponse streaming = response();
        ServletOutputStream stream = streaming.getOutputStream();
        assertSame(stream, streaming.getOutputStream());
        assertThrows(IllegalStateException.class, streaming::getWriter);
        streaming.reset();
        PrintWriter writer = streaming.getWriter();
        assertSame(writer, streaming.getWriter());
        assertThrows(IllegalStateException.class, streaming::getOutputStream);
        streaming.resetBuffer();
        assertThrows(IllegalStateException.class, streaming::getOutputStream);
    }

    private static final Map<String, Use> COMMITS = new LinkedHashMap<>();

    static {
        COMMITS.put("flushBuffer", DetachedResponse::flushBuffer);
        COMMITS.put(
                "flush of the stream", response -> response.getOutputStream().flush());
        COMMITS.put(
                "close of the stream", response -> response.getOutputStream().close());
        COMMITS.put("flush of the writer", response -> response.getWriter().flush());
        COMMITS.put("close of the writer", response -> response.getWriter().close());
        COMMITS.put("full buffer", response -> {
            response.setBufferSize(10);
            response.getOutputStream().write(new byte[11]);
        });
        COMMITS.put("declared length", response -> {
            response.setContentLength(2);
            response.getOutputStream().write('a');
            response.getOutputStream().write('b');
        });
        COMMITS.put("error", response -> response.sendError(404));
        COMMITS.put("error with a message", response -> response.sendError(500, "why"));
        COMMITS.put("redirect", response -> response.sendRedirect("/x"));
        COMMITS.put("redirect that keeps", response -> response.sendRedirect("/x", false));
        COMMITS.put("redirect with status", response -> response.sendRedirect("/x", 307));
    }

    static Stream<String> commits() {
        return COMMITS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("commits")
    @DisplayName("Servlet section 5.5: what commits, and what has no effect or is an error afterwards")
    void committed_response_staysAsItIs(String way) throws IOException {
        DetachedResponse response = response();
        assertFalse(response.isCommitted());
        Objects.requireNonNull(COMMITS.get(way)).on(response);
        assertTrue(response.isCommitted());
        int status = response.getStatus();
        List<String> names = List.copyOf(response.getHeaderNames());
        response.setStatus(299);
        response.setHeader("X", "1");
        response.addHeader("X", "1");
        response.setIntHeader("X", 1);
        response.setDateHeader("X", 1);
        response.addCookie(new Cookie("a", "b"));
        response.setContentType("a/b");
        response.setCharacterEncoding("UTF-16");
        response.setContentLength(7);
        response.setLocale(Locale.FRANCE);
        assertEquals(status, response.getStatus());
        assertEquals(names, List.copyOf(response.getHeaderNames()));
        assertNull(response.getContentType());
        assertNotEquals("UTF-16", response.getCharacterEncoding());
        assertEquals(Locale.getDefault(), response.getLocale());
        assertThrows(IllegalStateException.class, response::reset);
        assertThrows(IllegalStateException.class, response::resetBuffer);
        assertThrows(IllegalStateException.class, () -> response.setBufferSize(1));
        assertThrows(IllegalStateException.class, () -> response.sendError(500));
        assertThrows(IllegalStateException.class, () -> response.sendRedirect("/y"));
        assertThrows(IllegalStateException.class, () -> response.setTrailerFields(Map::of));
    }

    @ParameterizedTest
    @CsvSource({"102", "103"})
    void sendError_interim_endsNothing(int status) {
        DetachedResponse response = response();
        response.sendError(status);
        assertFalse(response.isCommitted());
        assertEquals(200, response.getStatus());
    }

    @Test
    void answered_response_takesContentWithoutAWord() throws IOException {
        DetachedResponse response = response();
        response.getOutputStream().write(1);
        response.sendError(410);
        assertEquals(410, response.getStatus());
        response.getOutputStream().write(new byte[10 * MAX_BODY]);
        assertFalse(response.isGivenUp());
    }

    @Test
    void redirect_setsStatusAndLocation() {
        DetachedResponse response = response();
        response.sendRedirect("/x", 308, false);
        assertEquals(308, response.getStatus());
        assertEquals("/x", response.getHeader("Location"));
        DetachedResponse other = response();
        other.sendRedirect("/y");
        assertEquals(302, other.getStatus());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-, 302", "/x, 200", "/x, 400"})
    void redirect_wrong_isAnError(@Nullable String location, int status) {
        DetachedResponse response = response();
        assertThrows(IllegalArgumentException.class, () -> response.sendRedirect(location, status, true));
        assertFalse(response.isCommitted());
    }

    @Test
    void closedOutput_takesNothing() throws IOException {
        DetachedResponse response = response();
        response.getOutputStream().close();
        assertThrows(IOException.class, () -> response.getOutputStream().write(1));
        assertFalse(response.isGivenUp());
    }

    /** Nobody's leaving would end an endless page. */
    @Test
    void output_beyondWhatAPageMayHave_isRefused() throws IOException {
        DetachedResponse response = response();
        response.getOutputStream().write(new byte[MAX_BODY]);
        assertFalse(response.isGivenUp());
        assertThrows(IOException.class, () -> response.getOutputStream().write(1));
        assertTrue(response.isGivenUp());
        DetachedResponse writing = response();
        PrintWriter writer = writing.getWriter();
        writer.write("x".repeat(MAX_BODY));
        assertFalse(writer.checkError());
        writer.write("x");
        assertTrue(writer.checkError());
    }

    @Test
    void stream_writeListener_isToldThatNobodyIsThere() {
        AtomicReference<@Nullable Throwable> told = new AtomicReference<>();
        ServletOutputStream stream = response().getOutputStream();
        assertTrue(stream.isReady());
        stream.setWriteListener(new WriteListener() {
            @Override
            public void onWritePossible() {
                throw new AssertionError();
            }

            @Override
            public void onError(Throwable failure) {
                told.set(failure);
            }
        });
        assertTrue(told.get() instanceof IOException);
    }

    @Test
    void buffer_isSetBeforeContent() throws IOException {
        DetachedResponse response = response();
        response.setBufferSize(5_000);
        assertEquals(5_000, response.getBufferSize());
        response.getOutputStream().write(1);
        assertThrows(IllegalStateException.class, () -> response.setBufferSize(6_000));
        response.resetBuffer();
        response.setBufferSize(6_000);
        assertEquals(6_000, response.getBufferSize());
    }

    @Test
    @DisplayName("Servlet 6.1: null and empty names and values")
    void fields_areKeptAsByAContainer() {
        DetachedResponse response = response();
        response.addHeader("X-A", "1");
        response.addHeader("x-a", "2");
        response.addIntHeader("X-A", 3);
        response.addHeader("X-A", null);
        response.addHeader(null, "x");
        response.setHeader("", "x");
        response.addHeader("", "x");
        response.setHeader(null, "x");
        response.setDateHeader("X-D", 0);
        response.addDateHeader("X-D", 1000);
        assertEquals(List.of("1", "2", "3"), List.copyOf(response.getHeaders("X-a")));
        assertEquals("1", response.getHeader("X-A"));
        assertEquals(
                List.of("Thu, 01 Jan 1970 00:00:00 GMT", "Thu, 01 Jan 1970 00:00:01 GMT"),
                List.copyOf(response.getHeaders("x-d")));
        assertEquals(List.of("X-A", "X-D"), List.copyOf(response.getHeaderNames()));
        response.setIntHeader("x-A", 9);
        assertEquals(List.of("9"), List.copyOf(response.getHeaders("X-A")));
        response.setHeader("X-A", null);
        assertFalse(response.containsHeader("x-a"));
        assertNull(response.getHeader("X-A"));
        response.setContentLengthLong(5_000_000_000L);
        assertEquals("5000000000", response.getHeader("Content-Length"));
        response.setContentLengthLong(-1);
        assertFalse(response.containsHeader("Content-Length"));
    }

    @Test
    void reset_forgetsEverything() {
        DetachedResponse response = response();
        response.setStatus(404);
        response.setHeader("X", "1");
        response.setLocale(Locale.FRANCE);
        response.setTrailerFields(Map::of);
        response.reset();
        assertEquals(200, response.getStatus());
        assertEquals(List.of(), List.copyOf(response.getHeaderNames()));
        assertEquals(Locale.getDefault(), response.getLocale());
        assertNull(response.getTrailerFields());
    }

    @Test
    void declaredLength_thatIsNoNumber_commitsNothing() throws IOException {
        DetachedResponse response = response();
        response.setHeader("Content-Length", "many");
        response.getOutputStream().write(1);
        assertFalse(response.isCommitted());
    }

    @Test
    @DisplayName("RFC 6265 section 4.1: cookies")
    void cookie_isAField() {
        DetachedResponse response = response();
        response.addCookie(new Cookie("a", "b"));
        assertEquals("a=b", response.getHeader("Set-Cookie"));
        Cookie cookie = new Cookie("n", "");
        cookie.setPath("/p");
        cookie.setDomain("d.test");
        cookie.setMaxAge(60);
        cookie.setSecure(true);
        cookie.setHttpOnly(true);
        cookie.setAttribute("SameSite", "Lax");
        assertEquals(
                "n=; Path=/p; Domain=d.test; Expires=Thu, 01 Jan 1970 00:01:00 GMT; Max-Age=60; Secure; HttpOnly;"
                        + " SameSite=Lax",
                CookieLine.of(cookie, Instant.EPOCH));
        cookie.setMaxAge(0);
        assertTrue(CookieLine.of(cookie, Instant.now()).contains("Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0"));
    }

    @Test
    void urls_areRewrittenByTheContainer() {
        when(complete.encodeURL("/a")).thenReturn("/a;s=1");
        when(complete.encodeRedirectURL("/b")).thenReturn("/b;s=1");
        assertEquals("/a;s=1", response().encodeURL("/a"));
        assertEquals("/b;s=1", response().encodeRedirectURL("/b"));
    }

    /** A method that is not overridden would speak to the response that the client has. */
    @Test
    void response_handsNothingOn() throws Exception {
        Set<String> handedOn = Set.of("encodeURL", "encodeRedirectURL");
        List<String> missing = new ArrayList<>();
        for (Method method : HttpServletResponse.class.getMethods()) {
            Class<?> owner = DetachedResponse.class
                    .getMethod(method.getName(), method.getParameterTypes())
                    .getDeclaringClass();
            if (owner != DetachedResponse.class && !handedOn.contains(method.getName())) {
                missing.add(method.getName() + Arrays.toString(method.getParameterTypes()));
            }
        }
        assertEquals(List.of(), missing);
        DetachedResponse response = response();
        use(response, "type(text/html) + charset(UTF-8) + locale(fr) + writer + resetBuffer + flush");
        verifyNoInteractions(complete);
    }

    @Test
    void output_ofAContainerThatEncodes_encodes() throws IOException {
        DetachedResponse plain = response();
        assertFalse(DetachedStream.encodesByCharset(plain.getOutputStream()));
        assertThrows(IOException.class, () -> plain.getOutputStream().print("\u20ac"));
        DetachedResponse encoding = response(null, true);
        encoding.setCharacterEncoding(StandardCharsets.UTF_8);
        encoding.setContentLength(3);
        assertTrue(DetachedStream.encodesByCharset(encoding.getOutputStream()));
        encoding.getOutputStream().print("\u20ac");
        assertTrue(encoding.isCommitted());
        DetachedResponse formatting = response(null, true);
        formatting.setLocale(Locale.GERMANY);
        assertSame(
                DetachedWriter.Formatting.class,
                formatting.getWriter().format("%d", 1_000).getClass());
    }
}
