package dev.pagecache.sample.web;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What the session knows of its owner. Immutable: a change is another value. Of two changes at the same moment one is
 * lost, which a counter of visits can bear.
 *
 * @param visits how often the personal page was opened
 * @param nickname what the visitor wants to be called, or empty
 * @param kept code points that the visitor kept, as addresses spell them, newest first
 */
public record Visitor(int visits, String nickname, List<String> kept) implements Serializable {

    /** Nobody yet. */
    static final Visitor NEW = new Visitor(0, "", List.of());

    private static final int MAX_KEPT = 12;
    private static final int MAX_NICKNAME = 40;

    /** Keeps a copy of the list. */
    public Visitor {
        kept = List.copyOf(kept);
    }

    Visitor visited() {
        return new Visitor(visits + 1, nickname, kept);
    }

    /** Takes a nickname, of which the first 40 UTF-16 units count. */
    Visitor named(String name) {
        String text = name.strip();
        return new Visitor(visits, text.substring(0, Math.min(text.length(), MAX_NICKNAME)), kept);
    }

    /** Keeps a character, and forgets the oldest if there are more than 12. */
    Visitor keeping(String hex) {
        List<String> all = new ArrayList<>(kept);
        all.remove(hex);
        all.add(0, hex);
        return new Visitor(visits, nickname, all.subList(0, Math.min(all.size(), MAX_KEPT)));
    }
}
