package dev.pagecache.config;

import dev.pagecache.config.CacheLocation.Address;
import dev.pagecache.config.CacheLocation.Cluster;
import dev.pagecache.config.CacheLocation.Dummy;
import dev.pagecache.config.CacheLocation.Memory;
import dev.pagecache.config.CacheLocation.Redis;
import dev.pagecache.config.CacheLocation.Replicated;
import dev.pagecache.config.CacheLocation.Sentinel;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reading of locations. Its messages hold nothing of what was read, because any part may be a password. */
final class LocationSyntax {
    private static final List<String> SCHEMES = List.of(
            "memory://",
            "dummy://",
            "redis://",
            "rediss://",
            "redis-cluster://",
            "rediss-cluster://",
            "redis-sentinel://",
            "rediss-sentinel://");

    /** What a Sentinel takes for the name of a master besides letters and digits. */
    private static final String NAME_SIGNS = "-._";

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
            case "redis://", "rediss://" -> redisOrList(text);
            case "redis-cluster://", "rediss-cluster://" -> cluster(rest, scheme.startsWith("rediss"));
            case "redis-sentinel://", "rediss-sentinel://" -> sentinel(rest, scheme.startsWith("rediss"));
            default -> throw new IllegalArgumentException("it starts with no scheme of a location");
        };
    }

    private static void requireEmpty(String rest, String scheme) {
        if (!rest.isEmpty()) {
            throw new IllegalArgumentException("nothing may follow " + scheme);
        }
    }

    /** One server, or several of which each starts with its own scheme. */
    private static CacheLocation redisOrList(String text) {
        List<Redis> servers = new ArrayList<>();
        for (int from = 0; from < text.length(); ) {
            int end = nextServer(text, from);
            servers.add(redis(text.substring(from, end)));
            from = end + 1;
        }
        Redis primary = servers.get(0);
        if (servers.size() == 1) {
            return primary;
        }
        List<Redis> replicas = new ArrayList<>();
        for (Redis server : servers.subList(1, servers.size())) {
            if (server.tls() != primary.tls() || server.database() != primary.database()) {
                throw new IllegalArgumentException(
                        "the servers of a list differ in redis or rediss, or in the database");
            }
            replicas.add(server.password() == null ? withLogin(server, primary) : server);
        }
        return new Replicated(primary, replicas);
    }

    /** Where the next server's comma stands, or the end. */
    private static int nextServer(String text, int from) {
        for (int comma = text.indexOf(',', from); comma >= 0; comma = text.indexOf(',', comma + 1)) {
            String scheme = knownScheme(text.substring(comma + 1));
            if (scheme.equals("redis://") || scheme.equals("rediss://")) {
                return comma;
            }
        }
        return text.length();
    }

    private static Redis withLogin(Redis server, Redis of) {
        return new Redis(server.host(), server.port(), server.database(), of.user(), of.password(), server.tls());
    }

    private static Redis redis(String text) {
        String scheme = knownScheme(text);
        Login login = login(text.substring(scheme.length()));
        if (login.servers.indexOf(',') >= 0) {
            throw new IllegalArgumentException("each server of a list starts with its own " + scheme);
        }
        int slash = login.servers.indexOf('/');
        String authority = slash < 0 ? login.servers : login.servers.substring(0, slash);
        String path = slash < 0 ? "" : login.servers.substring(slash + 1);
        Address address = address(authority, Redis.DEFAULT_PORT);
        return new Redis(
                address.host(), address.port(), database(path), login.user, login.password, scheme.equals("rediss://"));
    }

    private static CacheLocation cluster(String rest, boolean tls) {
        Login login = login(rest);
        int slash = login.servers.indexOf('/');
        String authorities = slash < 0 ? login.servers : login.servers.substring(0, slash);
        if (slash >= 0 && database(login.servers.substring(slash + 1)) != 0) {
            throw new IllegalArgumentException("a cluster has the database 0 only");
        }
        return new Cluster(addresses(authorities, Redis.DEFAULT_PORT), login.user, login.password, tls);
    }

    private static CacheLocation sentinel(String rest, boolean tls) {
        Login login = login(rest);
        int slash = login.servers.indexOf('/');
        String path = slash < 0 ? "" : login.servers.substring(slash + 1);
        int second = path.indexOf('/');
        String name = second < 0 ? path : path.substring(0, second);
        if (name.isEmpty() || !isOf(name, NAME_SIGNS)) {
            throw new IllegalArgumentException(
                    "after the Sentinels stands / and the name of the master: letters, digits" + " and " + NAME_SIGNS);
        }
        return new Sentinel(
                addresses(login.servers.substring(0, slash), Sentinel.DEFAULT_PORT),
                name,
                database(second < 0 ? "" : path.substring(second + 1)),
                login.user,
                login.password,
                tls);
    }

    private static List<Address> addresses(String text, int defaultPort) {
        List<Address> addresses = new ArrayList<>();
        for (int from = 0; from <= text.length(); ) {
            int comma = text.indexOf(',', from) < 0 ? text.length() : text.indexOf(',', from);
            addresses.add(address(text.substring(from, comma), defaultPort));
            from = comma + 1;
        }
        return addresses;
    }

    private static Address address(String authority, int defaultPort) {
        int colon = portColon(authority);
        String host = host(colon < 0 ? authority : authority.substring(0, colon));
        int port = colon < 0
                ? defaultPort
                : number(authority.substring(colon + 1), 1, 65_535, "the port is no number from 1 to 65535");
        return new Address(host, port);
    }

    private static int database(String text) {
        return text.isEmpty() ? 0 : number(text, 0, 1_000_000, "the database after / is no number");
    }

    /** What stands before and after the last @. */
    private record Login(@Nullable String user, @Nullable String password, String servers) {}

    private static Login login(String rest) {
        int at = rest.lastIndexOf('@');
        if (at < 0) {
            return new Login(null, null, rest);
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
        return new Login(emptyAsNull(user), password, rest.substring(at + 1));
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
        if (!isOf(host, allowed)) {
            throw new IllegalArgumentException("the host has a character that no host has");
        }
        return host;
    }

    /** Whether it has letters, digits and these signs only. */
    private static boolean isOf(String text, String signs) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetterOrDigit(c) && signs.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
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
