package dev.pagecache.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With the system property {@code configuration.docs=write} the documentation is written instead of compared. */
final class ParameterTableTest {
    private static final Path DOCS =
            Path.of(System.getProperty("basedir", ".")).resolve("../src/docs/configuration.md");
    private static final String START = "<!-- parameters: start (generated) -->\n";
    private static final String END = "<!-- parameters: end -->\n";

    @Test
    void markdown_documentation_isTheSame() throws IOException {
        String docs = Files.readString(DOCS, StandardCharsets.UTF_8);
        int start = docs.indexOf(START) + START.length();
        int end = docs.indexOf(END);
        assertTrue(start >= START.length() && end >= start, "the markers are gone");
        String expected = "\n" + ParameterTable.markdown() + "\n";
        if (System.getProperty("configuration.docs", "").equals("write")) {
            docs = docs.substring(0, start) + expected + docs.substring(end);
            Files.writeString(DOCS, docs, StandardCharsets.UTF_8);
            end = docs.indexOf(END);
        }

        assertEquals(
                expected,
                docs.substring(start, end),
                "src/docs/configuration.md differs from the parameters; regenerate it with: mvn -pl filter test"
                        + " -Dtest=ParameterTableTest -Dconfiguration.docs=write");
    }

    static Stream<Parameter<?>> parameters() {
        return Stream.concat(FilterParameters.ALL.stream(), CacheParameters.ALL.stream());
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void descriptor_each_isComplete(Parameter<?> parameter) {
        assertFalse(parameter.allowed().isEmpty());
        assertFalse(parameter.meaning().isEmpty() || parameter.meaning().endsWith("."), parameter.meaning());
        assertTrue(ParameterTable.markdown().contains("| `" + parameter.name() + "` |"));
    }
}
