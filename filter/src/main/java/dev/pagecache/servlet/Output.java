package dev.pagecache.servlet;

import java.io.IOException;

/** Something that writes. */
@FunctionalInterface
interface Output {
    void run() throws IOException;
}
