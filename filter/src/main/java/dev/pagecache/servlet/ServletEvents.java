package dev.pagecache.servlet;

import dev.pagecache.config.CacheSettings;
import dev.pagecache.config.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the servlet edge tells an operator. */
final class ServletEvents {
    private static final Logger LOG = LoggerFactory.getLogger("dev.pagecache");

    private ServletEvents() {}

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
