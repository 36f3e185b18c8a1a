package dev.pagecache.servlet;

import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * Content-Type and charset of a response without a client, by the rules that a container has for them (Servlet section
 * 5.6).
 *
 * <p>What a container would choose or write in its own way follows the page that is renewed: the same container made it
 * from the same application. Confined to one response.
 */
final class DetachedType {
    private static final String DEFAULT = "ISO-8859-1";

    /** What set the charset. */
    private enum Source {
        NOTHING,
        TYPE,
        APPLICATION,
        WRITER
    }

    private final @Nullable String knownText;
    private final @Nullable MediaType known;
    private final @Nullable String contextCharset;
    private @Nullable String type;
    private @Nullable String charset;
    private Source source = Source.NOTHING;
    private boolean isShown = true;

    /**
     * No type yet.
     *
     * @param known Content-Type of the page that is renewed, or null if it has none
     * @param contextCharset the web application's charset for responses, or null
     */
    DetachedType(@Nullable String known, @Nullable String contextCharset) {
        this.knownText = known;
        this.known = known == null ? null : MediaType.parse(known);
        this.contextCharset = contextCharset;
    }

    /** A charset in the type counts until the writer is there; one of a former type goes with it. */
    void setType(@Nullable String text) {
        if (source == Source.TYPE) {
            clearCharset();
        }
        if (text == null || text.isBlank()) {
            type = null;
            return;
        }
        MediaType parsed = MediaType.parse(text);
        type = parsed.withoutCharset();
        if (parsed.charset() != null && source != Source.WRITER) {
            charset = parsed.charset();
            source = Source.TYPE;
        }
    }

    /** Null takes back what was set (Servlet 6.1). */
    void setCharset(@Nullable String name) {
        if (source == Source.WRITER) {
            return;
        }
        clearCharset();
        if (name != null) {
            charset = name;
            source = Source.APPLICATION;
        }
    }

    /** The writer is there: the charset does not change any more. */
    void fixCharset() {
        if (charset == null) {
            isShown = !isOfKnownType() || !isJsonWithoutCharset();
            charset = charset();
        }
        source = Source.WRITER;
    }

    /** The charset that counts, or that a writer would get. */
    String charset() {
        if (charset != null) {
            return charset;
        }
        if (isOfKnownType() && known != null && known.charset() != null) {
            return known.charset();
        }
        if (isOfKnownType() && isJsonWithoutCharset()) {
            return "UTF-8";
        }
        return contextCharset == null ? DEFAULT : contextCharset;
    }

    boolean isCharsetSupported() {
        try {
            return Charset.isSupported(charset());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The field's value, or null if there is no type. */
    @Nullable
    String text() {
        if (type == null) {
            return null;
        }
        String text = charset == null || !isShown ? type : type + ";charset=" + charset;
        return known != null && known.meaning().equals(MediaType.parse(text).meaning()) ? knownText : text;
    }

    /** As at the beginning. */
    void reset() {
        type = null;
        clearCharset();
    }

    private void clearCharset() {
        charset = null;
        source = Source.NOTHING;
        isShown = true;
    }

    private boolean isOfKnownType() {
        return known != null
                && type != null
                && known.essence().equals(MediaType.parse(type).essence());
    }

    private boolean isJsonWithoutCharset() {
        return known != null && known.charset() == null && known.isJson();
    }
}
