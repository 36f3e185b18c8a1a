package dev.pagecache.servlet;

import dev.pagecache.CacheControl;
import dev.pagecache.config.ViewSettings.View;
import dev.pagecache.http.CacheDirectives;
import dev.pagecache.http.DeltaSeconds;
import dev.pagecache.http.VaryField;
import dev.pagecache.policy.FactNames;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds to a response what the annotations of its servlet say, as Django's decorators of the same names do. */
final class ViewFields {
    private final View view;
    private final List<String> wishedVary;

    /**
     * Fields for a response.
     *
     * @param view the annotations
     * @param wishedVary request field names that the application named while it rendered
     */
    ViewFields(View view, List<String> wishedVary) {
        this.view = view;
        this.wishedVary = wishedVary;
    }

    /** Whether the annotations say anything of a response. */
    static boolean areNeededBy(View view) {
        return view.isNeverCached()
                || view.cacheControl() != null
                || !view.addedVary().isEmpty();
    }

    /** Applies them; once more has no further effect. */
    void apply(HttpServletResponse response) {
        if (!areNeededBy(view) && wishedVary.isEmpty()) {
            return;
        }
        addVary(response);
        if (view.isNeverCached()) {
            response.setDateHeader("Expires", 0);
            edit(response, ViewFields::never);
        }
        CacheControl wanted = view.cacheControl();
        if (wanted != null) {
            edit(response, directives -> merge(directives, wanted));
        }
    }

    private void addVary(HttpServletResponse response) {
        List<String> lines = List.copyOf(response.getHeaders("Vary"));
        VaryField present = VaryField.parse(lines);
        List<String> names = new ArrayList<>(lines);
        List<String> wanted = new ArrayList<>(view.addedVary());
        wanted.addAll(wishedVary);
        Set<String> seen = new HashSet<>(present.names());
        for (String name : wanted) {
            // A single cookie selects by itself; that Vary names all of them is for other caches
            if (!FactNames.isCookie(name) && !present.isAny() && seen.add(name.toLowerCase(Locale.ROOT))) {
                names.add(name);
            }
        }
        if (names.size() > lines.size()) {
            response.setHeader("Vary", String.join(", ", names));
        }
    }

    private static CacheDirectives never(CacheDirectives directives) {
        return directives
                .without("public")
                .with("max-age", "0")
                .with("no-cache")
                .with("no-store")
                .with("must-revalidate")
                .with("private");
    }

    private static CacheDirectives merge(CacheDirectives own, CacheControl wanted) {
        CacheDirectives merged = own;
        if (wanted.isPrivate()) {
            merged = merged.without("public").with("private");
        } else if (wanted.isPublic() && !own.isPrivate()) {
            // Unlike Django's: what the servlet says of one page at run time is not made public by what stands at its
            // class
            merged = merged.with("public");
        }
        merged = flag(merged, "no-cache", wanted.noCache());
        merged = flag(merged, "no-store", wanted.noStore());
        merged = flag(merged, "no-transform", wanted.noTransform());
        merged = flag(merged, "must-revalidate", wanted.mustRevalidate());
        merged = flag(merged, "proxy-revalidate", wanted.proxyRevalidate());
        merged = flag(merged, "immutable", wanted.immutable());
        merged = seconds(merged, "max-age", smaller(own.maxAge(), wanted.maxAge()));
        merged = seconds(merged, "s-maxage", wanted.sMaxage());
        merged = seconds(merged, "stale-while-revalidate", wanted.staleWhileRevalidate());
        return seconds(merged, "stale-if-error", wanted.staleIfError());
    }

    private static CacheDirectives flag(CacheDirectives directives, String name, boolean isWanted) {
        return isWanted ? directives.with(name) : directives;
    }

    private static CacheDirectives seconds(CacheDirectives directives, String name, long seconds) {
        return seconds == CacheControl.UNSET ? directives : directives.with(name, Long.toString(seconds));
    }

    private static long smaller(@Nullable DeltaSeconds own, long wanted) {
        return own == null || wanted == CacheControl.UNSET ? wanted : Math.min(own.seconds(), wanted);
    }

    private static void edit(HttpServletResponse response, Edit edit) {
        List<String> lines = List.copyOf(response.getHeaders("Cache-Control"));
        String edited = edit.of(CacheDirectives.parse(lines)).toFieldValue();
        if (lines.size() != 1 || !lines.get(0).equals(edited)) {
            response.setHeader("Cache-Control", edited);
        }
    }

    /** A change of directives. */
    @FunctionalInterface
    private interface Edit {
        CacheDirectives of(CacheDirectives directives);
    }
}
