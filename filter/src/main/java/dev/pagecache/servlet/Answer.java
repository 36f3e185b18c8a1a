package dev.pagecache.servlet;

import dev.pagecache.config.ViewSettings.View;
import dev.pagecache.http.Fields;
import dev.pagecache.policy.ResponseFacts;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * The application's response as it is when it commits: its own status and fields, told apart from those that the
 * container and filters outside set. Confined to one exchange.
 */
final class Answer {
    private final HttpServletResponse target;
    private final View view;
    private final InputLog inputs;
    private final ExchangeControl control;
    private final ShownStatus shown;
    private final Fields before;
    private Fields own = Fields.empty();
    private Fields all = Fields.empty();
    private int status;
    private boolean hasTrailers;
    private @Nullable String language;

    /** An answer to a response as it is before the application has it. */
    Answer(HttpServletResponse target, View view, InputLog inputs, ExchangeControl control, ShownStatus shown) {
        this.target = target;
        this.view = view;
        this.inputs = inputs;
        this.control = control;
        this.shown = shown;
        this.before = ResponseFields.read(target);
    }

    /**
     * Reads it anew, with what the annotations of its view add.
     *
     * @param responseStatus its status, which a redirect sets later
     * @param location the Location that a redirect will set, or null
     */
    void read(int responseStatus, @Nullable String location) {
        addViewFields();
        status = responseStatus;
        all = ResponseFields.read(target);
        if (language != null) {
            all = all.with("Content-Language", language);
        }
        if (location != null) {
            all = all.with("Location", location);
        }
        own = ResponseFields.since(before, all);
        if (shown.isSet()) {
            own = own.without(ServletNames.CACHE_STATUS::equalsIgnoreCase);
        }
        if (!own.has("Date")) {
            // The container's Date says when it began to answer, and nothing of the page's age.
            all = all.without("Date"::equalsIgnoreCase);
        }
    }

    void addViewFields() {
        new ViewFields(view, control.wishes().vary()).apply(target);
    }

    void noteLanguage(@Nullable String tag) {
        language = tag;
    }

    void noteTrailers() {
        hasTrailers = true;
    }

    int status() {
        return status;
    }

    /** The fields that the application set. */
    Fields own() {
        return own;
    }

    /** All of it. */
    ResponseFacts facts() {
        return new ResponseFacts(status, all, inputs.inputs(), control.wishes(), hasTrailers);
    }

    /** Takes everything back that the application set. */
    void reset() {
        target.reset();
        ResponseFields.set(target, before);
    }
}
