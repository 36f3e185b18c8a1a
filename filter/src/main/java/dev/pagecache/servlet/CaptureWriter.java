package dev.pagecache.servlet;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The writer that the application prints to. Confined to one exchange. */
final class CaptureWriter extends PrintWriter {
    private final Capture capture;
    private final PrintWriter target;
    private final Supplier<Locale> locale;

    CaptureWriter(Capture capture, PrintWriter target, Supplier<Locale> locale) {
        super(new Sink(capture, target));
        this.capture = capture;
        this.target = target;
        this.locale = locale;
    }

    /** An application that is told of an error may leave out the rest. */
    @Override
    public boolean checkError() {
        boolean hasFailed = super.checkError() || target.checkError();
        if (hasFailed) {
            capture.breakOff();
        }
        return hasFailed;
    }

    /** A container may format by the response's locale instead of the JVM's. */
    @Override
    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be one that the overridden method has not
    public PrintWriter format(String format, @Nullable Object... args) {
        return format(formatsByResponse() ? locale.get() : Locale.getDefault(Locale.Category.FORMAT), format, args);
    }

    private boolean formatsByResponse() {
        try {
            return target.getClass()
                            .getMethod("format", String.class, Object[].class)
                            .getDeclaringClass()
                    != PrintWriter.class;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    /** Hands characters to the capture; flushing and closing reach the container behind it. */
    private static final class Sink extends Writer {
        private final Capture capture;
        private final PrintWriter target;

        Sink(Capture capture, PrintWriter target) {
            this.capture = capture;
            this.target = target;
        }

        @Override
        public void write(char[] source, int offset, int length) throws IOException {
            capture.attempt(() -> capture.write(source, offset, length));
        }

        @Override
        public void write(String source, int offset, int length) throws IOException {
            capture.attempt(() -> capture.write(source, offset, length));
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
    }
}
