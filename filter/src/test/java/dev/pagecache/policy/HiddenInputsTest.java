package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HiddenInputsTest {
    private static final HiddenInputs TRACKING =
            new HiddenInputs(List.of("utm_*", "gclid", "a*b*c"), false, List.of("_ga", "_ga_*"));

    @ParameterizedTest(name = "{0}")
    @CsvSource(nullValues = "none", textBlock = """
            no query stays none,                                     none,                         none
            an empty query is another than none,                     '',                           ''
            what is not named stays as it is,                        b=2&a=1&b=1,                  b=2&a=1&b=1
            a named parameter goes,                                  gclid=1&a=1,                  a=1
            a name in part is another name,                          gclid2=1,                     gclid2=1
            letter case counts,                                      GCLID=1,                      GCLID=1
            a star stands for any characters,                        utm_source=x&utm_=y&utm=z,    utm=z
            stars may stand anywhere,                                axxbyyc=1&abc=2&acb=3,        acb=3
            an encoded spelling of the name is the same name,        utm%5Fsource=x&a=1,           a=1
            a name that cannot be decoded stays,                     utm%zz=1,                     utm%zz=1
            a parameter without value goes too,                      gclid&a,                      a
            nothing left is no query,                                gclid=1&utm_x=1,              none
            empty pieces stay,                                       &&a=1&,                       &&a=1&
            """)
    void visibleQuery_namedParameters_areHidden(String row, @Nullable String raw, @Nullable String visible) {
        assertEquals(visible, TRACKING.visibleQuery(raw), row);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(nullValues = "none", textBlock = """
            names are sorted,                        b=2&a=1,            a=1&b=2
            values of one name keep their order,     b=2&a=9&b=1&a=3,    a=9&a=3&b=2&b=1
            no query stays none,                     none,               none
            """)
    void visibleQuery_sorting_isStable(String row, @Nullable String raw, @Nullable String visible) {
        assertEquals(visible, new HiddenInputs(List.of(), true, List.of()).visibleQuery(raw), row);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(nullValues = "none", delimiter = '|', textBlock = """
            no cookies stay none                   | none                     | none
            a named cookie goes                    | _ga=1; id=7              | id=7
            a star stands for any characters       | id=7; _ga_X=1            | id=7
            a name in part is another name         | _gat=1                   | _gat=1
            spaces around pieces do not matter     | ' _ga =1 ;  id=7 ; '     | id=7
            a cookie without value is named too    | _ga; id                  | id
            nothing left is no field               | _ga=1                    | none
            one with quotes stays as it is         | _ga="1; id=7"; a=1       | _ga="1; id=7"; a=1
            """)
    void visibleCookies_namedCookies_areHidden(String row, @Nullable String field, @Nullable String visible) {
        assertEquals(visible, TRACKING.visibleCookies(field), row);
    }
}
