package dev.pagecache.servlet;

import dev.pagecache.PageControl;
import dev.pagecache.http.FieldSyntax;
import dev.pagecache.policy.FactNames;
import dev.pagecache.policy.PageWishes;
import dev.pagecache.policy.TagSyntax;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what the application says of its page. Safe for use by the threads of one exchange. */
final class ExchangeControl implements PageControl {
    /** The cookies that the application may see. */
    @FunctionalInterface
    interface Cookies {
        @Nullable
        String value(String name);
    }

    private final Cookies cookies;
    private final List<String> tags = new ArrayList<>(2);
    private final List<String> vary = new ArrayList<>(2);
    private @Nullable Duration timeout;
    private boolean isNotStored;

    ExchangeControl(Cookies cookies) {
        this.cookies = cookies;
    }

    @Override
    public synchronized PageControl tag(String... added) {
        for (String tag : added) {
            if (!TagSyntax.isTag(tag)) {
                throw new IllegalArgumentException("tag '" + tag + "': allowed: " + TagSyntax.ALLOWED);
            }
        }
        tags.addAll(List.of(added));
        return this;
    }

    @Override
    public synchronized PageControl timeout(Duration stored) {
        timeout = stored;
        return this;
    }

    @Override
    public synchronized PageControl vary(String... headerNames) {
        for (String name : headerNames) {
            if (!FieldSyntax.isToken(name)) {
                throw new IllegalArgumentException("header name '" + name + "' is no token (RFC 9110 section 5.6.2)");
            }
        }
        vary.addAll(List.of(headerNames));
        return this;
    }

    @Override
    public @Nullable String cookie(String name) {
        if (!FieldSyntax.isToken(name)) {
            throw new IllegalArgumentException("cookie name '" + name + "' is no token (RFC 6265 section 4.1.1)");
        }
        synchronized (this) {
            vary.add(FactNames.cookie(name));
        }
        return cookies.value(name);
    }

    @Override
    public synchronized PageControl doNotStore() {
        isNotStored = true;
        return this;
    }

    synchronized PageWishes wishes() {
        return isNotStored || timeout != null || !vary.isEmpty() || !tags.isEmpty()
                ? new PageWishes(isNotStored, timeout, vary, tags)
                : PageWishes.NONE;
    }
}
