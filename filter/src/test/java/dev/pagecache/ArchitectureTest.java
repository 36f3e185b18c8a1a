package dev.pagecache;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URLDecoder;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The layers of the architecture, and what no class may use. */
final class ArchitectureTest {
    private static final String ROOT = "dev.pagecache";
    private static final String[] JDK = {"java..", "javax.crypto..", "javax.net..", "org.jspecify.annotations"};

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    /** What each package may use of this project besides itself. */
    private static final Map<String, List<String>> LAYERS = Map.of(
            "http", List.of(),
            "entry", List.of("http"),
            "policy", List.of("http", "entry"),
            "store", List.of("http", "entry"),
            "redis", List.of("http", "entry", "store"),
            "engine", List.of("http", "entry", "policy", "store"),
            "config", List.of("http", "entry", "policy", "root"),
            "metrics", List.of("policy", "store", "engine"),
            "admin", List.of("http", "policy", "engine", "config", "metrics", "root"),
            "servlet",
                    List.of(
                            "http", "entry", "policy", "store", "redis", "engine", "config", "metrics", "admin",
                            "root"));

    /** Libraries that each package may use besides the JDK and JSpecify. */
    private static final Map<String, List<String>> LIBRARIES = Map.of(
            "http", List.of(),
            "entry", List.of(),
            "policy", List.of(),
            "store", List.of("com.github.benmanes.caffeine..", "org.slf4j"),
            "redis", List.of("redis.clients..", "org.slf4j"),
            "engine", List.of(),
            "config", List.of(),
            "metrics", List.of("javax.management", "org.slf4j"),
            "admin", List.of("jakarta.servlet..", "javax.xml..", "org.slf4j"),
            "servlet", List.of("jakarta.servlet..", "org.slf4j"));

    static Stream<Arguments> layers() {
        return LAYERS.entrySet().stream().map(layer -> Arguments.of(layer.getKey(), layer.getValue()));
    }

    private static String packageOf(String layer) {
        return layer.equals("root") ? ROOT : ROOT + '.' + layer;
    }

