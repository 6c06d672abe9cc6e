/// Pipes and FIFOs; after Linux's fs/pipe.c. A pipe is a ring of slots of at most one page each,
/// because that is what decides how much fits, which writes are atomic and what poll says.
@NullMarked
package org.mshareemu.emulator.kernel.vfs.pipe;

import org.jspecify.annotations.NullMarked;
