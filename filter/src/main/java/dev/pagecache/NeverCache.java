package dev.pagecache;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Responses of the annotated servlet class are stored by nobody (Django's {@code never_cache}): not here, and by no
 * other cache, because {@code Expires} is set to the past and {@code Cache-Control} gets {@code max-age=0, no-cache,
 * no-store, must-revalidate, private}.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface NeverCache {}
