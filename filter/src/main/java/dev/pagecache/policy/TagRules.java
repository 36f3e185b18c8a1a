package dev.pagecache.policy;

import dev.pagecache.http.CacheGroups;
import dev.pagecache.http.Fields;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Under which tags a response is stored: those of its view, what the application said, and what its fields name. */
final class TagRules {
    /** Most tags and groups of a page: a hit asks for each. */
    static final int MAX_TAGS = 128;

    private static final String BY_SPACES = "surrogate-key";
    private static final String BY_COMMAS = "cache-tag";

    private TagRules() {}

    /**
     * The tags of a response, without the groups that it names.
     *
     * @param response the response
     * @param policy the settings of its view
     * @return the tags, sorted, each once; null if a field names one that is no tag, or if there are more tags and
     *     groups than {@value #MAX_TAGS}: a page that could not be purged by all of them is not stored
     */
    static @Nullable List<String> tags(ResponseFacts response, PagePolicy policy) {
        TreeSet<String> tags = new TreeSet<>(policy.tags());
        tags.addAll(response.wishes().tags());
        for (String name : policy.tagFields()) {
            for (String line : response.fields().all(name)) {
                if (!addAll(tags, line, !name.equals(BY_COMMAS), !name.equals(BY_SPACES))) {
                    return null;
                }
            }
        }
        return tags.size() + newGroups(tags, response.fields()) > MAX_TAGS ? null : List.copyOf(tags);
    }

    /** Adds the members of a line; returns false at one that is no tag. White space around a member is none of it. */
    private static boolean addAll(Set<String> tags, String line, boolean bySpaces, boolean byCommas) {
        int start = 0;
        for (int i = 0; i <= line.length(); i++) {
            char c = i == line.length() ? ',' : line.charAt(i);
            boolean isEnd = i == line.length() || (byCommas && c == ',') || (bySpaces && isSpace(c));
            if (isEnd) {
                String tag = trimmed(line, start, i);
                start = i + 1;
                if (!tag.isEmpty() && !TagSyntax.isTag(tag)) {
                    return false;
                }
                if (!tag.isEmpty()) {
                    tags.add(tag);
                }
            }
        }
        return true;
    }

    private static String trimmed(String line, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && isSpace(line.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(line.charAt(end - 1))) {
            end--;
        }
        return line.substring(start, end);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    /** Groups that are not among the tags already, as those of a page that was confirmed are. */
    private static int newGroups(Set<String> tags, Fields fields) {
        int count = 0;
        for (String group :
                fields.has("Cache-Groups") ? CacheGroups.parse(fields.all("Cache-Groups")) : List.<String>of()) {
            count += tags.stream().anyMatch(tag -> tag.endsWith('#' + group)) ? 0 : 1;
        }
        return count;
    }
}
