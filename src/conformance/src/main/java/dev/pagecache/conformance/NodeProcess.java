package dev.pagecache.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of node or npm that runs to its end. */
final class NodeProcess {
    private static final long LIMIT_MINUTES = 30;

    private NodeProcess() {}

    /**
     * Runs a program with the output of this one.
     *
     * @throws IOException if it fails
     */
    static void run(List<String> command, Path directory) throws IOException {
        await(new ProcessBuilder(command).inheritIO(), directory);
    }

    /**
     * Runs a program that writes its results and its complaints to files.
     *
     * @throws IOException if it fails
     */
    static void run(List<String> command, Path directory, Path output, Path errors) throws IOException {
        await(new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile()), directory);
    }

    private static void await(ProcessBuilder builder, Path directory) throws IOException {
        Process process = builder.directory(directory.toFile()).start();
        try {
            if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                throw new IOException("too slow: " + builder.command());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroy();
        }
        if (process.exitValue() != 0) {
            throw new IOException("exit status " + process.exitValue() + " of " + builder.command());
        }
    }
}
