package dev.pagecache.fuzz;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * The inputs that a fuzz test starts from, and that run as ordinary tests in every build: the lines of the resource
 * {@code /seeds/<value>.txt}. A line is an input, in the form that {@link SeedText} reads; an empty line and one that
 * starts with {@code #} is none.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ArgumentsSource(SeedLines.class)
public @interface Seeds {

    /** Name of the resource without its ending. */
    String value();
}
