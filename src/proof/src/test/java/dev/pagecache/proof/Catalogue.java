package dev.pagecache.proof;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * All URLs of the site and the versions of their data: the database that the nodes share. Paths are the same on both
 * hosts, with and without a query, so that pages are easily taken for each other.
 *
 * <p>Safe for use by many threads.
 */
final class Catalogue {
    static final List<String> HOSTS = List.of("a.example", "b.example");

    private static final int HOT = 240;
    private static final int OTHERS = 24;
    private static final int[] NOISE_BYTES = {200, 900, 2_000, 4_000, 9_000, 300, 1_500, 700};
    private static final int[] BIG_BYTES = {31_000, 33_000, 48_000, 140_000};

    private final List<Item> items = new ArrayList<>();
    private final Map<Kind, List<Item>> byKind = new EnumMap<>(Kind.class);
    private final Map<String, Item> byName = new HashMap<>();
    private final AtomicLongArray versions;

    Catalogue() {
        for (Kind kind : Kind.values()) {
            List<Item> own = new ArrayList<>();
            byKind.put(kind, own);
            for (int i = 0; i < (kind == Kind.HOT ? HOT : OTHERS); i++) {
                Item item = item(kind, i);
                items.add(item);
                own.add(item);
                byName.put(Item.name(item.host(), item.path(), item.query()), item);
            }
        }
        versions = new AtomicLongArray(items.size());
    }

    private Item item(Kind kind, int i) {
        int sizes = i / 4 % NOISE_BYTES.length;
        return new Item(
                items.size(),
                kind,
                HOSTS.get(i % 2),
                "/" + kind.folder() + "/" + (100 + i / 4),
                i / 2 % 2 == 0 ? null : "page=2",
                kind == Kind.BIG ? BIG_BYTES[i / 4 % BIG_BYTES.length] : NOISE_BYTES[sizes],
                i % 5 == 0 ? 3_000 : 0);
    }

    List<Item> items() {
        return items;
    }

    List<Item> of(Kind kind) {
        return byKind.getOrDefault(kind, List.of());
    }

    /** The item of a URL; null if there is none. */
    @Nullable
    Item find(String host, String path, @Nullable String query) {
        return byName.get(Item.name(host, path, query));
    }

    /** The version of the data now. */
    long version(Item item) {
        return versions.get(item.index());
    }

    /** Changes the data; gives their new version. */
    long change(Item item) {
        return versions.incrementAndGet(item.index());
    }
}
