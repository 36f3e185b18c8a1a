package dev.pagecache.proof;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Chooses what a client does next, from a seed.
 *
 * <p>Confined to one thread.
 */
final class Shopper {
    private static final List<Kind> KINDS = List.of(Kind.values());
    private static final List<String> VARIANTS = List.of("v0", "v1", "v2", "v3", "v4", "v5");

    private final SplittableRandom random;
    private final Catalogue catalogue;
    private final double[] popularity;

    Shopper(Catalogue catalogue, long seed) {
        this.random = new SplittableRandom(seed);
        this.catalogue = catalogue;
        this.popularity = new double[catalogue.of(Kind.HOT).size()];
        double sum = 0;
        for (int i = 0; i < popularity.length; i++) {
            sum += 1 / Math.pow(i + 1, 0.99);
            popularity[i] = sum;
        }
    }

    /** What a client can do. */
    enum Act {
        READ,
        /** Ask for a page whose entity tag the client has. */
        VALIDATE,
        /** Ask for the fields of a page. */
        HEAD,
        /** Change the data of a page by a POST to its URL. */
        CHANGE,
        /** Change the data of many pages, and purge them by the API. */
        PURGE,
        /** Ask, and close the connection somewhere in the answer. */
        HANG_UP
    }

    /**
     * One step.
     *
     * @param number from 0, for what a step needs besides
     */
    record Step(Act act, int node, Item item, String variant, boolean isAnonymous, int number) {}

    Step next(int nodes) {
        int share = random.nextInt(1000);
        Act act = Act.READ;
        Kind kind = Kind.HOT;
        if (share >= 980) {
            act = Act.HANG_UP;
            kind = random.nextBoolean() ? Kind.BIG : anyKind();
        } else if (share >= 950) {
            kind = Kind.FLAKY;
        } else if (share >= 945) {
            act = Act.PURGE;
            kind = anyKind();
        } else if (share >= 900) {
            act = Act.CHANGE;
            kind = random.nextBoolean() ? Kind.HOT : anyKind();
        } else if (share >= 850) {
            kind = share < 880 ? Kind.DECLARED : Kind.LEARNED;
        } else if (share >= 800) {
            kind = share < 830 ? Kind.AUTHORIZED : Kind.SHARED;
        } else if (share >= 700) {
            kind = share < 730 ? Kind.SESSION : share < 760 ? Kind.COOKIE : share < 780 ? Kind.NEWCOMER : Kind.PRIVATE;
        } else if (share >= 600) {
            kind = share < 650 ? Kind.BIG : Kind.ASYNC;
        } else if (share >= 520) {
            act = Act.VALIDATE;
        } else if (share >= 500) {
            act = Act.HEAD;
        }
        boolean isVaried = kind == Kind.DECLARED || kind == Kind.LEARNED;
        String variant = isVaried && random.nextInt(6) > 0 ? pick(VARIANTS) : Identity.NONE;
        return new Step(
                act, random.nextInt(nodes), item(kind), variant, random.nextInt(8) == 0, random.nextInt(1 << 20));
    }

    private Item item(Kind kind) {
        List<Item> items = catalogue.of(kind);
        if (kind != Kind.HOT || random.nextInt(10) == 0) {
            return pick(items);
        }
        double at = random.nextDouble() * popularity[popularity.length - 1];
        int low = 0;
        int high = popularity.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (popularity[middle] < at) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return items.get(low);
    }

    private Kind anyKind() {
        return pick(KINDS);
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
