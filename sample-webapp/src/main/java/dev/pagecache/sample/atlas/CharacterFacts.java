package dev.pagecache.sample.atlas;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** Collects what the JDK knows of one character. */
final class CharacterFacts {

    private final int codePoint;

    CharacterFacts(int codePoint) {
        this.codePoint = codePoint;
    }

    /** All facts, under headings; groups without a fact are left out. */
    List<FactGroup> groups() {
        List<FactGroup> groups = new ArrayList<>();
        groups.add(new FactGroup("Identity", identity()));
        groups.add(new FactGroup("Spelling", spelling()));
        groups.add(new FactGroup("Behaviour", behaviour()));
        List<Fact> relatives = relatives();
        if (!relatives.isEmpty()) {
            groups.add(new FactGroup("Relatives", relatives));
        }
        return groups;
    }

    private List<Fact> identity() {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of("Code point", CodePoints.label(codePoint) + " (" + codePoint + ")"));
        facts.add(Fact.of("Category", Category.of(codePoint).label()));
        facts.add(Fact.of(
                "Script", CodePoints.title(Character.UnicodeScript.of(codePoint).name())));
        Character.UnicodeBlock block = Character.UnicodeBlock.of(codePoint);
        if (block != null) {
            facts.add(new Fact("Block", CodePoints.title(block.toString()), "/block/" + block));
        }
        return facts;
    }

    private List<Fact> spelling() {
        return List.of(
                Fact.of("UTF-8", Spelling.utf8(codePoint)),
                Fact.of("UTF-16", Spelling.utf16(codePoint)),
                Fact.of("HTML", Spelling.html(codePoint)),
                Fact.of("Java", Spelling.java(codePoint)),
                Fact.of("CSS", Spelling.css(codePoint)),
                Fact.of("URL", Spelling.percent(codePoint)));
    }

    private List<Fact> behaviour() {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of("Direction", Direction.label(Character.getDirectionality(codePoint))));
        facts.add(Fact.of("Mirrored", yesNo(Character.isMirrored(codePoint))));
        facts.add(Fact.of("Combining", yesNo(CodePoints.isMark(codePoint))));
        facts.add(Fact.of("Java identifier", yesNo(Character.isJavaIdentifierPart(codePoint))));
        if (Category.of(codePoint).isNumber()) {
            facts.add(Fact.of("Numeric value", numericValue()));
        }
        return facts;
    }

    // Its pitfall, letters as digits of base 36, cannot occur: only numbers come here.
    @SuppressWarnings("CharacterGetNumericValue")
    private String numericValue() {
        int value = Character.getNumericValue(codePoint);
        return value >= 0 ? Integer.toString(value) : "no whole number";
    }

    private List<Fact> relatives() {
        List<Fact> facts = new ArrayList<>();
        String self = Character.toString(codePoint);
        addRelative(facts, "Upper case", self.toUpperCase(Locale.ROOT));
        addRelative(facts, "Lower case", self.toLowerCase(Locale.ROOT));
        addRelative(facts, "Title case", Character.toString(Character.toTitleCase(codePoint)));
        addRelative(facts, "Decomposes to", Normalizer.normalize(self, Normalizer.Form.NFD));
        addRelative(facts, "Compatible with", Normalizer.normalize(self, Normalizer.Form.NFKC));
        return facts;
    }

    private void addRelative(List<Fact> facts, String label, String relative) {
        if (relative.equals(Character.toString(codePoint))) {
            return;
        }
        StringJoiner labels = new StringJoiner(" ");
        relative.codePoints().forEach(each -> labels.add(CodePoints.label(each)));
        boolean isOne = relative.codePointCount(0, relative.length()) == 1;
        String path = isOne ? "/char/" + CodePoints.hex(relative.codePointAt(0)) : "";
        facts.add(new Fact(label, relative + "  " + labels, path));
    }

    private static String yesNo(boolean fact) {
        return fact ? "yes" : "no";
    }
}
