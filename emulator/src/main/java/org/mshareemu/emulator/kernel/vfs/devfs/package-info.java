/// Character devices every machine has, what /dev holds, and the console: standard input and output
/// of the machine over streams of the host.
@NullMarked
package org.mshareemu.emulator.kernel.vfs.devfs;

import org.jspecify.annotations.NullMarked;
