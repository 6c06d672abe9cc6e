package org.mshareemu.emulator.kernel.memmap;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;

/// What mmap(2) was asked for. Linux: the arguments of do_mmap()
///
/// @param vaddr hint or fixed address
/// @param lengthBytes not yet rounded
/// @param prot PROT_*
/// @param flags MAP_*
/// @param file backing file, null with MAP_ANONYMOUS; the request itself holds no reference
/// @param offsetPages offset in the file, in pages
/// @param extraVmFlags VM_* to add
/// @param credentials of the caller
/// @param limits of the caller
public record MmapRequest(
        long vaddr,
        long lengthBytes,
        int prot,
        int flags,
        @Nullable Mappable file,
        long offsetPages,
        long extraVmFlags,
        Credentials credentials,
        ResourceLimits limits) {}
