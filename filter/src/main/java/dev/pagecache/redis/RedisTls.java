package dev.pagecache.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whom to trust and who we are. Whatever it is, a server's certificate must name the host that was asked for.
 *
 * <p>Immutable, safe for use by many threads.
 */
public final class RedisTls {
    private final Supplier<SSLSocketFactory> sockets;

    private RedisTls(Supplier<SSLSocketFactory> sockets) {
        this.sockets = sockets;
    }

    /**
     * Trust and keys of the JVM.
     *
     * @return what the system properties {@code javax.net.ssl.*} say, read when the first connection is made
     */
    public static RedisTls ofJvm() {
        return new RedisTls(() -> (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    /**
     * Trust and keys of their own.
     *
     * @param trust certificates that are trusted, or null for those of the JVM
     * @param keys our certificate and its key, or null to show none
     * @return how to speak TLS with them
     * @throws IllegalArgumentException if Java cannot use them
     */
    public static RedisTls of(@Nullable Store trust, @Nullable Store keys) {
        if (trust == null && keys == null) {
            return ofJvm();
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys == null ? null : keys.keyManagers(), trust == null ? null : trust.trustManagers(), null);
            SSLSocketFactory factory = context.getSocketFactory();
            return new RedisTls(() -> factory);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("TLS is not possible with these stores", e);
        }
    }

    /** With sockets of their own, for tests. */
    static RedisTls of(Supplier<SSLSocketFactory> sockets) {
        return new RedisTls(sockets);
    }

    Supplier<SSLSocketFactory> sockets() {
        return sockets;
    }

    /** A PKCS12 file that was read. Its text form shows no password. */
    public static final class Store {
        private final Path file;
        private final char[] password;
        private final KeyStore store;

        private Store(Path file, char[] password, KeyStore store) {
            this.file = file;
            this.password = password;
            this.store = store;
        }

        /**
         * Reads a file.
         *
         * @param file a PKCS12 file
         * @param password its password, or null if it has none
         * @return what is in it
         * @throws IllegalArgumentException if it cannot be read; the message says why and holds no password
         */
        public static Store read(Path file, @Nullable String password) {
            char[] secret = password == null ? new char[0] : password.toCharArray();
            try (InputStream in = Files.newInputStream(file)) {
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(in, secret);
                if (store.size() == 0) {
                    throw new IllegalArgumentException("it is empty, or needs its password");
                }
                return new Store(file, secret, store);
            } catch (IOException e) {
                throw new IllegalArgumentException(
                        Files.isReadable(file)
                                ? "it is no PKCS12 file, or its password is another one"
                                : "there is no file that can be read",
                        e);
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException("it is no PKCS12 file that this Java can use", e);
            }
        }

        private TrustManager[] trustManagers() throws GeneralSecurityException {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        }

        private KeyManager[] keyManagers() throws GeneralSecurityException {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, password);
            return factory.getKeyManagers();
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }
}
