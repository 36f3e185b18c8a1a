package dev.pagecache.config;

import java.util.List;

/**
 * The documentation of all parameters, made from what reads them.
 *
 * <p>Safe for use by many threads.
 */
public final class ParameterTable {
    private ParameterTable() {}

    /**
     * The tables of the parameters of the filter, the caches and the servlet.
     *
     * @return Markdown, lines ending in a line feed
     */
    public static String markdown() {
        StringBuilder text = new StringBuilder("### Filter\n\n");
        append(text, FilterParameters.ALL);
        text.append("\n### Caches\n\nEach as `caches.<alias>.<option>`; the alias of the cache that is always there is"
                + " `default`.\n\n");
        append(text, CacheParameters.ALL);
        text.append(
                "\n### AdminServlet\n\nAs system property, environment variable or context-param as those of the filter;"
                        + " as init-param of the servlet without `admin.`.\n\n");
        append(text, AdminParameters.ALL);
        return text.toString();
    }

    private static void append(StringBuilder text, List<Parameter<?>> parameters) {
        text.append("| name | default | allowed | meaning |\n|---|---|---|---|\n");
        for (Parameter<?> parameter : parameters) {
            text.append("| `").append(parameter.name()).append("` | ").append(defaultOf(parameter));
            text.append(" | ").append(escape(parameter.allowed()));
            text.append(" | ").append(escape(parameter.meaning())).append(". |\n");
        }
    }

    private static String defaultOf(Parameter<?> parameter) {
        String note = parameter.defaultNote();
        String text = note.isEmpty() ? "`" + parameter.defaultText() + "`" : note;
        String profile = parameter.profileText();
        return profile == null ? text : text + "; rfc9111: `" + profile + "`";
    }

    private static String escape(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*");
    }
}
