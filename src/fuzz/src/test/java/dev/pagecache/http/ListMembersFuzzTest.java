package dev.pagecache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pagecache.fuzz.FuzzInput;
import dev.pagecache.fuzz.Seeds;
import java.util.List;

/** Lists with quoted-strings (RFC 9110 sections 5.6.1 and 5.6.4). */
final class ListMembersFuzzTest {
    @Seeds("list-members")
    @FuzzTest
    void parse(byte[] bytes) {
        FuzzInput.run(bytes, ListMembersFuzzTest::check);
    }

    private static void check(FuzzInput input) {
        List<String> lines = input.lines();
        List<String> members = input.bounded(() -> FieldSyntax.listMembers(lines));
        assertTrue(members.stream().mapToInt(String::length).sum() <= input.bytes().length);
        for (String member : members) {
            assertTrue(!member.isEmpty() && member.equals(FieldSyntax.trim(member, 0, member.length())), member);
            assertEquals(List.of(member), FieldSyntax.listMembers(List.of(member)));
        }
        assertEquals(members, FieldSyntax.listMembers(members));
        if (members.stream().allMatch(FieldSyntax::isBalanced)) {
            assertEquals(members, FieldSyntax.listMembers(List.of(String.join(" ,\t", members))));
        }
        checkQuoting(input.text());
    }

    private static void checkQuoting(String text) {
        StringBuilder quoted = new StringBuilder();
        FieldSyntax.appendQuoted(quoted, text);
        assertTrue(FieldSyntax.isQuotedString(quoted.toString()), text);
        assertTrue(FieldSyntax.isBalanced(quoted.toString()), text);
        assertEquals(text, FieldSyntax.unquote(quoted.toString()));
        if (FieldSyntax.isQuotedString(text)) {
            assertTrue(FieldSyntax.unquote(text).length() <= text.length() - 2, text);
        }
    }
}
