package dev.pagecache.admin;

import java.util.ArrayList;
import java.util.List;

/** Reads from a form what is to be warmed, and has it done. */
final class WarmForm {
    private WarmForm() {}

    /**
     * Starts what a form asks for: pages, or one sitemap.
     *
     * @return how many pages that are; -1 if they are too many
     * @throws IllegalArgumentException if it has a field that there is not, names nothing, or what it names cannot be
     *     had
     */
    static int start(FormBody form, Warmer warmer) {
        List<String> paths = new ArrayList<>();
        String sitemap = "";
        for (FormBody.Field field : form.fields()) {
            switch (field.name()) {
                case "path" -> paths.add(field.value());
                case "sitemap" -> sitemap = field.value();
                default ->
                    throw new IllegalArgumentException(
                            "there is no field \"" + PurgeForm.shown(field.name()) + "\"; known are path and sitemap");
            }
        }
        if (paths.isEmpty() == sitemap.isEmpty()) {
            throw new IllegalArgumentException("give either path, as often as wanted, or sitemap");
        }
        if (!sitemap.isEmpty()) {
            return warmer.warmSitemap(sitemap);
        }
        return warmer.warm(paths) ? paths.size() : -1;
    }
}
