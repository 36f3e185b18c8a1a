package dev.pagecache.config;

import dev.pagecache.config.CacheLocation.Dummy;
import dev.pagecache.config.CacheLocation.Memory;
import dev.pagecache.config.CacheLocation.Redis;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The reading of locations. Its messages hold nothing of what was read, because any part may be a password. */
final class LocationSyntax {
    private static final List<String> SCHEMES =
            List.of("memory://", "dummy://", "redis://", "rediss://", "redis-cluster://", "redis-sentinel://");

    private LocationSyntax() {}

    /** The scheme with which the text starts, or an empty text. */
    static String knownScheme(String text) {
        for (String scheme : SCHEMES) {
            if (text.regionMatches(true, 0, scheme, 0, scheme.length())) {
                return scheme;
            }
        }
        return "";
    }

    static CacheLocation parse(String text) {
        String scheme = knownScheme(text);
        String rest = text.substring(scheme.length());
        return switch (scheme) {
            case "memory://" -> {
                requireEmpty(rest, scheme);
                yield new Memory();
            }
            case "dummy://" -> {
                requireEmpty(rest, scheme);
                yield new Dummy();
            }
            case "redis://", "rediss://" -> redis(rest, scheme.equals("rediss://"));
            case "redis-cluster://", "redis-sentinel://" -> throw notYet(scheme);
            default -> throw new IllegalArgumentException("it starts with no scheme of a location");
        };
    }

    private static IllegalArgumentException notYet(String what) {
        return new IllegalArgumentException(what + " is not in this version");
    }

    private static void requireEmpty(String rest, String scheme) {
        if (!rest.isEmpty()) {
            throw new IllegalArgumentException("nothing may follow " + scheme);
        }
    }

    private static CacheLocation redis(String rest, boolean tls) {
        String lowerCase = rest.toLowerCase(Locale.ROOT);
        int at = rest.lastIndexOf('@');
        String server = rest.substring(at + 1);
        if (lowerCase.contains(",redis://") || lowerCase.contains(",rediss://") || server.indexOf(',') >= 0) {
            throw notYet("a list of locations");
        }
        int slash = server.indexOf('/');
        String authority = slash < 0 ? server : server.substring(0, slash);
        String path = slash < 0 ? "" : server.substring(slash + 1);
        int colon = portColon(authority);
        String host = host(colon < 0 ? authority : authority.substring(0, colon));
        int port = colon < 0
                ? Redis.DEFAULT_PORT
                : number(authority.substring(colon + 1), 1, 65_535, "the port is no number from 1 to 65535");
        int database = path.isEmpty() ? 0 : number(path, 0, 1_000_000, "the database after / is no number");
        if (at < 0) {
            return new Redis(host, port, database, null, null, tls);
        }
        String login = rest.substring(0, at);
        int separator = login.indexOf(':');
        if (separator < 0) {
            throw new IllegalArgumentException("before @ stands user:password or :password");
        }
        String user = decode(login.substring(0, separator));
        String password = decode(login.substring(separator + 1));
        if (password.isEmpty()) {
            throw new IllegalArgumentException("the password between : and @ is empty");
        }
        return new Redis(host, port, database, emptyAsNull(user), password, tls);
    }

    /** Where the colon before the port stands, or -1; those of an IPv6 address stand in brackets. */
    private static int portColon(String authority) {
        int bracket = authority.lastIndexOf(']');
        return authority.indexOf(':', bracket + 1);
    }

    private static String host(String text) {
        boolean isBracketed = text.startsWith("[") && text.endsWith("]");
        String host = isBracketed ? text.substring(1, text.length() - 1) : text;
        String allowed = isBracketed ? ":.%" : "-._";
        if (host.isEmpty() || (isBracketed && host.indexOf(':') < 0)) {
            throw new IllegalArgumentException("it names no host");
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (!isLetterOrDigit(c) && allowed.indexOf(c) < 0) {
                throw new IllegalArgumentException("the host has a character that no host has");
            }
        }
        return host;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static int number(String text, int min, int max, String otherwise) {
        boolean isNumber = !text.isEmpty() && text.length() < 9;
        int number = 0;
        for (int i = 0; i < text.length() && isNumber; i++) {
            char c = text.charAt(i);
            isNumber = c >= '0' && c <= '9';
            number = number * 10 + (c - '0');
        }
        if (!isNumber || number < min || number > max) {
            throw new IllegalArgumentException(otherwise);
        }
        return number;
    }

    private static @Nullable String emptyAsNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** Percent-decodes UTF-8; a plus sign stays one. */
    private static String decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); ) {
            if (text.charAt(i) == '%') {
                bytes.write(hexPair(text, i + 1));
                i += 3;
            } else {
                int end = text.indexOf('%', i) < 0 ? text.length() : text.indexOf('%', i);
                bytes.writeBytes(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
                i = end;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw badEscape(e);
        }
    }

    private static int hexPair(String text, int from) {
        int high = from < text.length() ? Character.digit(text.charAt(from), 16) : -1;
        int low = from + 1 < text.length() ? Character.digit(text.charAt(from + 1), 16) : -1;
        if (high < 0 || low < 0) {
            throw badEscape(null);
        }
        return high * 16 + low;
    }

    private static IllegalArgumentException badEscape(@Nullable Throwable cause) {
        return new IllegalArgumentException(
                "user or password has a % without the two hexadecimal digits of a UTF-8 byte; write % itself as %25",
                cause);
    }
}
