/// The system-call table and one class per family of calls.
@NullMarked
package org.mshareemu.emulator.kernel.syscall;

import org.jspecify.annotations.NullMarked;
