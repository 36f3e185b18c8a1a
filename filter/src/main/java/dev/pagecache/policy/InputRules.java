package dev.pagecache.policy;

import dev.pagecache.http.VaryField;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of inputs that the application read and the key does not hold: they join it, or the page is not stored.
 * So a page cannot depend on what its key does not hold.
 */
final class InputRules {
    /**
     * Fields of requests for ranges; conditions are seen beside a range only. A whole page does not depend on them (RFC
     * 9110 sections 13.1 and 14.2), and other responses to them have a rule.
     */
    static final Set<String> OF_RANGES = Set.of("range", "if-range", "if-none-match", "if-modified-since");

    private InputRules() {}

    /** Why what was read forbids storing, or null. What no Vary can declare counts whatever the settings say. */
    static @Nullable Reason refusal(ResponseFacts response, PagePolicy policy, VaryField vary) {
        boolean onlyVaryCounts = policy.inputs() == PagePolicy.Inputs.DECLARED;
        for (Input input : Input.values()) {
            if (response.inputs().others().contains(input) && (!onlyVaryCounts || input.isNeverDeclared())) {
                return input.reason();
            }
        }
        return policy.inputs() == PagePolicy.Inputs.REFUSE
                        && !undeclared(response, policy, declared(response, vary)).stream()
                                .allMatch(FactNames::isAbsence)
                ? Reason.UNDECLARED_INPUT
                : null;
    }

    /** Names of all fields and facts that select the page, fields in lower case, sorted. */
    static List<String> selecting(ResponseFacts response, PagePolicy policy, VaryField vary) {
        Set<String> declared = declared(response, vary);
        if (policy.inputs() == PagePolicy.Inputs.DECLARED) {
            return List.copyOf(declared);
        }
        List<String> undeclared = undeclared(response, policy, declared);
        if (undeclared.isEmpty()) {
            return List.copyOf(declared);
        }
        // No name stands in both: a sort of few strings is cheaper than a tree of them.
        undeclared.addAll(declared);
        Collections.sort(undeclared);
        return List.copyOf(undeclared);
    }

    private static Set<String> declared(ResponseFacts response, VaryField vary) {
        if (vary.names().isEmpty() && response.wishes().vary().isEmpty()) {
            return Set.of();
        }
        Set<String> declared = new TreeSet<>(vary.names());
        response.wishes()
                .vary()
                .forEach(name -> declared.add(name.startsWith(":") ? name : name.toLowerCase(Locale.ROOT)));
        return declared;
    }

    private static List<String> undeclared(ResponseFacts response, PagePolicy policy, Set<String> declared) {
        boolean isCookieDeclared = declared.contains("cookie") || policy.vary().contains("cookie");
        List<String> undeclared = new ArrayList<>();
        for (String name : response.inputs().fields()) {
            if (!OF_RANGES.contains(name)
                    && !declared.contains(name)
                    && !policy.vary().contains(name)
                    && !(isCookieDeclared && FactNames.followsFromCookieField(name))
                    && !TrustRules.isFact(policy.trustedInputs(), name)) {
                undeclared.add(name);
            }
        }
        return undeclared;
    }
}
