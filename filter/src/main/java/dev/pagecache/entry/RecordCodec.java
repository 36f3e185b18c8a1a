package dev.pagecache.entry;

import org.jspecify.annotations.Nullable;

/** Seat of the byte codec. */
public final class RecordCodec {

    /** A codec. */
    public RecordCodec() {}

    /**
     * The bytes of a record.
     *
     * @param entry what to encode
     * @param nowNanos the node's monotonic time
     * @param wallMillis the node's wall clock, milliseconds since 1970
     * @return new bytes
     */
    public byte[] encode(StoredRecord entry, long nowNanos, long wallMillis) {
        return new byte[0];
    }

    /**
     * The record in bytes that may be anything.
     *
     * @param bytes what a remote store gave
     * @param expected the key that was asked for
     * @param nowNanos the node's monotonic time
     * @param wallMillis the node's wall clock, milliseconds since 1970
     * @return the record, or null if the bytes are not one of that key
     */
    public @Nullable StoredRecord decode(byte[] bytes, CacheKey expected, long nowNanos, long wallMillis) {
        return null;
    }
}
