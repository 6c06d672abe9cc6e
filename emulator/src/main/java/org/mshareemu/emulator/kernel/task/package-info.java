/// Tasks, thread groups, fork, exec, exit, wait, and the scheduler.
@NullMarked
package org.mshareemu.emulator.kernel.task;

import org.jspecify.annotations.NullMarked;
