package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.pagecache.PageControl;
import dev.pagecache.policy.FactNames;
import dev.pagecache.policy.Input;
import dev.pagecache.policy.InputsRead;
import dev.pagecache.policy.PageWishes;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ExchangeControl, InputLog, and how an application comes to its control. */
final class ExchangeControlTest {
    private final ExchangeControl control = new ExchangeControl(name -> null);

    @Test
    void wishes_nothingSaid_isNone() {
        assertSame(PageWishes.NONE, control.wishes());
    }

    @Test
    void wishes_all_areKept() {
        PageControl same = control.tag("a", "b/c:1")
                .tag("d")
                .vary("X-A")
                .vary("Cookie", "x-a")
                .timeout(Duration.ofSeconds(1))
                .timeout(Duration.ofSeconds(2))
                .doNotStore();
        assertSame(control, same);
        assertEquals(
                new PageWishes(
                        true, Duration.ofSeconds(2), List.of("X-A", "Cookie", "x-a"), List.of("a", "b/c:1", "d")),
                control.wishes());
    }

    @Test
    void wishes_eachAlone_counts() {
        assertEquals(
                List.of("t"),
                ((ExchangeControl) new ExchangeControl(name -> null).tag("t"))
                        .wishes()
                        .tags());
        assertEquals(
                List.of("V"),
                ((ExchangeControl) new ExchangeControl(name -> null).vary("V"))
                        .wishes()
                        .vary());
        assertTrue(((ExchangeControl) new ExchangeControl(name -> null).doNotStore())
                .wishes()
                .isNotStored());
        assertEquals(
                Duration.ZERO,
                ((ExchangeControl) new ExchangeControl(name -> null).timeout(Duration.ZERO))
                        .wishes()
                        .timeout());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a,b", "\u00e4", "a\r\nb", "*"})
    void tag_wrongForm_isRefusedWhole(String tag) {
        assertThrows(IllegalArgumentException.class, () -> control.tag("good", tag));
        assertSame(PageWishes.NONE, control.wishes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X A", "X:A", "X,A", "\u00e4", "X\r\n"})
    void vary_noFieldName_isRefusedWhole(String name) {
        assertThrows(IllegalArgumentException.class, () -> control.vary("Good", name));
        assertSame(PageWishes.NONE, control.wishes());
    }

    @Test
    void of_requestOfTheCache_isItsControl() {
        ServletRequest request = mock(ServletRequest.class);
        when(request.getAttribute(PageControl.ATTRIBUTE)).thenReturn(control);
        assertSame(control, PageControl.of(request));
    }

    @Test
    void of_otherRequest_takesEverythingWithoutEffect() {
        ServletRequest request = mock(ServletRequest.class);
        PageControl inert = PageControl.of(request);
        assertSame(inert, inert.tag("a").vary("A").timeout(Duration.ZERO).doNotStore());
        when(request.getAttribute(PageControl.ATTRIBUTE)).thenReturn("something else");
        assertEquals(inert, PageControl.of(request));
    }

    @Test
    void cookie_read_isAWishOfItsOwnName() {
        ExchangeControl asked = new ExchangeControl(name -> name.equals("lang") ? "de" : null);
        assertEquals("de", asked.cookie("lang"));
        assertNull(asked.cookie("other"));
        assertEquals(
                List.of(FactNames.cookie("lang"), FactNames.cookie("other")),
                asked.wishes().vary());
        assertThrows(IllegalArgumentException.class, () -> asked.cookie("a b"));
    }

    @Test
    void cookie_ofOtherRequest_isItsFirstOfTheName() {
        HttpServletRequest request = mock(HttpServletRequest.class);
        assertNull(PageControl.of(request).cookie("lang"));
        when(request.getCookies())
                .thenReturn(new Cookie[] {new Cookie("a", "1"), new Cookie("lang", "de"), new Cookie("lang", "fr")});
        assertEquals("de", PageControl.of(request).cookie("lang"));
        assertNull(PageControl.of(request).cookie("Lang"));
        assertNull(PageControl.of(mock(ServletRequest.class)).cookie("lang"));
    }

    @Test
    void inputLog_notesEachOnce() {
        InputLog log = new InputLog();
        assertEquals(InputsRead.NONE, log.inputs());
        log.note(Input.SESSION);
        log.note(Input.SESSION);
        log.note(Input.PRINCIPAL);
        log.noteField("X-A");
        log.noteField("x-a");
        InputsRead inputs = log.inputs();
        log.note(Input.SESSION_IN_URL);
        assertEquals(new InputsRead(Set.of("x-a"), Set.of(Input.SESSION, Input.PRINCIPAL)), inputs);
    }
}
