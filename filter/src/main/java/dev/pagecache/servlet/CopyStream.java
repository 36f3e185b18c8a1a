package dev.pagecache.servlet;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.function.IntPredicate;

/** Where the encoder of a copy writes. Confined to one exchange. */
final class CopyStream extends OutputStream {
    private final BodyBuffer bytes;
    private final IntPredicate room;

    private CopyStream(BodyBuffer bytes, IntPredicate room) {
        this.bytes = bytes;
        this.room = room;
    }

    /**
     * A writer whose characters end up in a buffer, and that fails where the charset lacks one, or where there is no
     * room.
     *
     * @param room asked before each number of bytes
     */
    static Writer encoder(BodyBuffer bytes, Charset charset, IntPredicate room) {
        return new OutputStreamWriter(
                new CopyStream(bytes, room),
                charset.newEncoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    @Override
    public void write(int octet) throws IOException {
        require(1);
        bytes.append(octet);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        require(length);
        bytes.append(source, offset, length);
    }

    private void require(int more) throws IOException {
        if (!room.test(more)) {
            throw new IOException("no room for the copy");
        }
    }
}
