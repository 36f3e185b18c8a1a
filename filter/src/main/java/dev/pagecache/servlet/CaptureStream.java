package dev.pagecache.servlet;

import dev.pagecache.policy.Reason;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The stream that the application writes to. Confined to one exchange. */
final class CaptureStream extends ServletOutputStream {
    private final Capture capture;
    private final CaptureResponse response;
    private final ServletOutputStream target;

    CaptureStream(Capture capture, CaptureResponse response, ServletOutputStream target) {
        this.capture = capture;
        this.response = response;
        this.target = target;
    }

    @Override
    public void write(int octet) throws IOException {
        capture.attempt(() -> capture.write(octet));
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        capture.attempt(() -> capture.write(source, offset, length));
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        byte[] bytes = new byte[source.remaining()];
        source.get(bytes);
        write(bytes, 0, bytes.length);
    }

    /** A container may encode text by the response's charset, or as ISO-8859-1 as the specification has it. */
    @Override
    public void print(String text) throws IOException {
        if (!DetachedStream.encodesByCharset(target)) {
            super.print(text);
            return;
        }
        String name = response.getCharacterEncoding();
        Charset charset = name == null ? StandardCharsets.ISO_8859_1 : Charset.forName(name);
        byte[] bytes = String.valueOf(text).getBytes(charset);
        write(bytes, 0, bytes.length);
    }

    @Override
    public void flush() throws IOException {
        capture.attempt(() -> {
            capture.flush();
            target.flush();
        });
    }

    @Override
    public void close() throws IOException {
        capture.end();
        target.close();
    }

    @Override
    public boolean isReady() {
        return target.isReady();
    }

    /** From now on the container decides when to write: nothing is held for such a response. */
    @Override
    public void setWriteListener(WriteListener listener) {
        try {
            capture.pass(Reason.ASYNC);
        } catch (IOException e) {
            listener.onError(e);
            return;
        }
        target.setWriteListener(listener);
    }
}
