package dev.pagecache.proof;

import dev.pagecache.PageCaches;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes of many pages at once, which the application tells the cache of: by tag, by path, by URL, and all.
 *
 * <p>Safe for use by many threads.
 */
final class Purges {
    private final Catalogue catalogue;

    Purges(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** An item and the version of its data after a change. */
    record Changed(Item item, long version) {}

    /**
     * Changes the data of some pages and purges them on a node; returns what was changed. Every third time the data
     * stay as they are: pages may go on being shown meanwhile, while they are rendered anew.
     */
    List<Changed> purge(PageCaches caches, Shopper.Step step) {
        int choice = step.number() / 3;
        if (step.number() % 3 == 0) {
            renew(caches, step.item(), choice);
            return List.of();
        }
        return purge(caches, step.item(), choice);
    }

    private static void renew(PageCaches caches, Item item, int choice) {
        switch (choice % 16) {
            case 0 -> caches.softPurgeAll();
            case 1, 2, 3 -> caches.softPurgeUrl("http://" + item.host() + item.target());
            case 4, 5 -> caches.softPurgePrefix(item.path());
            case 6, 7, 8 -> caches.softPurgeTag(item.tag());
            case 9, 10, 11 -> caches.refreshUrl("http://" + item.host() + item.target());
            case 12, 13 -> caches.refreshPrefix(item.path());
            default -> caches.refreshTag(item.tag());
        }
    }

    private List<Changed> purge(PageCaches caches, Item item, int choice) {
        return switch (choice % 32) {
            case 0 -> {
                List<Changed> all = change(catalogue.items());
                caches.purgeAll();
                yield all;
            }
            case 1, 2, 3, 4, 5 -> {
                List<Changed> one = change(List.of(item));
                caches.purgeUrl("http://" + item.host() + item.target());
                yield one;
            }
            case 6, 7, 8, 9, 10 -> {
                List<Changed> ofPath = change(catalogue.items().stream()
                        .filter(other -> other.path().equals(item.path()))
                        .toList());
                caches.purgePrefix(item.path());
                yield ofPath;
            }
            case 11, 12, 13 -> {
                List<Changed> ofPath = change(catalogue.items().stream()
                        .filter(other ->
                                other.path().equals(item.path()) && other.host().equals(item.host()))
                        .toList());
                caches.purgePrefix("http://" + item.host() + item.path() + "/");
                yield ofPath;
            }
            case 14 -> {
                List<Changed> ofKind = change(catalogue.of(item.kind()));
                caches.purgePrefix("/" + item.kind().folder());
                yield ofKind;
            }
            default -> {
                List<Changed> ofTag = change(catalogue.items().stream()
                        .filter(other -> other.tag().equals(item.tag()))
                        .toList());
                caches.purgeTag(item.tag());
                yield ofTag;
            }
        };
    }

    private List<Changed> change(List<Item> items) {
        List<Changed> changed = new ArrayList<>(items.size());
        for (Item item : items) {
            changed.add(new Changed(item, catalogue.change(item)));
        }
        return changed;
    }
}
