package dev.pagecache.proof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One visitor, who has an account on each node and a connection to each, and holds every answer against the checker.
 *
 * <p>Confined to one thread.
 */
final class Client implements Runnable, AutoCloseable {
    private static final int MAX_VERSIONS = 4_000;

    private final Trial trial;
    private final String name;
    private final Shopper shopper;
    private final @Nullable HttpConnection[] connections;
    private final String[] sessions;
    private final Map<Item, Held> held = new HashMap<>();

    /** Versions of pages by number of the item and entity tag, those of late. */
    private final Map<String, Long> versions = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_VERSIONS;
        }
    };

    Client(Trial trial, int number, long seed) {
        this.trial = trial;
        this.name = "c" + number;
        this.shopper = new Shopper(trial.catalogue(), seed + number);
        this.connections = new HttpConnection[trial.nodes().size()];
        this.sessions = new String[connections.length];
    }

    /** A page that the client has, under its entity tag. */
    private record Held(String entityTag, long version) {}

    @Override
    public void run() {
        try {
            for (int node = 0; node < connections.length; node++) {
                sessions[node] = login(node);
            }
            while (trial.goesOn()) {
                step(shopper.next(connections.length));
            }
        } catch (IOException | RuntimeException e) {
            trial.failed(e);
        }
    }

    private String login(int node) throws IOException {
        Answer answer =
                connection(node).exchange(head("POST", Catalogue.HOSTS.get(0), Pages.LOGIN + '?' + name) + "\r\n");
        String cookie = answer.field("set-cookie");
        if (answer.status() != 200 || cookie == null) {
            throw new IOException("no session: " + answer);
        }
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private void step(Shopper.Step step) throws IOException {
        switch (step.act()) {
            case READ -> read(step, null);
            case VALIDATE -> read(step, held.get(step.item()));
            case HEAD -> head(step);
            case CHANGE -> change(step);
            case PURGE -> trial.purge(step);
            case HANG_UP -> {
                connection(step.node()).hangUp(request("GET", step, null), Math.max(0, step.number() % 8192 - 2048));
                trial.totals().hungUp();
            }
        }
    }

    private void read(Shopper.Step step, @Nullable Held known) throws IOException {
        Item item = step.item();
        HttpConnection connection = connection(step.node());
        Asked asked = new Asked(
                step.node(),
                item,
                step.variant(),
                user(step),
                known == null ? -1 : known.version(),
                trial.due(item, step.node()));
        Answer answer = connection.exchange(request("GET", step, known));
        Identity said = trial.check(asked, answer);
        String entityTag = answer.field("etag");
        if (said != null && entityTag != null && item.kind() == Kind.HOT) {
            held.put(item, new Held(entityTag, said.version()));
            versions.put(item.index() + entityTag, said.version());
        }
    }

    /** Without a body it says which version it is of by its entity tag, where the client has seen that before. */
    private void head(Shopper.Step step) throws IOException {
        HttpConnection connection = connection(step.node());
        Acks.Due due = trial.due(step.item(), step.node());
        Answer answer = connection.exchangeHead(request("HEAD", step, null));
        Long version = versions.get(step.item().index() + answer.fields().getOrDefault("etag", ""));
        trial.checkHead(
                new Asked(step.node(), step.item(), step.variant(), user(step), version == null ? -1 : version, due),
                answer);
    }

    private void change(Shopper.Step step) throws IOException {
        Answer answer = connection(step.node())
                .exchange(head("POST", step.item().host(), step.item().target()) + "Content-Length: 0\r\n\r\n");
        trial.changed(step, answer, new String(answer.body(), StandardCharsets.US_ASCII));
    }

    private String user(Shopper.Step step) {
        boolean isNamed = switch (step.item().kind()) {
            case SESSION, COOKIE, AUTHORIZED -> !step.isAnonymous();
            default -> false;
        };
        return isNamed ? name : Identity.NONE;
    }

    private String request(String method, Shopper.Step step, @Nullable Held known) {
        Item item = step.item();
        StringBuilder head = new StringBuilder(head(method, item.host(), item.target()));
        switch (item.kind()) {
            case SESSION -> {
                if (!step.isAnonymous()) {
                    head.append("Cookie: ").append(sessions[step.node()]).append("\r\n");
                }
            }
            case COOKIE -> {
                if (!step.isAnonymous()) {
                    head.append("Cookie: ")
                            .append(Pages.COOKIE)
                            .append('=')
                            .append(name)
                            .append("\r\n");
                }
            }
            case AUTHORIZED, SHARED -> {
                if (!step.isAnonymous()) {
                    head.append("Authorization: ").append(name).append("\r\n");
                }
            }
            default -> {}
        }
        if (!step.variant().equals(Identity.NONE)) {
            head.append(Pages.VARIANT).append(": ").append(step.variant()).append("\r\n");
        }
        if (known != null) {
            head.append("If-None-Match: ").append(known.entityTag()).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    private static String head(String method, String host, String target) {
        return method + ' ' + target + " HTTP/1.1\r\nHost: " + host + "\r\n";
    }

    private HttpConnection connection(int node) throws IOException {
        HttpConnection open = connections[node];
        if (open != null && open.isReusable()) {
            return open;
        }
        if (open != null) {
            open.close();
        }
        open = new HttpConnection(trial.nodes().get(node).site().port());
        connections[node] = open;
        return open;
    }

    @Override
    public void close() {
        for (HttpConnection connection : connections) {
            if (connection != null) {
                connection.close();
            }
        }
    }
}
