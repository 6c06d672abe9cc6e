package org.mshareemu.emulator.cli;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.memmap.AddressSpace;
import org.mshareemu.emulator.kernel.memmap.Mappable;
import org.mshareemu.emulator.kernel.memmap.PageCache;
import org.mshareemu.emulator.kernel.mm.Mm;
import org.mshareemu.emulator.observe.Symbolizer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Finds the bytes of files that a guest maps, to read their symbols: in the host file behind them,
/// or else in the pages that the machine has of them. The machine is not made to load anything.
///
/// @param binds host files shown in the guest
/// @param root host folder that is the guest's root, or null
record GuestFiles(List<BindOption> binds, @Nullable String root) implements Symbolizer.FileReader {
    private static final int MOST_BYTES = 256 << 20;
    private static final int PAGE_BYTES = 4096;

    @Override
    public byte @Nullable [] read(AddressSpace space, Mappable file) {
        Path host = hostFile(file.displayPath());
        if (host != null) {
            try {
                return Files.readAllBytes(host);
            } catch (IOException _) {
                // Gone meanwhile: its addresses stay numbers.
                return null;
            }
        }
        return space instanceof Mm mm ? presentPages(mm, file) : null;
    }

    private @Nullable Path hostFile(String guestPath) {
        for (int i = binds.size() - 1; i >= 0; i--) {
            BindOption bind = binds.get(i);
            String rest = bind.below(guestPath);
            if (rest != null) {
                return existing(bind.host() + rest);
            }
        }
        return root == null ? null : existing(root + guestPath);
    }

    private static @Nullable Path existing(String path) {
        Path file = Path.of(path);
        return Files.isRegularFile(file) ? file : null;
    }

    private static byte @Nullable [] presentPages(Mm mm, Mappable file) {
        PageCache pages = file.pageCache();
        long size = file.sizeBytes();
        if (pages == null || size > MOST_BYTES) {
            return null;
        }
        byte[] bytes = new byte[(int) size];
        for (int at = 0; at < bytes.length; at += PAGE_BYTES) {
            long pfn = pages.find(at / PAGE_BYTES);
            if (pfn >= 0) {
                int length = Math.min(PAGE_BYTES, bytes.length - at);
                mm.context().memory().copyToArray(pfn * PAGE_BYTES, bytes, at, length);
            }
        }
        return bytes;
    }
}
