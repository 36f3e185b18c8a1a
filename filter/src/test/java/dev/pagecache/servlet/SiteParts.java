package dev.pagecache.servlet;

import jakarta.servlet.ServletContainerInitializer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a container has to start, in words that every container knows.
 *
 * @param contextPath {@code /}, or a path that begins with a slash and does not end with one
 * @param hasClassLoader whether the context has a class loader of its own
 * @param errorPages path by status
 * @param files folder by the mapping under which the container's own servlet gives out its files
 * @param initializers declare parameters, filters and servlets, in this order
 */
public record SiteParts(
        String contextPath,
        boolean hasClassLoader,
        Map<Integer, String> errorPages,
        Map<String, Path> files,
        List<ServletContainerInitializer> initializers) {

    public SiteParts {
        errorPages = Map.copyOf(errorPages);
        files = Map.copyOf(files);
        initializers = List.copyOf(initializers);
    }
}
