package dev.pagecache;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Header names added to the {@code Vary} field of every response of the annotated servlet class (Django's
 * {@code vary_on_headers}), so that each value of them has a page of its own.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface VaryOnHeaders {

    /**
     * The request header names.
     *
     * @return field names as RFC 9110 section 5.1 has them; letter case does not matter
     */
    String[] value();
}
