package dev.pagecache.servlet;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A container's response in memory. The interface is large: only what the edge asks for is answered. */
final class FakeResponse {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    final StringWriter text = new StringWriter();
    final List<String> lines = new ArrayList<>();
    final HttpServletResponse response = mock(HttpServletResponse.class);
    boolean isCommitted;
    int flushes;

    @Nullable
    String charset = "UTF-8";

    @Nullable
    String contentType;

    FakeResponse(String... namesAndValues) throws IOException {
        lines.addAll(List.of(namesAndValues));
        when(response.getHeaderNames()).thenAnswer(call -> names());
        when(response.getHeaders(anyString())).thenAnswer(call -> all(call.getArgument(0)));
        when(response.getContentType()).thenAnswer(call -> contentType);
        when(response.getCharacterEncoding()).thenAnswer(call -> charset);
        when(response.isCommitted()).thenAnswer(call -> isCommitted);
        when(response.getOutputStream()).thenReturn(new Stream());
        when(response.getWriter()).thenReturn(new PrintWriter(text));
        doAnswer(call -> {
                    set(call.getArgument(0), call.getArgument(1));
                    return call;
                })
                .when(response)
                .setHeader(anyString(), any());
        doAnswer(call -> {
                    lines.add(call.getArgument(0));
                    lines.add(call.getArgument(1));
                    return call;
                })
                .when(response)
                .addHeader(anyString(), any());
        doAnswer(call -> {
                    set(call.getArgument(0), "date " + call.getArgument(1));
                    return call;
                })
                .when(response)
                .setDateHeader(anyString(), anyLong());
        doAnswer(call -> {
                    isCommitted = true;
                    flushes++;
                    return call;
                })
                .when(response)
                .flushBuffer();
    }

    List<String> all(String name) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < lines.size(); i += 2) {
            if (lines.get(i).equalsIgnoreCase(name)) {
                values.add(lines.get(i + 1));
            }
        }
        return values;
    }

    /** Names as a container gives them: each once, in the letter case that it saw first. */
    private Set<String> names() {
        Set<String> seen = new LinkedHashSet<>();
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < lines.size(); i += 2) {
            if (seen.add(lines.get(i).toLowerCase(Locale.ROOT))) {
                names.add(lines.get(i));
            }
        }
        return names;
    }

    private void set(String name, String value) {
        for (int i = lines.size() - 2; i >= 0; i -= 2) {
            if (lines.get(i).equalsIgnoreCase(name)) {
                lines.remove(i + 1);
                lines.remove(i);
            }
        }
        lines.add(name);
        lines.add(value);
    }

    /** What the container was given. */
    private final class Stream extends ServletOutputStream {
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(int octet) {
            bytes.write(octet);
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            bytes.write(source, offset, length);
        }
    }
}
