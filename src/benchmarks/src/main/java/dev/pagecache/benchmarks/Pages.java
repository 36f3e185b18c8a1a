package dev.pagecache.benchmarks;

/** The content that is served. */
final class Pages {
    private Pages() {}

    /** Text of a size, in bytes. */
    static byte[] body(int bytes) {
        byte[] body = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            body[i] = (byte) (i % 80 == 79 ? '\n' : 'a' + i % 26);
        }
        return body;
    }
}
