package dev.pagecache;

import jakarta.servlet.ServletContext;

/**
 * The caches of a web application, for code that changes what pages show. Pages can be named in four ways, and for each
 * way there are three things to do with them:
 *
 * <ul>
 *   <li><em>purge</em>: they are gone;
 *   <li><em>soft purge</em>: they are stale from now on, and are used as stale pages are, within their
 *       {@code stale-while-revalidate} and {@code stale-if-error};
 *   <li><em>refresh</em>: they go on being served, and are renewed behind the answers that they give, so many a second
 *       as the parameter {@code refresh.rate} says.
 * </ul>
 *
 * <p>Each takes effect on this node before it returns, for pages that are being rendered, too: what began before is not
 * stored. The {@link Purge} that is returned tells when the nodes that share a Redis can know of it. It counts for all
 * caches of the application and for all sites ({@code keyPrefix}) of its filters.
 *
 * <p>Change the data first, then purge. Safe for use by many threads.
 *
 * <pre>{@code
 * articles.save(article);
 * PageCaches.of(getServletContext()).purgeTag("article:" + article.id(), "front");
 * }</pre>
 *
 * @since 0.1
 */
public interface PageCaches {

    /** Name of the context attribute that holds the caches while a filter runs: {@value}. */
    String ATTRIBUTE = "dev.pagecache.PageCaches";

    /**
     * The caches of an application.
     *
     * @param context the application's context
     * @return its caches, to be asked for anew rather than kept beyond the application's end
     * @throws IllegalStateException if no filter runs in it: none is declared, none has started yet, or all have ended
     */
    static PageCaches of(ServletContext context) {
        if (context.getAttribute(ATTRIBUTE) instanceof PageCaches caches) {
            return caches;
        }
        throw new IllegalStateException("no PageCacheFilter runs in the application at \"" + context.getContextPath()
                + "\": declare one, or annotate a servlet with @CachePage; filters start after the listeners of the"
                + " context, and end before them");
    }

    /**
     * Purges the pages of a URL: all variants, for all methods.
     *
     * @param url an http or https URL as clients send it, with its query; where the parameter {@code authority} names
     *     the site, also a path with its query
     * @return the purge
     * @throws IllegalArgumentException if it is no such URL, or one whose pages are not cached; the message does not
     *     repeat it
     */
    Purge purgeUrl(String url);

    /**
     * Purges the pages of a path and of all paths below it, with any query. {@code /a} and {@code /a/} are one, and
     * {@code /ab} is not below them.
     *
     * @param prefix a path as clients send it, the context path included, for all hosts; or an http or https URL
     *     without query, for its host alone
     * @return the purge
     * @throws IllegalArgumentException if it is no such path or URL; the message does not repeat it
     */
    Purge purgePrefix(String prefix);

    /**
     * Purges the pages with one of these tags.
     *
     * @param tags each 1 to 128 characters of {@code A-Z a-z 0-9 _ . : / -}; none purges nothing
     * @return the purge
     * @throws IllegalArgumentException if a tag has another form; nothing is purged then
     * @see PageControl#tag
     * @see CachePage#tags
     */
    Purge purgeTag(String... tags);

    /**
     * Purges all pages of the application's sites.
     *
     * @return the purge
     */
    Purge purgeAll();

    /**
     * Makes the pages of a URL stale.
     *
     * @param url as for {@link #purgeUrl}
     * @return the purge
     * @throws IllegalArgumentException as from {@link #purgeUrl}
     */
    Purge softPurgeUrl(String url);

    /**
     * Makes the pages of a path and of all paths below it stale.
     *
     * @param prefix as for {@link #purgePrefix}
     * @return the purge
     * @throws IllegalArgumentException as from {@link #purgePrefix}
     */
    Purge softPurgePrefix(String prefix);

    /**
     * Makes the pages with one of these tags stale.
     *
     * @param tags as for {@link #purgeTag}
     * @return the purge
     * @throws IllegalArgumentException as from {@link #purgeTag}
     */
    Purge softPurgeTag(String... tags);

    /**
     * Makes all pages of the application's sites stale.
     *
     * @return the purge
     */
    Purge softPurgeAll();

    /**
     * Has the pages of a URL renewed.
     *
     * @param url as for {@link #purgeUrl}
     * @return the purge
     * @throws IllegalArgumentException as from {@link #purgeUrl}
     */
    Purge refreshUrl(String url);

    /**
     * Has the pages of a path and of all paths below it renewed.
     *
     * @param prefix as for {@link #purgePrefix}
     * @return the purge
     * @throws IllegalArgumentException as from {@link #purgePrefix}
     */
    Purge refreshPrefix(String prefix);

    /**
     * Has the pages with one of these tags renewed.
     *
     * @param tags as for {@link #purgeTag}
     * @return the purge
     * @throws IllegalArgumentException as from {@link #purgeTag}
     */
    Purge refreshTag(String... tags);

    /**
     * Has all pages of the application's sites renewed, each when it is asked for.
     *
     * @return the purge
     */
    Purge refreshAll();
}
