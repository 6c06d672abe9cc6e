package org.mshareemu.emulator.kernel.vfs.devfs;

import java.io.ByteArrayOutputStream;

/// Input from bytes known beforehand, output kept in memory: for machines run from tests and
/// programs.
public final class BufferEndpoint implements ConsoleEndpoint {
    private final Kind kind;
    private final byte[] input;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private int position;

    /// @param kind what the guest is to see
    /// @param input all there is to read
    public BufferEndpoint(Kind kind, byte[] input) {
        this.kind = kind;
        this.input = input.clone();
    }

    /// An output that looks like a pipe.
    public static BufferEndpoint capture() {
        return new BufferEndpoint(Kind.PIPE, new byte[0]);
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public int read(byte[] destination, int offset, int lengthBytes) {
        int length = Math.min(lengthBytes, input.length - position);
        System.arraycopy(input, position, destination, offset, length);
        position += length;
        return length;
    }

    @Override
    public int availableBytes() {
        return input.length - position;
    }

    @Override
    public void write(byte[] source, int offset, int lengthBytes) {
        output.write(source, offset, lengthBytes);
    }

    /// What was written so far.
    public byte[] written() {
        return output.toByteArray();
    }
}
