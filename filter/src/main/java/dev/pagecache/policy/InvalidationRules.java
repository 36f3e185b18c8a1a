package dev.pagecache.policy;

import dev.pagecache.http.CacheGroups;
import dev.pagecache.http.Fields;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an answer revokes (RFC 9111 section 4.4), and the names by which pages are revoked: that of their URL, which all
 * variants, all views and all key prefixes share, and those of their tags.
 */
public final class InvalidationRules {
    /** The name of every page of every site. */
    public static final String EVERYTHING = "*";

    /** What a name begins with that makes its pages stale in place of dead. */
    public static final String SOFT = "soft:";

    /** What a name begins with whose pages are renewed behind the answers that they go on to give. */
    public static final String REFRESH = "refresh:";

    /** What the tag of a group begins with; it has a number sign, as no other tag has. */
    private static final String GROUP = "group:";

    private InvalidationRules() {}

    /**
     * Whether a method is known to change nothing (RFC 9110 section 9.2.1; QUERY by its own specification). Methods are
     * told apart by letter case (section 9.1); one that is not known may change anything.
     *
     * @param method the method as it came
     * @return true if it is safe
     */
    public static boolean isSafe(String method) {
        return switch (method) {
            case "GET", "HEAD", "OPTIONS", "TRACE", "QUERY" -> true;
            default -> false;
        };
    }

    /**
     * Whether an answer of this status to an unsafe method revokes: it is no error (RFC 9111 section 4.4).
     *
     * @param status status code
     * @return true for 2xx and 3xx
     */
    public static boolean revokes(int status) {
        return status >= 200 && status < 400;
    }

    /**
     * The name of the pages of a request's URL. Two URLs never have one name.
     *
     * @param request the request
     * @param policy the settings of its view
     * @return for example {@code url:http://host:80/path?query}
     */
    public static String urlName(RequestFacts request, PagePolicy policy) {
        String origin = origin(policy, request.scheme(), request.host(), request.port());
        return urlName(origin, request.rawPath(), request.query());
    }

    /**
     * The name of the pages of a tag. Groups are those of an origin, other tags those of a site.
     *
     * @param site the site of the page, without spaces, may be empty
     * @param tag the tag, without spaces
     * @return for example {@code tag:news}, or {@code tag:shop news} for the site {@code shop}
     */
    public static String tagName(String site, String tag) {
        boolean isGroup = tag.startsWith(GROUP) && tag.indexOf('#') >= 0;
        return isGroup ? "tag:" + tag : ofSite("tag:", site) + tag;
    }

    /**
     * The name of all pages of a site.
     *
     * @param site the site, may be empty
     * @return for example {@code all:shop}
     */
    public static String allName(String site) {
        return "all:" + site;
    }

    /**
     * The name of the pages of a path and of all below it.
     *
     * @param site the site, without spaces, may be empty
     * @param origin for example {@code https://host:443}, or empty for every origin
     * @param rawPath the path, without a slash at its end unless it is the root
     * @return for example {@code path:/a/b}
     */
    public static String pathName(String site, String origin, String rawPath) {
        return ofSite("path:", site) + origin + rawPath;
    }

    /**
     * The name that is raised with every path of a site: of the pages that lie deeper than their paths are followed.
     *
     * @param site the site, without spaces, may be empty
     * @return a name that no path has
     */
    static String deepPathName(String site) {
        return ofSite("path:", site) + '*';
    }

    private static String ofSite(String kind, String site) {
        return site.isEmpty() ? kind : kind + site + ' ';
    }

    /**
     * The tags of a page, among them the groups that it names (RFC 9875 section 2), which are those of its origin.
     *
     * @param tags its tags
     * @param fields its fields
     * @param url its URL
     * @param policy the settings of its view
     * @return the same tags where it names no group
     */
    public static List<String> tags(List<String> tags, Fields fields, TargetUrl url, PagePolicy policy) {
        List<String> groups = fields.has("Cache-Groups") ? CacheGroups.parse(fields.all("Cache-Groups")) : List.of();
        if (groups.isEmpty()) {
            return tags;
        }
        TreeSet<String> all = new TreeSet<>(tags);
        for (String group : groups) {
            all.add(groupTag(url, policy, group));
        }
        return List.copyOf(all);
    }

    private static String groupTag(TargetUrl url, PagePolicy policy, String group) {
        return GROUP + origin(policy, url.scheme(), url.host(), url.port()) + '#' + group;
    }

    /**
     * All names that an answer revokes which {@link #revokes}, to a method that is not {@link #isSafe}.
     *
     * @param target the URL of the request
     * @param policy the settings of its view
     * @param references values of Location and Content-Location; those that lead elsewhere revoke nothing
     * @param groups groups that the answer wants to be invalidated (RFC 9875 section 3)
     * @return the names, that of the target first
     */
    public static Set<String> names(TargetUrl target, PagePolicy policy, List<String> references, List<String> groups) {
        Set<String> names = new LinkedHashSet<>();
        String origin = origin(policy, target.scheme(), target.host(), target.port());
        names.add(urlName(origin, target.rawPath(), target.query()));
        for (String reference : references) {
            UrlReference own = UrlReference.resolve(reference, target);
            if (own != null) {
                String query = policy.hidden().visibleQuery(own.rawQuery());
                names.add(urlName(origin, own.rawPath(), query));
            }
        }
        for (String group : groups) {
            names.add(tagName("", groupTag(target, policy, group)));
        }
        return names;
    }

    static String urlName(String origin, String path, @Nullable String query) {
        return query == null ? "url:" + origin + path : "url:" + origin + path + '?' + query;
    }

    /** The origin of a request, or what the settings put in its place. */
    static String origin(PagePolicy policy, String scheme, String host, int port) {
        String authority = policy.authority();
        return scheme + "://" + (authority == null ? RequestRules.lowerCase(host) + ':' + port : authority);
    }
}
