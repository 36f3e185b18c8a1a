package dev.pagecache.admin;

import dev.pagecache.servlet.RawClient;
import dev.pagecache.servlet.Reply;
import dev.pagecache.servlet.TestSite;

/** Sends forms to an {@link AdminServlet} mapped to {@code /cache/*}. */
final class AdminClient {
    static final String TOKEN = "token-0123456789abcdef";
    static final String BEARER = "Authorization: Bearer " + TOKEN;

    private AdminClient() {}

    /** A site with the servlet and its token. */
    static TestSite.Builder site() {
        return TestSite.with()
                .param("authority", "site.test")
                .contextParam("pagecache.admin.token", TOKEN)
                .servlet("/cache/*", AdminServlet.class);
    }

    /** Sends a form with the token. */
    static Reply post(TestSite site, String path, String form) {
        return post(site, path, form, BEARER);
    }

    static Reply post(TestSite site, String path, String form, String... fields) {
        return send(site, "POST", path, form, "application/x-www-form-urlencoded", fields);
    }

    static Reply send(TestSite site, String method, String path, String body, String type, String... fields) {
        String[] all = new String[fields.length + 3];
        System.arraycopy(fields, 0, all, 0, fields.length);
        all[fields.length] = "Content-Type: " + type;
        all[fields.length + 1] = "Content-Length: " + body.length();
        all[fields.length + 2] = "Connection: close";
        try (RawClient client = site.client()) {
            client.write(RawClient.head(method, path, all) + body);
            return client.read(method);
        }
    }
}
