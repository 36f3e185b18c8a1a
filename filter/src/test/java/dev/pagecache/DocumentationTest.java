package dev.pagecache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.config.Settings;
import dev.pagecache.config.SettingsSource;
import dev.pagecache.policy.Reason;
import dev.pagecache.servlet.PageCacheFilter;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What the pages for readers say, held against the code. The README's curl lines are run by {@code .ci/readme}. */
final class DocumentationTest {
    private static final Path ROOT = Path.of(System.getProperty("basedir", "."))
            .toAbsolutePath()
            .resolve("..")
            .normalize();
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");
    private static final Pattern DETAIL = Pattern.compile("detail=([a-z-]+)");
    private static final Pattern REASON_ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| `([a-z-]+)` \\| .+ \\|$");

    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z]*(?:Test|IT))#([A-Za-z0-9_]+)`");

    /** A reason of the edge alone, which no rule gives. */
    private static final String ONLY_IF_CACHED = "only-if-cached";

    static Stream<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (Path folder : List.of(ROOT, ROOT.resolve("src/docs"), ROOT.resolve("src/docs/decisions"))) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
            }
        }
        return pages.stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void page_links_leadSomewhere(Path page) throws IOException {
        Matcher link = LINK.matcher(Files.readString(page));
        while (link.find()) {
            Path target = page.resolveSibling(link.group(1));
            assertTrue(Files.exists(target), () -> ROOT.relativize(page) + " leads to " + target);
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void page_detailsOfCacheStatus_areReasons(Path page) throws IOException {
        Set<String> words =
                Arrays.stream(Reason.values()).map(Reason::word).collect(Collectors.toCollection(TreeSet::new));
        words.add(ONLY_IF_CACHED);
        Matcher detail = DETAIL.matcher(Files.readString(page));
        while (detail.find()) {
            assertTrue(words.contains(detail.group(1)), detail::group);
        }
    }

    /** Read from the sources: classes of other tests have other packages and are not to be loaded here. */
    @ParameterizedTest
    @CsvSource({"threats.md, 100", "faults.md, 60"})
    void tests_namedByThePage_exist(String page, int atLeast) throws IOException {
        Map<String, String> sources = testSources();
        Matcher test = TEST.matcher(Files.readString(ROOT.resolve("src/docs").resolve(page)));
        int count = 0;
        for (; test.find(); count++) {
            String source = sources.get(test.group(1));
            assertNotNull(source, test::group);
            assertTrue(source.contains(" void " + test.group(2) + "("), test::group);
        }
        assertTrue(count > atLeast, "tests named: " + count);
    }

    /** Threats and advisories under the numbers by which they are spoken of. */
    @Test
    void threats_numbers_areAllThere() throws IOException {
        String page = Files.readString(ROOT.resolve("src/docs/threats.md"));
        for (int i = 1; i <= 17; i++) {
            String threat = "\n| T" + i + " | ";
            String advisory = "\n| C-" + (i < 10 ? "0" : "") + i + " | ";
            assertTrue(page.contains(threat), threat);
            assertTrue(page.contains(advisory), advisory);
        }
    }

    private static Map<String, String> testSources() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(ROOT.resolve("filter/src/test/java"))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                String name = String.valueOf(file.getFileName());
                sources.put(name.substring(0, name.length() - ".java".length()), Files.readString(file));
            }
        }
        return sources;
    }

    @Test
    void tableOfReasons_isThatOfTheCode() throws IOException {
        String page = Files.readString(ROOT.resolve("src/docs/http.md"));
        String table = page.substring(page.indexOf("<!-- reasons: start"), page.indexOf("<!-- reasons: end"));
        List<String> rows = new ArrayList<>();
        for (Matcher row = REASON_ROW.matcher(table); row.find(); ) {
            rows.add(row.group(1) + " " + row.group(2));
        }
        List<String> expected = Arrays.stream(Reason.values())
                .map(reason -> reason.word() + " " + reason.forward().token())
                .toList();
        assertEquals(expected, rows);
    }

    @Test
    void readme_javaExample_compiles(@TempDir Path directory) throws IOException {
        String imports = "import dev.pagecache.*; import jakarta.servlet.annotation.*; import jakarta.servlet.http.*;"
                + " import java.io.*;\n";
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        assertNotNull(compiler);
        StringWriter complaints = new StringWriter();
        boolean isCompiled = compiler.getTask(
                        complaints,
                        null,
                        null,
                        List.of("-proc:none", "-d", directory.toString(), "-classpath", classPath()),
                        null,
                        List.of(new Source("NewsServlet", imports + fence("java", "@CachePage"))))
                .call();
        assertTrue(isCompiled, complaints::toString);
    }

    @Test
    void readme_descriptor_isAccepted() throws Exception {
        Document descriptor = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(
                        ("<x>" + fence("xml", "<filter>") + "</x>").getBytes(StandardCharsets.UTF_8)));
        Map<String, String> parameters = new TreeMap<>();
        NodeList given = descriptor.getElementsByTagName("init-param");
        for (int i = 0; i < given.getLength(); i++) {
            Element parameter = (Element) given.item(i);
            parameters.put(text(parameter, "param-name"), text(parameter, "param-value"));
        }

        assertEquals(PageCacheFilter.class.getName(), text(descriptor.getDocumentElement(), "filter-class"));
        assertFalse(parameters.isEmpty());
        assertEquals(
                List.of(),
                Settings.read(new SettingsSource(Map.of(), Map.of(), parameters, Map.of()))
                        .warnings());
    }

    private static String text(Element element, String name) {
        return element.getElementsByTagName(name).item(0).getTextContent();
    }

    /** The README's fence of that language that begins with that text. */
    private static String fence(String language, String begin) throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        int start = readme.indexOf("```" + language + "\n" + begin);
        assertTrue(start >= 0, () -> "no " + language + " that begins with " + begin);
        int content = readme.indexOf('\n', start) + 1;
        return readme.substring(content, readme.indexOf("```", content));
    }

    /** That of this JVM: a runner may start it with one jar that names the others. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""))
                .replace("\n", File.pathSeparator);
    }

    /** A class from memory. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String className, String text) {
            super(URI.create("string:///" + className + ".java"), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
