package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.pagecache.config.Settings;
import dev.pagecache.config.SettingsSource;
import dev.pagecache.policy.FactNames;
import dev.pagecache.policy.Input;
import dev.pagecache.policy.PagePolicy;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

final class InputEventsTest {
    private final List<String> lines = new ArrayList<>();
    private final InputEvents events = new InputEvents(new LogOfLines(lines));
    private final HttpServletRequest request = mock(HttpServletRequest.class);
    private final InputLog inputs = new InputLog();

    InputEventsTest() {
        HttpServletMapping mapping = mock(HttpServletMapping.class);
        when(mapping.getServletName()).thenReturn("shop");
        when(request.getHttpServletMapping()).thenReturn(mapping);
    }

    private static PagePolicy policy(String mode) {
        Map<String, String> params = Map.of("inputs", mode);
        return Settings.read(SettingsSource.ofSystem(params, Map.of())).filter().policy();
    }

    private void tell(String mode) {
        events.tell(request, policy(mode), inputs);
    }

    @Test
    void inputs_learned_areToldOnceEach() {
        tell("learned");
        inputs.noteField("X-A");
        inputs.noteAttribute("com.acme.User");
        tell("learned");
        inputs.noteFact(FactNames.SESSION);
        tell("learned");
        assertEquals(
                List.of(
                        "Pages of servlet shop depend on x-a: it joins their key unless it is trusted",
                        "Pages of servlet shop depend on attribute [com.acme.User]: they are not stored",
                        "Pages of servlet shop depend on :session: it joins their key unless it is trusted"),
                lines);
    }

    @Test
    void inputs_refused_areToldAsSuch() {
        inputs.noteField("X-A");
        tell("refuse");
        assertEquals(List.of("Pages of servlet shop depend on x-a: they are stored only if Vary names it"), lines);
    }

    @Test
    void inputs_declared_areNotWatched() {
        inputs.note(Input.SESSION);
        tell("declared");
        assertEquals(List.of(), lines);
    }

    @Test
    void names_madeUpWithoutEnd_areToldAThousandTimesAtMost() {
        for (int i = 0; i < 2000; i++) {
            inputs.noteField("x-" + i);
            tell("learned");
        }
        assertEquals(1000, lines.size());
    }

    /** Keeps what it is told. */
    private static final class LogOfLines extends LegacyAbstractLogger {
        private static final long serialVersionUID = 1;

        private final transient List<String> lines;

        LogOfLines(List<String> lines) {
            this.lines = lines;
        }

        @Override
        protected @Nullable String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level,
                @Nullable Marker marker,
                String message,
                Object @Nullable [] arguments,
                @Nullable Throwable thrown) {
            lines.add(MessageFormatter.arrayFormat(message, arguments).getMessage());
        }

        @Override
        public boolean isTraceEnabled() {
            return false;
        }

        @Override
        public boolean isDebugEnabled() {
            return false;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }
    }
}
