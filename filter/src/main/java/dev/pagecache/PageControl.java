package dev.pagecache;

import jakarta.servlet.ServletRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What application code says about the page that it is rendering. Call it before the response commits; later calls
 * change nothing. Where no cache takes part in the request, every call is without effect.
 *
 * <p>Confined to one request; an asynchronous application calls it from one thread at a time.
 *
 * @since 0.1
 */
public interface PageControl {

    /** Name of the request attribute that holds the control of a request in which a cache takes part: {@value}. */
    String ATTRIBUTE = "dev.pagecache.control";

    /**
     * The control of a request's page.
     *
     * @param request the request as the application got it, wrapped or not
     * @return the control, never null
     */
    static PageControl of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof PageControl control ? control : new InertPageControl(request);
    }

    /**
     * Names under which the page can be purged together with others.
     *
     * @param tags each 1 to 128 characters of {@code A-Z a-z 0-9 _ . : / -}
     * @return this
     * @throws IllegalArgumentException if a tag has another form
     */
    PageControl tag(String... tags);

    /**
     * How long the page is stored, in place of every other setting and of what the response declares.
     *
     * @param timeout zero or negative means not stored
     * @return this
     */
    PageControl timeout(Duration timeout);

    /**
     * Request headers on which the page depends; they are added to its {@code Vary} field.
     *
     * @param headerNames field names; letter case does not matter
     * @return this
     * @throws IllegalArgumentException if a name is no field name (RFC 9110 section 5.1)
     */
    PageControl vary(String... headerNames);

    /**
     * The value of a cookie on which the page depends, and on no other: whoever asks the request for its cookies
     * depends on all of them. The page's {@code Vary} field then names {@code Cookie}, for the caches between here and
     * the client; here only this cookie selects.
     *
     * @param name the cookie's name, in its letter case
     * @return its value; null if the request has no such cookie, or it is hidden by {@code cookies.ignore}
     * @throws IllegalArgumentException if the name is no cookie name (RFC 6265 section 4.1.1)
     */
    @Nullable
    String cookie(String name);

    /**
     * The page is sent and not stored.
     *
     * @return this
     */
    PageControl doNotStore();
}
