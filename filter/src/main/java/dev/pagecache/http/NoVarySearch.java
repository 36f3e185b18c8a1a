package dev.pagecache.http;

import dev.pagecache.http.FormQuery.Parameter;
import dev.pagecache.http.StructuredValue.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a query a response does not depend on: the {@code No-Vary-Search} field (draft-ietf-httpbis-no-vary-search).
 *
 * <p>Immutable, safe for use by many threads.
 *
 * @param ignoresOrder whether the order of parameters of different names is irrelevant
 * @param ignoresOthers whether all parameters but the named ones are irrelevant; if not, the named ones are
 * @param names decoded names of parameters
 */
public record NoVarySearch(boolean ignoresOrder, boolean ignoresOthers, Set<String> names) {

    /** Every difference counts: what holds without the field. */
    public static final NoVarySearch DEFAULT = new NoVarySearch(false, false, Set.of());

    /** Copies the names. */
    public NoVarySearch {
        names = Set.copyOf(names);
    }

    /**
     * Reads the field (sections 4 and 5 of the draft). Unknown keys and all parameters of members are ignored.
     *
     * @param lines values of all lines of the field, in order
     * @return the rule; {@link #DEFAULT} if there are no lines, or if anything in them is not well-formed or of a wrong
     *     type
     */
    public static NoVarySearch parse(List<String> lines) {
        Map<String, StructuredValue> members = StructuredDictionary.parse(String.join(", ", lines));
        NoVarySearch rule = members == null ? null : rule(members);
        return rule == null ? DEFAULT : rule;
    }

    private static @Nullable NoVarySearch rule(Map<String, StructuredValue> members) {
        StructuredValue keyOrder = members.getOrDefault("key-order", StructuredValue.FALSE);
        StructuredValue params = members.getOrDefault("params", StructuredValue.FALSE);
        StructuredValue except = members.get("except");
        if (keyOrder.kind() != Kind.BOOLEAN) {
            return null;
        }
        boolean ignoresOrder = keyOrder.equals(StructuredValue.TRUE);
        boolean ignoresOthers = params.equals(StructuredValue.TRUE);
        if (except != null) {
            Set<String> names = ignoresOthers ? names(except) : null;
            return names == null ? null : new NoVarySearch(ignoresOrder, true, names);
        }
        Set<String> names = params.kind() == Kind.BOOLEAN ? Set.of() : names(params);
        return names == null ? null : new NoVarySearch(ignoresOrder, ignoresOthers, names);
    }

    /** Names stand in the field as they would in a query, since Strings are ASCII; null if it is no list of Strings. */
    private static @Nullable Set<String> names(StructuredValue value) {
        if (value.kind() != Kind.INNER_LIST) {
            return null;
        }
        Set<String> names = new HashSet<>();
        for (StructuredValue item : value.items()) {
            if (item.kind() != Kind.STRING) {
                return null;
            }
            names.add(FormQuery.decode(item.text()));
        }
        return names;
    }

    /**
     * Whether every difference between queries counts.
     *
     * @return true for the rule that an absent or invalid field gives, and for fields that say the same
     */
    public boolean isDefault() {
        return equals(DEFAULT);
    }

    /**
     * The form that a query shares with exactly those that are equivalent to it under this rule (section 6 of the
     * draft). Forms of different rules are not to be compared.
     *
     * <p>Other than by default no query is equivalent to an empty one, and what is encoded to what is not. A query with
     * characters beyond ASCII is no query (RFC 3986 section 3.4): containers differ in what they make of it, so that it
     * is equivalent to itself only. The work is that of sorting its parameters.
     *
     * @param rawQuery the query as it came, without question mark, or null if there is none
     * @return the form: parameters that count, or a question mark and the query as it came. It is empty if no parameter
     *     counts, and under the default if there is no query.
     */
    public String canonicalQuery(@Nullable String rawQuery) {
        if (rawQuery == null) {
            return "";
        }
        if (isDefault() || !isAscii(rawQuery)) {
            return "?" + rawQuery;
        }
        List<Parameter> counting = new ArrayList<>();
        for (Parameter parameter : FormQuery.parse(rawQuery)) {
            if (names.contains(parameter.name()) == ignoresOthers) {
                counting.add(parameter);
            }
        }
        if (ignoresOrder) {
            counting.sort(Comparator.comparing(Parameter::name));
        }
        return FormQuery.serialize(counting);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
