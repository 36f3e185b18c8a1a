package dev.pagecache.servlet;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The writer of a response without a client: counts and drops. Confined to one response. */
class DetachedWriter extends PrintWriter {

    DetachedWriter(DetachedResponse response) {
        super(new Sink(response));
    }

    /** Such a writer in place of one that formats by the response's locale. */
    static final class Formatting extends DetachedWriter {
        private final Supplier<Locale> locale;

        Formatting(DetachedResponse response) {
            super(response);
            this.locale = response::getLocale;
        }

        @Override
        @SuppressWarnings("AnnotateFormatMethod") // the annotation would be one that the overridden method has not
        public PrintWriter format(String format, @Nullable Object... args) {
            return format(locale.get(), format, args);
        }
    }

    /** Where the characters end. */
    private static final class Sink extends Writer {
        private final DetachedResponse response;

        Sink(DetachedResponse response) {
            this.response = response;
        }

        @Override
        public void write(char[] source, int offset, int length) throws IOException {
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
    }
}