    @ParameterizedTest(name = "{0} uses {1} only")
    @MethodSource("layers")
    void layer_usesOnlyWhatIsBelow(String layer, List<String> below) {
        String[] allowed = Stream.of(
                        Stream.of(JDK),
                        Stream.of(packageOf(layer)),
                        below.stream().map(ArchitectureTest::packageOf),
                        libraries(layer))
                .flatMap(packages -> packages)
                .toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(packageOf(layer))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed).or(arrayOrPrimitive()))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    private static Stream<String> libraries(String layer) {
        List<String> libraries = LIBRARIES.get(layer);
        return libraries == null ? Stream.empty() : libraries.stream();
    }

    private static DescribedPredicate<JavaClass> arrayOrPrimitive() {
        return describe(
                "primitives and their arrays",
                type -> type.getBaseComponentType().isPrimitive());
    }

    @Test
    void layers_areAllPackages() {
        for (JavaClass type : CLASSES) {
            String name = type.getPackageName();
            String layer = name.equals(ROOT) ? "http" : name.substring(ROOT.length() + 1);
            assertTrue(LAYERS.containsKey(layer), "no layer: " + name);
        }
        assertTrue(CLASSES.contain(PageControl.class));
    }

    @Test
    void packages_haveNoCycles() {
        slices().matching("dev.pagecache.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    /** The annotations and the page's control are what applications compile against. */
    @Test
    void root_usesTheServletApiOnly() {
        classes()
                .that()
                .resideInAPackage(ROOT)
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("java..", "org.jspecify.annotations", "jakarta.servlet..", ROOT)
                                .or(arrayOrPrimitive()))
                .check(CLASSES);
    }

    static final List<Arguments> OWNERS = List.of(
            Arguments.of("redis.clients..", "dev.pagecache.redis.."),
            Arguments.of("com.github.benmanes.caffeine..", "dev.pagecache.store.."));

    @ParameterizedTest(name = "only {1} uses {0}")
    @FieldSource("OWNERS")
    void library_hasOneOwner(String library, String owner) {
        noClasses()
                .that()
                .resideOutsideOfPackage(owner)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }

    static Stream<Arguments> pureRules() {
        return Stream.of(
                Arguments.of(
                        "a clock",
                        describe(
                                "Clock or InstantSource",
                                equivalentTo(Clock.class).or(equivalentTo(InstantSource.class)))),
                Arguments.of(
                        "threads", resideInAPackage("java.util.concurrent..").and(not(equivalentTo(TimeUnit.class)))),
                Arguments.of("a thread", equivalentTo(Thread.class).or(equivalentTo(Runnable.class))),
                Arguments.of("a log", resideInAnyPackage("org.slf4j..", "java.util.logging..")),
                Arguments.of(
                        "files or sockets",
                        resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net..", "java.io..")
                                .and(not(
                                        equivalentTo(URLDecoder.class).or(equivalentTo(ByteArrayOutputStream.class))))),
                Arguments.of("regular expressions on request data", resideInAPackage("java.util.regex..")));
    }

    @ParameterizedTest(name = "http, entry and policy use no {0}")
    @MethodSource("pureRules")
    void pureRules_useNone(String what, DescribedPredicate<JavaClass> forbidden) {
        noClasses()
                .that()
                .resideInAnyPackage("dev.pagecache.http", "dev.pagecache.entry", "dev.pagecache.policy")
                .should()
                .dependOnClassesThat(forbidden)
                .because("rules are pure: no " + what)
                .check(CLASSES);
    }

    /** Only where the filter is put together are real clocks. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"http", "entry", "policy", "store", "engine", "config"})
    void time_comesFromOutside(String layer) {
        noClasses()
                .that()
                .resideInAPackage(packageOf(layer))
                .should(ArchConditions.callMethod(System.class, "currentTimeMillis"))
                .orShould(ArchConditions.callMethod(System.class, "nanoTime"))
                .orShould(ArchConditions.callMethod(Instant.class, "now"))
                .orShould(ArchConditions.callMethod(InstantSource.class, "system"))
                .check(CLASSES);
    }

    static Stream<Arguments> neverUsed() {
        return Stream.of(
                Arguments.of(
                        "Java serialization",
                        equivalentTo(ObjectInputStream.class)
                                .or(equivalentTo(ObjectOutputStream.class))
                                .or(resideInAnyPackage("java.rmi..", "java.beans.."))),
                Arguments.of("ThreadLocal", assignableTo(ThreadLocal.class)),
                Arguments.of("native memory", resideInAnyPackage("sun..", "jdk..")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("neverUsed")
    void nobody_uses(String what, DescribedPredicate<JavaClass> forbidden) {
        noClasses()
                .should()
                .dependOnClassesThat(forbidden)
                .because(what + " is not used")
                .check(CLASSES);
    }

    /** The locale of the machine decides what these give. */
    @Test
    void nobody_leavesTheLocaleOpen() {
        noClasses()
                .should(ArchConditions.callMethod(String.class, "toLowerCase"))
                .orShould(ArchConditions.callMethod(String.class, "toUpperCase"))
                .orShould(ArchConditions.callMethod(String.class, "format", String.class, Object[].class))
                .check(CLASSES);
    }

    @Test
    void nobody_printsOrExits() {
        noClasses()
                .should(ArchConditions.accessTargetWhere(describe(
                        "System.out, System.err",
                        (JavaAccess<?> access) -> access.getTargetOwner().isEquivalentTo(System.class)
                                && List.of("out", "err", "exit").contains(access.getName()))))
                .orShould(ArchConditions.callMethod(Throwable.class, "printStackTrace"))
                .check(CLASSES);
    }

    @Test
    void names_sayWhatAThingIs() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameStartingWith("Abstract")
                .check(CLASSES);
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..common..", "..impl..", "..helper..")
                .check(CLASSES);
    }

    @Test
    void fields_holdNoStaticState() {
        fields().that().areStatic().should().beFinal().check(CLASSES);
    }

    /** Inheritance is for servlet wrappers and sealed types only. */
    @Test
    void rules_areFinalWithoutInstances() {
        classes()
                .that()
                .haveSimpleNameEndingWith("Rules")
                .should()
                .haveModifier(JavaModifier.FINAL)
                .andShould()
                .haveOnlyPrivateConstructors()
                .check(CLASSES);
    }

    /** That a rule can fail is seen by one that must. */
    @Test
    void check_findsWhatIsThere() {
        ArchRule wrong = noClasses().should().dependOnClassesThat().resideInAPackage("com.github.benmanes.caffeine..");
        assertThrows(AssertionError.class, () -> wrong.check(CLASSES));
        ArchRule locale = noClasses().should(ArchConditions.callMethod(String.class, "toLowerCase", Locale.class));
        assertThrows(AssertionError.class, () -> locale.check(CLASSES));
    }
}
