package dev.pagecache.sample.atlas;

import java.util.Arrays;

/** The general categories of the Unicode standard, with the JDK's numbers. */
enum Category {
    CN(Character.UNASSIGNED, "Unassigned"),
    LU(Character.UPPERCASE_LETTER, "Upper-case letter"),
    LL(Character.LOWERCASE_LETTER, "Lower-case letter"),
    LT(Character.TITLECASE_LETTER, "Title-case letter"),
    LM(Character.MODIFIER_LETTER, "Modifier letter"),
    LO(Character.OTHER_LETTER, "Other letter"),
    MN(Character.NON_SPACING_MARK, "Non-spacing mark"),
    ME(Character.ENCLOSING_MARK, "Enclosing mark"),
    MC(Character.COMBINING_SPACING_MARK, "Spacing mark"),
    ND(Character.DECIMAL_DIGIT_NUMBER, "Decimal digit"),
    NL(Character.LETTER_NUMBER, "Letter number"),
    NO(Character.OTHER_NUMBER, "Other number"),
    ZS(Character.SPACE_SEPARATOR, "Space"),
    ZL(Character.LINE_SEPARATOR, "Line separator"),
    ZP(Character.PARAGRAPH_SEPARATOR, "Paragraph separator"),
    CC(Character.CONTROL, "Control"),
    CF(Character.FORMAT, "Format"),
    CO(Character.PRIVATE_USE, "Private use"),
    CS(Character.SURROGATE, "Surrogate"),
    PD(Character.DASH_PUNCTUATION, "Dash"),
    PS(Character.START_PUNCTUATION, "Opening punctuation"),
    PE(Character.END_PUNCTUATION, "Closing punctuation"),
    PC(Character.CONNECTOR_PUNCTUATION, "Connector"),
    PO(Character.OTHER_PUNCTUATION, "Other punctuation"),
    PI(Character.INITIAL_QUOTE_PUNCTUATION, "Opening quote"),
    PF(Character.FINAL_QUOTE_PUNCTUATION, "Closing quote"),
    SM(Character.MATH_SYMBOL, "Mathematical symbol"),
    SC(Character.CURRENCY_SYMBOL, "Currency symbol"),
    SK(Character.MODIFIER_SYMBOL, "Modifier symbol"),
    SO(Character.OTHER_SYMBOL, "Other symbol");

    private static final Category[] BY_TYPE = byType();

    private final int type;
    private final String words;

    Category(byte type, String words) {
        this.type = type;
        this.words = words;
    }

    /** The category of a code point, {@link #CN} if the JDK should know a new one. */
    static Category of(int codePoint) {
        int type = Character.getType(codePoint);
        return type < BY_TYPE.length ? BY_TYPE[type] : CN;
    }

    /** The words and the standard's two letters. */
    String label() {
        return words + " (" + name().charAt(0) + Character.toLowerCase(name().charAt(1)) + ")";
    }

    /** Whether characters of this category stand for numbers. */
    boolean isNumber() {
        return this == ND || this == NL || this == NO;
    }

    private static Category[] byType() {
        Category[] table = new Category[Character.FINAL_QUOTE_PUNCTUATION + 1];
        Arrays.fill(table, CN);
        for (Category category : values()) {
            table[category.type] = category;
        }
        return table;
    }
}
