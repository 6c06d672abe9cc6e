/// The command line.
@NullMarked
package org.mshareemu.emulator.cli;

import org.jspecify.annotations.NullMarked;
