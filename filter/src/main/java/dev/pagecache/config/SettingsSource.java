package dev.pagecache.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where settings are looked up, the first that has one counting: system property {@code pagecache.<name>}, environment
 * variable {@code PAGECACHE_<NAME>}, filter init-param {@code <name>}, context-param {@code pagecache.<name>}.
 * Operators thus overrule what is packed in the application.
 *
 * <p>Immutable, safe for use by many threads.
 */
public final class SettingsSource {
    /** What names start with in layers that others use as well: {@value}. */
    static final String PREFIX = "pagecache.";

    /** What names of environment variables start with: {@value}. */
    static final String ENVIRONMENT_PREFIX = "PAGECACHE_";

    private final Map<String, String> systemProperties;
    private final Map<String, String> environment;
    private final Map<String, String> initParams;
    private final Map<String, String> contextParams;
    private final String initLayer;

    /**
     * Settings from four layers; entries of the shared ones that are not ours are dropped.
     *
     * @param systemProperties system properties by name
     * @param environment environment variables by name
     * @param initParams the filter's init-params by name
     * @param contextParams the application's context-params by name
     */
    public SettingsSource(
            Map<String, String> systemProperties,
            Map<String, String> environment,
            Map<String, String> initParams,
            Map<String, String> contextParams) {
        this(systemProperties, environment, initParams, contextParams, "filter");
    }

    private SettingsSource(
            Map<String, String> systemProperties,
            Map<String, String> environment,
            Map<String, String> initParams,
            Map<String, String> contextParams,
            String owner) {
        this.systemProperties = ours(systemProperties, PREFIX);
        this.environment = ours(environment, ENVIRONMENT_PREFIX);
        this.initParams = ours(initParams, "");
        this.contextParams = ours(contextParams, PREFIX);
        this.initLayer = owner + " init-param";
    }

    /**
     * Settings from the system properties and the environment of this JVM, and the given layers.
     *
     * @param initParams the filter's init-params by name
     * @param contextParams the application's context-params by name
     * @return the source
     */
    public static SettingsSource ofSystem(Map<String, String> initParams, Map<String, String> contextParams) {
        return ofSystem(initParams, contextParams, "filter");
    }

    /** The same for init-params of something else. */
    static SettingsSource ofSystem(Map<String, String> initParams, Map<String, String> contextParams, String owner) {
        Properties properties = System.getProperties();
        Map<String, String> systemProperties = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            systemProperties.put(name, properties.getProperty(name, ""));
        }
        return new SettingsSource(systemProperties, System.getenv(), initParams, contextParams, owner);
    }

    /**
     * A value and where it comes from.
     *
     * @param value the text without white space around it
     * @param origin for example {@code system property pagecache.timeout}
     */
    record Given(String value, String origin) {}

    /**
     * A name as a layer spells it.
     *
     * @param layer for example {@code system property}
     * @param prefix what stands before the parameter's name
     * @param name the parameter's name
     */
    record GivenName(String layer, String prefix, String name) {
        String origin() {
            return layer + " " + prefix + name;
        }
    }

    /** The value that counts for a parameter, or null if no layer has one. */
    @Nullable
    Given find(String name) {
        Given given = find(systemProperties, "system property", PREFIX + name);
        if (given == null) {
            given = find(environment, "environment variable", environmentName(name));
        }
        if (given == null) {
            given = find(initParams, initLayer, name);
        }
        return given != null ? given : find(contextParams, "context-param", PREFIX + name);
    }

    private static @Nullable Given find(Map<String, String> layer, String layerName, String name) {
        String value = layer.get(name);
        return value == null ? null : new Given(value.strip(), layerName + " " + name);
    }

    /** All names given in layers whose unknown names are errors. */
    List<GivenName> names() {
        List<GivenName> names = new ArrayList<>();
        systemProperties.keySet().forEach(name -> names.add(new GivenName("system property", PREFIX, bare(name))));
        initParams.keySet().forEach(name -> names.add(new GivenName(initLayer, "", name)));
        contextParams.keySet().forEach(name -> names.add(new GivenName("context-param", PREFIX, bare(name))));
        return names;
    }

    private static String bare(String name) {
        return name.substring(PREFIX.length());
    }

    /** All names of environment variables that start as ours do. */
    List<String> environmentNames() {
        return List.copyOf(environment.keySet());
    }

    /** The environment variable of a parameter: {@code collapse.wait} is {@code PAGECACHE_COLLAPSE_WAIT}. */
    static String environmentName(String name) {
        return ENVIRONMENT_PREFIX + environmentPart(name);
    }

    /** A name or a part of one as it stands in environment variables. */
    static String environmentPart(String name) {
        StringBuilder part = new StringBuilder(name.length() + 4);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isUpperCase(c) && i > 0 && Character.isLowerCase(name.charAt(i - 1))) {
                part.append('_');
            }
            part.append(c == '.' || c == '-' ? '_' : c);
        }
        return part.toString().toUpperCase(Locale.ROOT);
    }

    private static Map<String, String> ours(Map<String, String> layer, String prefix) {
        Map<String, String> ours = new TreeMap<>();
        layer.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                ours.put(name, value);
            }
        });
        return Collections.unmodifiableMap(ours);
    }

    /** Names only: values may be passwords. */
    @Override
    public String toString() {
        return "SettingsSource" + names() + environmentNames();
    }
}
