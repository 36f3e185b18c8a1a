package dev.pagecache.servlet;

import dev.pagecache.config.CacheSettings;
import dev.pagecache.config.Settings;
import dev.pagecache.entry.CacheKey;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the servlet edge tells an operator. */
final class ServletEvents {
    private static final Logger LOG = LoggerFactory.getLogger("dev.pagecache");

    private ServletEvents() {}

    /** One line for each renewal that throws: nobody else hears of it. */
    static void renewalFailed(CacheKey key, Throwable thrown) {
        LOG.warn("A stale page could not be renewed, key {}", key.remoteName(), thrown);
    }

    /** The application was told that its client is gone, or asked for what needs one. */
    static void renewalGivenUp(CacheKey key, Throwable thrown) {
        LOG.debug("The renewal of a stale page was given up, key {}", key.remoteName(), thrown);
    }

    static void alreadyEnded(IllegalStateException thrown) {
        LOG.debug("Asynchronous processing had ended already", thrown);
    }

    /** The application goes on with what there is, and sees the failure itself. */
    static void unreadContent(IOException thrown) {
        LOG.debug("The content of a request could not be read to its end", thrown);
    }

    static void started(Settings settings) {
        settings.warnings().forEach(LOG::warn);
        CacheSettings cache = settings.caches().get(settings.filter().cache());
        LOG.info(
                "pagecache started: scope {}, cache {} at {}",
                settings.filter().scope(),
                settings.filter().cache(),
                cache == null ? "?" : cache.location());
    }
}
