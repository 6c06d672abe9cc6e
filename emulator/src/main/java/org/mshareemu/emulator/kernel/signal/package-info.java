/// Signals as data: what is pending, what a program wants done, and the frame on its stack. Who
/// sends and who delivers is the task room's business.
@NullMarked
package org.mshareemu.emulator.kernel.signal;

import org.jspecify.annotations.NullMarked;
