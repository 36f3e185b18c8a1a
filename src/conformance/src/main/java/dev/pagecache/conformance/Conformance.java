package dev.pagecache.conformance;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs the public test suite for HTTP caches against the gateway, once for each profile, and prints the scores. Results
 * stay in the build directory.
 */
public final class Conformance {
    private static final Map<String, String> RFC9111 = Map.of("inputs", "declared", "profile", "rfc9111");

    /** Runs of the whole suite. */
    private static final List<Run> RUNS = List.of(
            new Run("default", Map.of("inputs", "declared")),
            new Run("default-origin", Map.of("inputs", "declared", "timeout", "origin")),
            new Run("rfc9111", RFC9111));

    /**
     * The old name of a targeted field has a group of tests of its own, which later editions do not have any more. Some
     * of them address the cache by the name that it gave itself in the request.
     */
    private static final Run SURROGATE = new Run(
            "rfc9111+surrogate-control",
            Map.of("inputs", "declared", "profile", "rfc9111", "targetedField", "Surrogate-Control"),
            "surrogate-control",
            List.of(new Field("Surrogate-Capability", "pagecache=\"Surrogate/1.0\"")));

    private final Path scripts;
    private final Path target;
    private final String chunk;

    private Conformance(Path scripts, Path target, String chunk) {
        this.scripts = scripts;
        this.target = target;
        this.chunk = chunk;
    }

    /**
     * Runs the suite.
     *
     * @param args the directory of the scripts for node; the build directory; the npm package of the suite with its
     *     version; how many tests run at a time; optionally the directory of another edition of the suite, with its
     *     dependencies installed, in place of the package
     * @throws IOException if a process cannot be started or fails
     */
    public static void main(String[] args) throws IOException {
        if (args.length < 4) {
            throw new IllegalArgumentException("scripts, target, package and chunk expected");
        }
        Path target = Files.createDirectories(Path.of(args[1]).toAbsolutePath().resolve("conformance"));
        Conformance conformance = new Conformance(Path.of(args[0]).toAbsolutePath(), target, args[3]);
        boolean isGiven = args.length > 4 && !args[4].isBlank();
        conformance.run(isGiven ? Path.of(args[4]).toAbsolutePath() : conformance.install(args[2]));
    }

    private Path install(String suitePackage) throws IOException {
        NodeProcess.run(
                List.of("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", ".", suitePackage),
                target);
        return target.resolve("node_modules").resolve(suitePackage.substring(0, suitePackage.lastIndexOf('@')));
    }

    private void run(Path suite) throws IOException {
        List<String> results = new ArrayList<>();
        List<Run> runs = new ArrayList<>(RUNS);
        if (Files.exists(suite.resolve("tests").resolve("surrogate-control.mjs"))) {
            runs.add(SURROGATE);
        }
        try (SuiteOrigin origin = SuiteOrigin.start(suite, target)) {
            for (Run run : runs) {
                results.add(run.name() + "=" + run(run, suite, origin.address()));
            }
        }
        List<String> command = new ArrayList<>(List.of(
                "node",
                scripts.resolve("score.mjs").toString(),
                suite.toString(),
                target.resolve("scores.json").toString()));
        command.addAll(results);
        NodeProcess.run(command, target);
    }

    private Path run(Run run, Path suite, InetSocketAddress origin) throws IOException {
        System.out.println("Running the suite with " + run.name());
        Path results = target.resolve(run.name() + ".json");
        try (GatewayServer gateway =
                GatewayServer.start(new GatewayServlet(origin, run.announced()), 0, run.params())) {
            List<String> command = new ArrayList<>(List.of(
                    "node",
                    "--no-warnings",
                    scripts.resolve("run.mjs").toString(),
                    suite.toString(),
                    "http://127.0.0.1:" + gateway.port(),
                    chunk));
            if (!run.group().isEmpty()) {
                command.add(run.group());
            }
            NodeProcess.run(command, target, results, target.resolve(run.name() + ".log"));
        }
        return results;
    }

    /**
     * One run of the suite.
     *
     * @param params init-params of the filter
     * @param group the only group of tests to run, or empty for all
     * @param announced fields that the gateway adds to requests
     */
    private record Run(String name, Map<String, String> params, String group, List<Field> announced) {
        Run(String name, Map<String, String> params) {
            this(name, params, "", List.of());
        }
    }
}
