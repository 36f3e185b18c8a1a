package dev.pagecache.fuzz;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Gives each line of a resource of seeds as one input. */
final class SeedLines implements ArgumentsProvider, AnnotationConsumer<Seeds> {
    private String resource = "";

    @Override
    public void accept(Seeds seeds) {
        resource = "/seeds/" + seeds.value() + ".txt";
    }

    @Override
    public Stream<Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        List<String> seeds = read().stream()
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        if (seeds.isEmpty()) {
            throw new IllegalStateException(resource + " has no seed");
        }
        return seeds.stream().map(line -> Arguments.of(SeedText.bytesOf(line)));
    }

    private List<String> read() {
        try (InputStream in = SeedLines.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("there is no resource " + resource);
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
