package dev.pagecache.engine;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.Page;
import dev.pagecache.http.FieldSource;
import dev.pagecache.policy.SelectingFields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keys of a URL's records other than the one that a request's own fields select. */
final class OtherKeys {
    private static final String LANGUAGE = "accept-language";

    /** No request field has this name, and none has a value with a line feed. */
    private static final String PART = ":part";

    private OtherKeys() {}

    /**
     * The key of the page in the language that a request likes best (RFC 9110 section 12.5.4).
     *
     * @param names the selecting names of the URL
     * @param selecting the request's values, compared by meaning
     * @return the key, or null if language does not select, or the request likes several best
     */
    static @Nullable CacheKey ofBestLanguage(CacheKey base, List<String> names, FieldSource selecting) {
        String accepted = names.contains(LANGUAGE) ? selecting.field(LANGUAGE) : null;
        String best = accepted == null ? null : SelectingFields.bestLanguage(accepted);
        return best == null ? null : ofLanguage(base, names, selecting, best);
    }

    /**
     * The key under which a page answers those who like its language best.
     *
     * @param page a page that its request selected
     * @return the key, or null if language does not select, or the page does not name its own, or names one that was
     *     not asked for: what a page says of that, or of a field that is none, is for those only who ask for the same
     */
    static @Nullable CacheKey ofOwnLanguage(CacheKey base, List<String> names, FieldSource selecting, Page page) {
        String language = names.contains(LANGUAGE) ? SelectingFields.contentLanguage(page.fields()) : null;
        String accepted = language == null ? null : selecting.field(LANGUAGE);
        return language == null || (accepted != null && !SelectingFields.acceptsLanguage(accepted, language))
                ? null
                : ofLanguage(base, names, selecting, language);
    }

    private static CacheKey ofLanguage(CacheKey base, List<String> names, FieldSource selecting, String language) {
        return base.variant(names, name -> name.equals(LANGUAGE) ? "\n" + language : selecting.field(name));
    }

    /** The key of the stored part of a page (RFC 9111 section 3.3); a URL's latest part takes the place of others. */
    static CacheKey ofPart(CacheKey base, List<String> names, FieldSource selecting) {
        List<String> withPart = new ArrayList<>(names.size() + 1);
        withPart.add(PART);
        withPart.addAll(names);
        return base.variant(withPart, name -> name.equals(PART) ? "" : selecting.field(name));
    }
}
