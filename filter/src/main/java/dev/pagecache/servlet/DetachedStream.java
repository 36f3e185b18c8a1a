package dev.pagecache.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.Charset;

/** The stream of a response without a client: counts and drops. Confined to one response. */
class DetachedStream extends ServletOutputStream {
    private final DetachedResponse response;

    DetachedStream(DetachedResponse response) {
        this.response = response;
    }

    /** Whether a container's stream encodes printed text by the response's charset, not as ISO-8859-1. */
    static boolean encodesByCharset(ServletOutputStream container) {
        try {
            return container.getClass().getMethod("print", String.class).getDeclaringClass()
                    != ServletOutputStream.class;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    @Override
    public void write(int octet) throws IOException {
        response.drop(1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        response.drop(length);
    }

    @Override
    public void flush() throws IOException {
        response.flushBuffer();
    }

    @Override
    public void close() {
        response.close();
    }

    @Override
    public boolean isReady() {
        return true;
    }

    /** Nobody would call the listener when there is room: it is told that its client is gone. */
    @Override
    public void setWriteListener(WriteListener listener) {
        listener.onError(new IOException("the response has no client"));
    }

    /** Such a stream in place of one that encodes printed text. */
    static final class Encoding extends DetachedStream {
        private final DetachedResponse response;

        Encoding(DetachedResponse response) {
            super(response);
            this.response = response;
        }

        @Override
        public void print(String text) throws IOException {
            byte[] bytes = String.valueOf(text).getBytes(Charset.forName(response.getCharacterEncoding()));
            write(bytes, 0, bytes.length);
        }
    }
}
