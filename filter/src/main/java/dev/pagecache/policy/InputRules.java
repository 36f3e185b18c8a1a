package dev.pagecache.policy;

import dev.pagecache.http.VaryField;
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
        if (policy.inputs() == PagePolicy.Inputs.REFUSE
                && !undeclared(response, policy, vary).isEmpty()) {
            return Reason.UNDECLARED_INPUT;
        }
        return null;
    }

    /** Lower-case names of all fields that select the page, sorted. */
    static Set<String> selecting(ResponseFacts response, PagePolicy policy, VaryField vary) {
        Set<String> selecting = declared(response, vary);
        if (policy.inputs() == PagePolicy.Inputs.LEARNED) {
            selecting.addAll(undeclared(response, policy, vary));
        }
        return selecting;
    }

    private static Set<String> declared(ResponseFacts response, VaryField vary) {
        Set<String> declared = new TreeSet<>(vary.names());
        response.wishes().vary().forEach(name -> declared.add(name.toLowerCase(Locale.ROOT)));
        return declared;
    }

    private static Set<String> undeclared(ResponseFacts response, PagePolicy policy, VaryField vary) {
        Set<String> undeclared = new TreeSet<>(response.inputs().fields());
        undeclared.removeAll(OF_RANGES);
        undeclared.removeAll(declared(response, vary));
        undeclared.removeAll(policy.trustedInputs());
        policy.vary().forEach(undeclared::remove);
        return undeclared;
    }
}
