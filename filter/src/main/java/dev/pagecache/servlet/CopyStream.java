package dev.pagecache.servlet;

import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;

/** Where the encoder of a copy writes. Confined to one exchange. */
final class CopyStream extends OutputStream {
    private final BodyBuffer bytes;

    CopyStream(BodyBuffer bytes) {
        this.bytes = bytes;
    }

    /** A writer whose characters end up in a buffer, and that fails where the charset lacks one. */
    static Writer encoder(BodyBuffer bytes, Charset charset) {
        return new OutputStreamWriter(
                new CopyStream(bytes),
                charset.newEncoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    @Override
    public void write(int octet) {
        bytes.append(octet);
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        bytes.append(source, offset, length);
    }
}
