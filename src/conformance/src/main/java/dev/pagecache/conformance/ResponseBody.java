package dev.pagecache.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** How long the body of a response is (RFC 9112 section 6.3), and its way to somewhere else. */
sealed interface ResponseBody {
    /**
     * Copies the whole body.
     *
     * @throws OriginException where the origin ends it too early or breaks its framing
     * @throws IOException where it cannot be written
     */
    void copy(WireReader in, OutputStream out) throws IOException;

    /**
     * What follows a head. A transfer coding that is not chunked ends with the connection, as section 6.3 says; it is
     * handed on as it came, because nobody asked the origin for any coding.
     *
     * @param method of the request
     * @throws OriginException where the head does not say it in a way that is safe to hand on
     */
    static ResponseBody of(String method, ResponseHead head) throws OriginException {
        List<String> codings = head.values("Transfer-Encoding");
        long length = length(head.values("Content-Length"));
        if (method.equals("HEAD") || head.status() == 204 || head.status() == 304) {
            return new None();
        }
        if (codings.isEmpty()) {
            return length < 0 ? new ToTheEnd() : new Counted(length);
        }
        if (codings.size() > 1 || codings.get(0).indexOf(',') >= 0) {
            throw new OriginException("several transfer codings");
        }
        return codings.get(0).equalsIgnoreCase("chunked") ? new Chunked() : new ToTheEnd();
    }

    private static long length(List<String> values) throws OriginException {
        String known = null;
        for (String value : values) {
            for (String member : value.split(",", -1)) {
                String length = member.strip();
                if (known != null && !known.equals(length)) {
                    throw new OriginException("several lengths");
                }
                known = length;
            }
        }
        return known == null ? -1 : number(known, 10);
    }

    private static long number(String digits, int radix) throws OriginException {
        boolean isNumber = !digits.isEmpty() && digits.length() <= 15;
        for (int i = 0; i < digits.length(); i++) {
            isNumber &= digits.charAt(i) < 128 && Character.digit(digits.charAt(i), radix) >= 0;
        }
        if (!isNumber) {
            throw new OriginException("a length that is no number");
        }
        return Long.parseLong(digits, radix);
    }

    private static int read(InputStream in, byte[] buffer, long most) throws OriginException {
        try {
            return in.read(buffer, 0, (int) Math.min(most, buffer.length));
        } catch (IOException e) {
            throw new OriginException(e);
        }
    }

    private static void copy(InputStream in, long length, OutputStream out) throws IOException {
        byte[] buffer = new byte[8192];
        long left = length;
        while (left > 0) {
            int n = read(in, buffer, left);
            if (n < 0) {
                throw new OriginException("the origin broke off in the body");
            }
            out.write(buffer, 0, n);
            left -= n;
        }
    }

    /** A response without content, whatever its fields say. */
    record None() implements ResponseBody {
        @Override
        public void copy(WireReader in, OutputStream out) {
            // there is nothing to copy
        }
    }

    /**
     * As many bytes as Content-Length says.
     *
     * @param bytes zero or more
     */
    record Counted(long bytes) implements ResponseBody {
        @Override
        public void copy(WireReader in, OutputStream out) throws IOException {
            ResponseBody.copy(in.stream(), bytes, out);
        }
    }

    /** Chunks; trailer fields are dropped, which RFC 9110 section 6.5.1 allows. */
    record Chunked() implements ResponseBody {
        private static final int MAX_LINE_CHARS = 4096;

        @Override
        public void copy(WireReader in, OutputStream out) throws IOException {
            long size = size(in);
            while (size > 0) {
                ResponseBody.copy(in.stream(), size, out);
                if (!in.line(MAX_LINE_CHARS).isEmpty()) {
                    throw new OriginException("a chunk longer than it says");
                }
                size = size(in);
            }
            in.lines();
        }

        private static long size(WireReader in) throws IOException {
            String line = in.line(MAX_LINE_CHARS);
            int extension = line.indexOf(';');
            return number((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
        }
    }

    /** Everything until the origin closes the connection. */
    record ToTheEnd() implements ResponseBody {
        @Override
        public void copy(WireReader in, OutputStream out) throws IOException {
            byte[] buffer = new byte[8192];
            int n = read(in.stream(), buffer, buffer.length);
            while (n >= 0) {
                out.write(buffer, 0, n);
                n = read(in.stream(), buffer, buffer.length);
            }
        }
    }
}
