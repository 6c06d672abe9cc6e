/// Readers of the running machine: event log, strace, fault log, instruction trace, page-table
/// views.
@NullMarked
package org.mshareemu.emulator.observe;

import org.jspecify.annotations.NullMarked;
