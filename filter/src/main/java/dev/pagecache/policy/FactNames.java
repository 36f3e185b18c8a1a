package dev.pagecache.policy;

/**
 * Names by which keys know what a page depends on and is no request field. {@link RequestFacts#field} gives their
 * values; each begins with a colon, as no field name does.
 *
 * <p>Several tell of an absence: their value is null for a request that lacks the thing, and a page that depends on one
 * that is there is not stored. So a page that looked for a session and found none is for requests without one.
 */
public final class FactNames {
    /** The names of all request fields, lower-case, sorted, separated by spaces. */
    public static final String FIELD_NAMES = ":field-names";

    /** The protocol and its version. */
    public static final String PROTOCOL = ":protocol";

    /**
     * A digest of the content of a QUERY, null where the content cannot be read, is longer than
     * {@link QueryRules#MAX_CONTENT_BYTES} or is not known to be whole.
     */
    public static final String CONTENT_DIGEST = ":content-digest";

    /** All cookies that are neither hidden nor trusted, as they came. */
    public static final String COOKIES = ":cookies";

    /** The same as a wrapper of the request hands them out. */
    public static final String WRAPPED_COOKIES = ":wrapped-cookies";

    /** All parameters as a wrapper of the request hands them out; without one the query holds them. */
    public static final String PARAMETERS = ":parameters";

    /** Locales as a wrapper of the request hands them out; without one they follow from Accept-Language. */
    public static final String LOCALES = ":locales";

    /** The context path as a wrapper of the request hands it out; without one the path begins with it. */
    public static final String CONTEXT_PATH = ":context-path";

    /** The URL as a wrapper of the request hands it out; without one the key holds all of it. */
    public static final String REQUEST_URL = ":request-url";

    /** Whether the request counts as secure, where its scheme says otherwise. */
    public static final String SECURE = ":secure";

    /** Names of the attributes that were set outside the cache, sorted. */
    public static final String ATTRIBUTE_NAMES = ":attribute-names";

    /** Whether there is a session; null if there is none. */
    public static final String SESSION = ":session";

    /** Whether the client asked for a session, there or not; null if it did not. */
    public static final String REQUESTED_SESSION = ":requested-session";

    /** Whether the request has a user; null if it has none. */
    public static final String USER = ":user";

    private static final String ATTRIBUTE = ":attribute=";
    private static final String COOKIE = ":cookie=";
    private static final String NUMBER = ":number=";
    private static final String PARAMETER = ":parameter=";
    private static final String ROLE = ":role=";

    private FactNames() {}

    /**
     * Name of the value of an attribute that was set outside the cache.
     *
     * @param name the attribute's name
     * @return a name of visible ASCII
     */
    public static String attribute(String name) {
        return ATTRIBUTE + escaped(name);
    }

    /**
     * Name of the value of one cookie.
     *
     * @param name the cookie's name
     * @return a name of visible ASCII
     */
    public static String cookie(String name) {
        return COOKIE + escaped(name);
    }

    /**
     * Name of a field's value as a wrapper of the request hands it out as a number or date.
     *
     * @param name the field's name
     * @return a name of visible ASCII
     */
    public static String number(String name) {
        return NUMBER + escaped(name);
    }

    /**
     * Name of one parameter as a wrapper of the request hands it out.
     *
     * @param name the parameter's name
     * @return a name of visible ASCII
     */
    public static String parameter(String name) {
        return PARAMETER + escaped(name);
    }

    /**
     * Name of whether the user has a role; the value is null if not.
     *
     * @param name the role's name
     * @return a name of visible ASCII
     */
    public static String role(String name) {
        return ROLE + escaped(name);
    }

    /**
     * Whether a name is that of an attribute's value.
     *
     * @param fact a name
     * @return true for what {@link #attribute} gives
     */
    public static boolean isAttribute(String fact) {
        return fact.startsWith(ATTRIBUTE);
    }

    /**
     * Whether a name is that of one cookie's value.
     *
     * @param fact a name
     * @return true for what {@link #cookie} gives
     */
    public static boolean isCookie(String fact) {
        return fact.startsWith(COOKIE);
    }

    /**
     * Whether a name is that of a field as a number.
     *
     * @param fact a name
     * @return true for what {@link #number} gives
     */
    public static boolean isNumber(String fact) {
        return fact.startsWith(NUMBER);
    }

    /**
     * Whether a name is that of one parameter.
     *
     * @param fact a name
     * @return true for what {@link #parameter} gives
     */
    public static boolean isParameter(String fact) {
        return fact.startsWith(PARAMETER);
    }

    /**
     * Whether a name is that of a role.
     *
     * @param fact a name
     * @return true for what {@link #role} gives
     */
    public static boolean isRole(String fact) {
        return fact.startsWith(ROLE);
    }

    /**
     * The name that was given to {@link #attribute}, {@link #cookie}, {@link #number}, {@link #parameter} or
     * {@link #role}.
     *
     * @param fact what they gave, or any text: an index may come from anywhere
     * @return the name of the attribute, cookie, field, parameter or role
     */
    public static String subject(String fact) {
        String escaped = fact.substring(fact.indexOf('=') + 1);
        if (escaped.indexOf('%') < 0) {
            return escaped;
        }
        StringBuilder name = new StringBuilder(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            int unescaped = c == '%' ? fourDigits(escaped, i + 1) : -1;
            if (unescaped >= 0) {
                c = (char) unescaped;
                i += 4;
            }
            name.append(c);
        }
        return name.toString();
    }

    /** The number of four hexadecimal digits, or -1 if they are none. */
    private static int fourDigits(String text, int start) {
        if (text.length() - start < 4) {
            return -1;
        }
        int number = 0;
        for (int i = start; i < start + 4; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            number = number << 4 | digit;
        }
        return number;
    }

    /** Whether all of the Cookie field holds what a fact tells. */
    static boolean followsFromCookieField(String fact) {
        return fact.equals(COOKIES) || isCookie(fact);
    }

    /**
     * Whether a page that depends on a fact is stored only for requests that lack the thing.
     *
     * @param fact a name
     * @return true for session, user and role
     */
    public static boolean isAbsence(String fact) {
        return fact.equals(SESSION) || fact.equals(REQUESTED_SESSION) || fact.equals(USER) || isRole(fact);
    }

    /**
     * Records hold names of visible ASCII; other characters, and {@code %}, are written as {@code %} and four digits.
     */
    private static String escaped(String name) {
        StringBuilder escaped = null;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean isPlain = c > ' ' && c < 0x7F && c != '%';
            if (!isPlain && escaped == null) {
                escaped = new StringBuilder(name.length() + 16).append(name, 0, i);
            }
            if (escaped != null && isPlain) {
                escaped.append(c);
            } else if (escaped != null) {
                escaped.append('%');
                for (int shift = 12; shift >= 0; shift -= 4) {
                    escaped.append(Character.forDigit((c >> shift) & 0xF, 16));
                }
            }
        }
        return escaped == null ? name : escaped.toString();
    }
}
