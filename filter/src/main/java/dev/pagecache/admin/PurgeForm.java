package dev.pagecache.admin;

import dev.pagecache.admin.PurgeOrder.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads an order from a form; what it cannot mean is refused, with a sentence that names the field. */
final class PurgeForm {
    /** Most characters that a sentence repeats. */
    private static final int MAX_SHOWN = 40;

    private PurgeForm() {}

    /**
     * The order of a form.
     *
     * @throws IllegalArgumentException if it has a field or a value that there is not, or names nothing
     */
    static PurgeOrder order(FormBody form) {
        Mode mode = Mode.HARD;
        boolean isOfAll = false;
        List<String> urls = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        List<String> tags = new ArrayList<>();
        for (FormBody.Field field : form.fields()) {
            String value = field.value();
            switch (field.name()) {
                case "url" -> urls.add(value);
                case "prefix" -> prefixes.add(value);
                case "tag" -> tags.add(value);
                case "all" -> isOfAll = isTrue(value);
                case "mode" -> mode = mode(value);
                default ->
                    throw new IllegalArgumentException("there is no field \"" + shown(field.name())
                            + "\"; known are url, prefix, tag, all and mode");
            }
        }
        PurgeOrder order = new PurgeOrder(mode, urls, prefixes, tags, isOfAll);
        if (order.size() == 0) {
            throw new IllegalArgumentException("nothing is named: give url, prefix, tag or all=true");
        }
        return order;
    }

    private static boolean isTrue(String value) {
        if (value.equals("true")) {
            return true;
        }
        throw new IllegalArgumentException("all: it is \"" + shown(value) + "\", and only true means something");
    }

    private static Mode mode(String value) {
        for (Mode mode : Mode.values()) {
            if (mode.name().toLowerCase(Locale.ROOT).equals(value)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("mode: it is \"" + shown(value) + "\"; known are hard, soft and refresh");
    }

    /** The beginning of a text; the answer escapes it. */
    static String shown(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
    }
}
