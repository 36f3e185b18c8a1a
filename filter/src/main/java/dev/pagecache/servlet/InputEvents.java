package dev.pagecache.servlet;

import dev.pagecache.policy.FactNames;
import dev.pagecache.policy.Input;
import dev.pagecache.policy.InputsRead;
import dev.pagecache.policy.PagePolicy;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells an operator once of each input that the pages of a servlet depend on, and what it means for them. Names are
 * those that the application asked for, which it may have from the client's fields; values are never told.
 *
 * <p>Safe for use by many threads.
 */
final class InputEvents {
    /** An application that makes names up would fill the memory with them. */
    private static final int MAX_TOLD = 1000;

    private final Logger log;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    InputEvents() {
        this(LoggerFactory.getLogger("dev.pagecache.inputs"));
    }

    /** With a log of its own, for tests. */
    InputEvents(Logger log) {
        this.log = log;
    }

    /** Tells what the pages of a request's servlet were seen to depend on. */
    void tell(HttpServletRequest request, PagePolicy policy, InputLog inputs) {
        if (policy.inputs() == PagePolicy.Inputs.DECLARED || told.size() >= MAX_TOLD || !log.isInfoEnabled()) {
            return;
        }
        InputsRead read = inputs.inputs();
        if (read.equals(InputsRead.NONE)) {
            return;
        }
        String servlet = String.valueOf(request.getHttpServletMapping().getServletName());
        boolean isRefused = policy.inputs() == PagePolicy.Inputs.REFUSE;
        for (String name : read.fields()) {
            if (told.add(servlet + ' ' + name)) {
                log.info(
                        isRefused && !FactNames.isAbsence(name)
                                ? "Pages of servlet {} depend on {}: they are stored only if Vary names it"
                                : "Pages of servlet {} depend on {}: it joins their key unless it is trusted",
                        servlet,
                        name);
            }
        }
        for (Input input : read.others()) {
            if (told.add(servlet + " !" + input)) {
                log.info(
                        "Pages of servlet {} depend on {}{}: they are not stored",
                        servlet,
                        input.reason().word(),
                        input == Input.ATTRIBUTE ? " " + inputs.objects() : "");
            }
        }
    }
}
