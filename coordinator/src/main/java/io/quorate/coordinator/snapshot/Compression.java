package io.quorate.coordinator.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.xerial.snappy.SnappyOutputStream;

/** How a snapshot file is compressed, as the end of its name says (storage-formats 5). */
public enum Compression {
    NONE("") {
        @Override
        InputStream decompress(InputStream in) {
            return in;
        }

        @Override
        OutputStream compress(OutputStream out) {
            return out;
        }
    },
    GZIP(".gz") {
        @Override
        InputStream decompress(InputStream in) throws IOException {
            return new GZIPInputStream(in, STREAM_BYTES);
        }

        @Override
        OutputStream compress(OutputStream out) throws IOException {
            return new GZIPOutputStream(out, STREAM_BYTES);
        }
    },
    SNAPPY(".snappy") {
        @Override
        InputStream decompress(InputStream in) throws IOException {
            return new SnappyBlocks(in);
        }

        @Override
        OutputStream compress(OutputStream out) {
            return new SnappyOutputStream(out, STREAM_BYTES);
        }
    };

    private static final int STREAM_BYTES = 64 * 1024;

    private final String suffix;

    Compression(String suffix) {
        this.suffix = suffix;
    }

    /** What the file's name ends with. */
    public String suffix() {
        return suffix;
    }

    abstract InputStream decompress(InputStream in) throws IOException;

    abstract OutputStream compress(OutputStream out) throws IOException;

    /** The kind with this suffix, or null. */
    static Compression ofSuffix(String suffix) {
        for (Compression compression : values()) {
            if (compression.suffix.equals(suffix)) {
                return compression;
            }
        }
        return null;
    }
}
