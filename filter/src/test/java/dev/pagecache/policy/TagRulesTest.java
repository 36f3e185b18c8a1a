package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.pagecache.http.Fields;
import dev.pagecache.policy.RequestPlan.Lookup;
import dev.pagecache.policy.StorePlan.Refuse;
import dev.pagecache.policy.StorePlan.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Under which tags a response is stored. */
final class TagRulesTest {
    private static final PagePolicy POLICY = new PolicyBuilder()
            .tags("view")
            .tagFields("cache-tag", "surrogate-key", "x-tags")
            .build();

    private static ResponseFacts response(Fields fields, String... wished) {
        PageWishes wishes = new PageWishes(false, null, List.of(), List.of(wished));
        return new ResponseFacts(200, fields, InputsRead.NONE, wishes, false);
    }

    private static @Nullable List<String> tags(String... fields) {
        return TagRules.tags(response(Fields.of(fields)), POLICY);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', quoteCharacter = '~', nullValues = "-", textBlock = """
            one                                     ; Surrogate-Key ; a             ; a view
            several by spaces                       ; Surrogate-Key ; ~b a  c~      ; a b c view
            by tabs too                             ; Surrogate-Key ; ~a\tb~       ; a b view
            white space around them                 ; Surrogate-Key ; ~ a ~         ; a view
            a comma is no part of a tag             ; Surrogate-Key ; a,b           ; -
            several by commas                       ; Cache-Tag     ; ~a,b , c~     ; a b c view
            empty members                           ; Cache-Tag     ; ~,a,,b,~      ; a b view
            a space is no part of a tag             ; Cache-Tag     ; ~a b~         ; -
            other fields by either                  ; X-Tags        ; ~a b,c, d~    ; a b c d view
            nothing in it                           ; Cache-Tag     ; ~ ~           ; view
            letter case counts                      ; CACHE-TAG     ; ~A,a~         ; A a view
            the same twice                          ; Cache-Tag     ; ~a,a,view~    ; a view
            all that a tag may have                 ; Surrogate-Key ; a/b:c.d_e-9   ; a/b:c.d_e-9 view
            quotes are no part of one               ; Surrogate-Key ; ~"a"~         ; -
            one that is none spoils all             ; Cache-Tag     ; ~a,b*~        ; -
            letters of other scripts are none       ; Cache-Tag     ; ä             ; -
            a number sign would make it a group     ; Cache-Tag     ; group:x#y     ; -
            another field names none                ; X-Other       ; a             ; view
            """)
    void tags_field_isSplitByItsOwnRule(String sentence, String name, String value, @Nullable String expected) {
        assertEquals(expected == null ? null : List.of(expected.split(" ", -1)), tags(name, value), sentence);
    }

    @Test
    void tags_allLinesAndSources_areJoined() {
        Fields fields = Fields.of("Surrogate-Key", "b a", "surrogate-key", "c", "Cache-Tag", "d");
        assertEquals(List.of("a", "b", "c", "d", "said", "view"), TagRules.tags(response(fields, "said", "a"), POLICY));
    }

    @Test
    void tags_noFieldsAreSet_namesNone() {
        PagePolicy none = new PolicyBuilder().tagFields().build();
        assertEquals(List.of(), TagRules.tags(response(Fields.of("Cache-Tag", "a b")), none));
    }

    @ParameterizedTest
    @CsvSource({"1, true", "127, true", "128, false", "129, false"})
    void tags_manyOfThem_areBounded(int count, boolean isStored) {
        List<String> tags = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tags.add("t" + i);
        }
        String field = String.join(" ", tags);
        StorePlan plan =
                StoreRules.assess(response(Fields.of("Surrogate-Key", field)), Lookup.PLAIN, POLICY, Instant.EPOCH);
        if (isStored) {
            assertEquals(count + 1, assertInstanceOf(Store.class, plan).tags().size());
        } else {
            assertEquals(new Refuse(Reason.TAGS), plan);
        }
        assertEquals(
                isStored,
                TagRules.tags(response(Fields.empty(), tags.toArray(String[]::new)), POLICY) != null,
                "whoever names them");
    }

    @Test
    void tags_groups_countAsWellAndOnce() {
        List<String> groups = new ArrayList<>();
        List<String> known = new ArrayList<>();
        for (int i = 0; i < 127; i++) {
            groups.add("\"g" + i + '"');
            known.add("group:http://example.com:80#g" + i);
        }
        Fields fields = Fields.of("Cache-Groups", String.join(", ", groups));
        assertEquals(List.of("view"), TagRules.tags(response(fields), POLICY));
        assertNull(TagRules.tags(response(fields, "one"), POLICY));
        List<String> again = TagRules.tags(response(fields, known.toArray(String[]::new)), POLICY);
        assertEquals(128, again == null ? 0 : again.size(), "a 304 confirms the groups that are known");
    }

    @Test
    void assess_lineThatIsNoTag_isRefusedAsThat() {
        StorePlan plan =
                StoreRules.assess(response(Fields.of("Cache-Tag", "a b")), Lookup.PLAIN, POLICY, Instant.EPOCH);
        assertEquals(new Refuse(Reason.TAGS), plan);
    }
}
