package dev.pagecache.proof;

import static net.bytebuddy.matcher.ElementMatchers.named;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.loading.ClassReloadingStrategy;

/**
 * Something wrong in all methods of one name of one class of the filter.
 *
 * @param type name of the class, below {@code dev.pagecache}
 * @param method name of the methods
 * @param advice what they do besides
 */
record Plant(String type, String method, Class<?> advice) {

    /** Something planted. */
    interface Planted {
        /** Makes all classes as they were. */
        void restore();
    }

    /**
     * Plants all of them.
     *
     * @throws IllegalArgumentException if a class has no such method, since then nothing would be wrong
     */
    static Planted all(List<Plant> plants) throws ClassNotFoundException {
        ByteBuddyAgent.install();
        Map<Class<?>, DynamicType.Builder<?>> changed = new LinkedHashMap<>();
        for (Plant plant : plants) {
            Class<?> type = plant.load();
            DynamicType.Builder<?> builder =
                    changed.containsKey(type) ? changed.get(type) : new ByteBuddy().redefine(type);
            changed.put(type, builder.visit(Advice.to(plant.advice()).on(named(plant.method()))));
        }
        changed.forEach((type, builder) ->
                builder.make().load(type.getClassLoader(), ClassReloadingStrategy.fromInstalledAgent()));
        return () -> restore(changed.keySet().toArray(new Class<?>[0]));
    }

    private Class<?> load() throws ClassNotFoundException {
        Class<?> found = Class.forName("dev.pagecache." + type);
        if (Arrays.stream(found.getDeclaredMethods())
                .noneMatch(each -> each.getName().equals(method))) {
            throw new IllegalArgumentException(found + " has no method " + method);
        }
        return found;
    }

    private static void restore(Class<?>... types) {
        try {
            ClassReloadingStrategy.fromInstalledAgent().reset(types);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
