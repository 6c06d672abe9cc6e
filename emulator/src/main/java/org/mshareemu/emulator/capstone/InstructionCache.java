package org.mshareemu.emulator.capstone;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongFunction;

/// Decoded instructions by frame, so that a trace decodes each only once. Whoever learns that a
/// frame was written says so.
///
/// A frame that several addresses map is remembered for the last one: the text of a relative jump
/// names its target.
public final class InstructionCache {
    private static final int FRAME_BYTES = 4096;

    /// What is known of one frame: an instruction per offset.
    private static final class Frame {
        final long vaddr;
        final @Nullable DecodedInstruction[] instructions = new DecodedInstruction[FRAME_BYTES];

        Frame(long vaddr) {
            this.vaddr = vaddr;
        }
    }

    private final Map<Long, Frame> frames = new HashMap<>();

    /// The instruction at `vaddr`, whose first byte stands in frame `pfn`; `decoder` is asked if it
    /// is not known.
    public @Nullable DecodedInstruction find(
            long pfn, long vaddr, LongFunction<@Nullable DecodedInstruction> decoder) {
        long page = vaddr & -FRAME_BYTES;
        Frame frame = frames.get(pfn);
        if (frame == null || frame.vaddr != page) {
            frame = new Frame(page);
            frames.put(pfn, frame);
        }
        int offset = (int) (vaddr - page);
        DecodedInstruction known = frame.instructions[offset];
        if (known != null) {
            return known;
        }
        DecodedInstruction decoded = decoder.apply(vaddr);
        // The end of an instruction in the next page may change without this frame being written.
        if (decoded != null && offset + decoded.lengthBytes() <= FRAME_BYTES) {
            frame.instructions[offset] = decoded;
        }
        return decoded;
    }

    /// Forgets a frame: it was written, or freed.
    public void invalidate(long pfn) {
        frames.remove(pfn);
    }

    /// Forgets all.
    public void clear() {
        frames.clear();
    }
}
