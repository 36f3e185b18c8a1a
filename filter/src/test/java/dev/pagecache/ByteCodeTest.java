package dev.pagecache;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.Externalizable;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What the byte code of the jar must not hold: ways for foreign bytes to become objects, and what outlives a request.
 */
final class ByteCodeTest {
    private static final String ROOT = "dev.pagecache";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    /** What Java serialization calls by name (Java Object Serialization Specification, chapters 2 and 3). */
    private static final Set<String> HOOKS = Set.of(
            "readObject",
            "readObjectNoData",
            "readResolve",
            "readExternal",
            "writeObject",
            "writeReplace",
            "writeExternal",
            "resolveClass");

    /** What belongs to one request. */
    private static final List<Class<?>> OF_A_REQUEST = List.of(
            ServletRequest.class,
            ServletResponse.class,
            HttpSession.class,
            AsyncContext.class,
            AsyncListener.class,
            ServletInputStream.class,
            ServletOutputStream.class);

    /** What lives as long as the filter. */
    private static final List<String> LONG_LIVED = List.of(
            "dev.pagecache.servlet.PageCacheFilter",
            "dev.pagecache.servlet.PageCacheInitializer",
            "dev.pagecache.servlet.Wiring",
            "dev.pagecache.servlet.OpenCaches",
            "dev.pagecache.entry.StoredRecord");

    @Test
    void serialization_hasNoHook() {
        noMethods()
                .should()
                .haveNameMatching(String.join("|", HOOKS))
                .because("no byte becomes an object but by our own codec")
                .check(CLASSES);
    }

    /** Exceptions and enumerations are by their supertypes, and so are lambdas that a library asks to be. */
    @Test
    void classes_areNotSerializableByThemselves() {
        List<String> found = new ArrayList<>();
        for (JavaClass type : CLASSES) {
            boolean isForced = type.isEnum()
                    || type.isAssignableTo(Throwable.class)
                    || type.getRawSuperclass()
                            .filter(parent -> !parent.getPackageName().startsWith(ROOT))
                            .filter(parent -> parent.isAssignableTo(Serializable.class))
                            .isPresent();
            if (type.isAssignableTo(Externalizable.class) || (type.isAssignableTo(Serializable.class) && !isForced)) {
                found.add(type.getName());
            }
        }
        assertEquals(List.of(), found);
        assertTrue(CLASSES.stream().anyMatch(type -> type.isAssignableTo(Serializable.class)), "enumerations are");
    }

    @Test
    void classes_askForNoSerializableLambda() {
        noMethods()
                .that(DescribedPredicate.describe(
                        "are made by the compiler",
                        (JavaMethod method) -> method.getModifiers().contains(JavaModifier.SYNTHETIC)))
                .should()
                .haveName("$deserializeLambda$")
                .check(CLASSES);
    }

    /** The values themselves are looked at: a final field may hold what can change. */
    @Test
    void statics_holdNothingThatChanges() throws ReflectiveOperationException {
        Map<String, String> found = new TreeMap<>();
        int looked = 0;
        for (JavaClass type : CLASSES) {
            for (Field field : Class.forName(type.getName()).getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
                    looked++;
                    field.setAccessible(true);
                    Object value = field.get(null);
                    if (!Modifier.isFinal(field.getModifiers()) || (value != null && !isConstant(field, value))) {
                        found.put(type.getName() + "." + field.getName(), String.valueOf(value));
                    }
                }
            }
        }
        assertEquals(Map.of(), found);
        assertTrue(looked > 100, "looked at " + looked);
    }

    /** Tables are arrays: final, and private, so that their class alone could write to them. */
    private static boolean isConstant(Field field, Object value) {
        return value.getClass().isArray() ? Modifier.isPrivate(field.getModifiers()) : isConstant(value);
    }

    private static boolean isConstant(Object value) {
        Class<?> type = value.getClass();
        if (value instanceof Collection<?> all) {
            return isUnmodifiable(type) && all.stream().allMatch(ByteCodeTest::isConstant);
        }
        if (value instanceof Map<?, ?> map) {
            return isUnmodifiable(type) && map.values().stream().allMatch(ByteCodeTest::isConstant);
        }
        return value instanceof Enum<?>
                || value instanceof Pattern
                || value instanceof org.slf4j.Logger
                || type.isHidden()
                || type.getPackageName().equals("java.lang")
                || type.getPackageName().equals("java.time")
                || isValue(type);
    }

    private static boolean isUnmodifiable(Class<?> type) {
        return type.getName().startsWith("java.util.ImmutableCollections$")
                || type.getName().startsWith("java.util.Collections$Unmodifiable")
                || type.getName().startsWith("java.util.Collections$Empty");
    }

    /** One of our classes all of whose fields are final and hold no container that can change. */
    private static boolean isValue(Class<?> type) {
        if (!type.getName().startsWith(ROOT)) {
            return false;
        }
        for (Field field : type.getDeclaredFields()) {
            boolean isOfInstances = !Modifier.isStatic(field.getModifiers());
            String holder = field.getType().getPackageName();
            if (isOfInstances
                    && (!Modifier.isFinal(field.getModifiers()) || holder.startsWith("java.util.concurrent"))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Follows the types of all fields, and of interfaces also what implements them, from what lives as long as the
     * filter. A request that hangs there would be seen by another one.
     */
    @Test
    void objects_thatOutliveRequests_holdNone() {
        Map<JavaClass, String> reached = new LinkedHashMap<>();
        Deque<JavaClass> open = new ArrayDeque<>();
        for (String name : LONG_LIVED) {
            visit(CLASSES.get(name), name, reached, open);
        }
        List<String> found = new ArrayList<>();
        while (!open.isEmpty()) {
            JavaClass type = open.pop();
            String path = String.valueOf(reached.get(type));
            for (JavaField field : type.getAllFields()) {
                for (JavaClass held : field.getAllInvolvedRawTypes()) {
                    JavaClass element = held.getBaseComponentType();
                    if (isOfARequest(element)) {
                        found.add(path + "." + field.getName());
                    } else if (element.getPackageName().startsWith(ROOT)) {
                        visit(element, path + "." + field.getName(), reached, open);
                    }
                }
            }
        }
        assertEquals(List.of(), found);
        assertTrue(reached.size() > 40, "reached only " + reached.values());
    }

    private static boolean isOfARequest(JavaClass type) {
        return OF_A_REQUEST.stream().anyMatch(type::isAssignableTo);
    }

    private static void visit(JavaClass type, String path, Map<JavaClass, String> reached, Deque<JavaClass> open) {
        if (reached.putIfAbsent(type, path) != null) {
            return;
        }
        open.push(type);
        for (JavaClass kind : type.getAllSubclasses()) {
            if (reached.putIfAbsent(kind, path + "=" + kind.getSimpleName()) == null) {
                open.push(kind);
            }
        }
    }

    /** That the walk finds what is there: the exchange, which lives as long as its request, does hold it. */
    @Test
    void objects_ofOneRequest_areFoundByTheSameWalk() {
        JavaClass exchange = CLASSES.get("dev.pagecache.servlet.Exchange");
        assertTrue(exchange.getAllFields().stream()
                .flatMap(field -> field.getAllInvolvedRawTypes().stream())
                .anyMatch(ByteCodeTest::isOfARequest));
    }
}
