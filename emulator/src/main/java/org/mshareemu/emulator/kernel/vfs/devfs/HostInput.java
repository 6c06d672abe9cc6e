package org.mshareemu.emulator.kernel.vfs.devfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.wait.WaitQueue;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.SynchronousQueue;

/// Input from a stream of the host that may block: a thread reads it, one piece at a time and only
/// when the guest asks, and hands the piece to the machine's thread.
public final class HostInput implements ConsoleEndpoint {
    private static final int PIECE_BYTES = 1 << 16;

    private enum State {
        IDLE,
        READING,
        FULL,
        AT_END,
        BROKEN
    }

    private final Kind kind;
    private final InputStream stream;
    private final HostDoor door;
    private final WaitQueue queue = new WaitQueue();
    private final SynchronousQueue<Boolean> requests = new SynchronousQueue<>();
    private State state = State.IDLE;
    private byte[] piece = new byte[0];
    private int position;
    private @Nullable Thread reader;

    /// @param kind what the guest is to see; a terminal may go on after its end
    public HostInput(Kind kind, InputStream stream, HostDoor door) {
        this.kind = kind;
        this.stream = stream;
        this.door = door;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public int read(byte[] destination, int offset, int lengthBytes) throws ErrnoException {
        return switch (state) {
            case IDLE, READING -> {
                demand();
                yield NOTHING_YET;
            }
            case BROKEN -> throw Errno.EIO.exception();
            case AT_END -> {
                if (kind == Kind.TERMINAL) {
                    state = State.IDLE;
                }
                yield 0;
            }
            case FULL -> take(destination, offset, lengthBytes);
        };
    }

    private int take(byte[] destination, int offset, int lengthBytes) {
        int length = Math.min(lengthBytes, piece.length - position);
        System.arraycopy(piece, position, destination, offset, length);
        position += length;
        if (position == piece.length) {
            state = State.IDLE;
        }
        return length;
    }

    @Override
    public boolean isReadable() {
        if (state == State.IDLE) {
            demand();
        }
        return state != State.READING;
    }

    @Override
    public int availableBytes() {
        return state == State.FULL ? piece.length - position : 0;
    }

    @Override
    public WaitQueue readQueue() {
        return queue;
    }

    private void demand() {
        if (state != State.IDLE) {
            return;
        }
        state = State.READING;
        door.addSource();
        Thread known = reader;
        if (known == null) {
            known = Thread.ofPlatform().daemon().name("console-input").unstarted(this::pump);
            reader = known;
            known.start();
        } else {
            request();
        }
    }

    private void request() {
        try {
            requests.put(Boolean.TRUE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// The reader thread: one piece for each request.
    private void pump() {
        byte[] buffer = new byte[PIECE_BYTES];
        try {
            while (true) {
                readPiece(buffer);
                requests.take();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void readPiece(byte[] buffer) {
        try {
            int length = stream.read(buffer);
            byte[] bytes = length <= 0 ? new byte[0] : java.util.Arrays.copyOf(buffer, length);
            door.post(() -> arrived(bytes.length == 0 ? State.AT_END : State.FULL, bytes));
        } catch (IOException _) {
            door.post(() -> arrived(State.BROKEN, new byte[0]));
        }
    }

    /// On the machine's thread.
    private void arrived(State newState, byte[] bytes) {
        door.removeSource();
        state = newState;
        piece = bytes;
        position = 0;
        queue.wakeAll();
    }
}
