package dev.pagecache.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Runs every class {@code …Race} under jcstress, in JVMs of its own: a result that a race does not name as acceptable,
 * a race that hangs, and one that was not run fail the build.
 */
final class RacesTest {
    private static final long MAX_MINUTES = 120;
    private static final Path REPORTS = Path.of("jcstress");

    /** A JVM for each race, with its usual compilers. */
    private static final List<String> SHORT_RUN =
            List.of("-f", "1", "-iters", "1", "-time", "100", "-sc", "false", "-af", "NONE", "-jvmArgs", "-Xmx256m");

    /** Interpreter and each compiler, also with code moved about, and threads bound to processors. */
    private static final List<String> LONG_RUN = List.of("-m", "quick");

    @Test
    void races_allResultsAcceptable() throws Exception {
        Path reports = Files.createTempDirectory(Files.createDirectories(REPORTS), "run");
        Path log = reports.resolve("log.txt");
        Process jcstress = new ProcessBuilder(command())
                .directory(reports.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertTrue(jcstress.waitFor(MAX_MINUTES, TimeUnit.MINUTES), "jcstress hangs");
        } finally {
            jcstress.descendants().forEach(ProcessHandle::destroyForcibly);
            jcstress.destroyForcibly();
        }
        String said = Files.readString(log, StandardCharsets.UTF_8);
        assertEquals(0, jcstress.exitValue(), said);
        List<String> races = races();
        assertFalse(races.isEmpty(), "no races");
        for (String race : races) {
            assertTrue(
                    Files.exists(reports.resolve("report").resolve(race + ".html")),
                    () -> race + " was not run: " + said);
        }
    }

    private static List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.openjdk.jcstress.Main",
                "-t",
                "dev\\.pagecache\\..*Race",
                "-r",
                "report"));
        command.addAll(Run.isLong() ? LONG_RUN : SHORT_RUN);
        return command;
    }

    /** Names of the classes of all packages that are races. */
    private static List<String> races() throws IOException, URISyntaxException {
        Path root = Path.of(RacesTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(name -> name.endsWith("Race.class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace(File.separatorChar, '.'))
                    .sorted()
                    .toList();
        }
    }
}
