package dev.pagecache.servlet;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A class of the tests in a JVM of its own, with options of its own, that is spoken to by lines. It ends with this JVM
 * at the latest: its input ends then.
 *
 * <p>Confined to one thread.
 */
final class ForkedJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final Writer in;

    private ForkedJvm(Process process) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.in = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Runs the main method of a class; a JVM without memory ends, so that nobody waits for it. */
    static ForkedJvm start(Class<?> main, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
        command.addAll(options);
        command.add("-cp");
        command.add(System.getProperty("java.class.path", ""));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        try {
            return new ForkedJvm(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next line that it prints. */
    String line() {
        try {
            String line = out.readLine();
            if (line == null) {
                throw new AssertionError("the other JVM has ended");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The answer to a line. */
    String ask(String question) {
        try {
            in.write(question + "\n");
            in.flush();
        } catch (IOException e) {
            throw new AssertionError("the other JVM has ended", e);
        }
        return line();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Prints a line; called in the other JVM. */
    static void tell(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        new PrintStream(new FileOutputStream(FileDescriptor.out)).write(bytes, 0, bytes.length);
    }

    /** Answers lines until there are no more, and ends; called in the other JVM. */
    static void answer(Answers answers) throws IOException {
        BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (@Nullable String question = asked.readLine(); question != null; question = asked.readLine()) {
            tell(answers.to(question));
        }
        Runtime.getRuntime().halt(0);
    }

    /** What the other JVM says. */
    @FunctionalInterface
    interface Answers {
        String to(String question);
    }
}
