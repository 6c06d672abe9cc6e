/// Files and directories of the host, shown to the guest where the user says so. A path of the host
/// is never handed to the host with a symbolic link in it: links are resolved by the guest's own
/// lookup, against the guest's root, and before each access all directories down to the file are
/// checked to be the ones that were found there.
@NullMarked
package org.mshareemu.emulator.kernel.vfs.hostfs;

import org.jspecify.annotations.NullMarked;
