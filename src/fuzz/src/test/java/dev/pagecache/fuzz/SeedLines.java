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

/** Gives each line of a resource of seeds as one input, and all of them, repeated, as a long one. */
final class SeedLines implements ArgumentsProvider, AnnotationConsumer<Seeds> {
    /** Jazzer makes no input that is longer than the longest seed. */
    private static final int LONGEST = 1024;

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
        byte[] all = SeedText.bytesOf(String.join("\\n", seeds));
        byte[] longest = new byte[LONGEST];
        for (int i = 0; i < LONGEST; i++) {
            longest[i] = all[i % all.length];
        }
        return Stream.concat(seeds.stream().map(SeedText::bytesOf), Stream.of(longest))
                .map(Arguments::of);
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
