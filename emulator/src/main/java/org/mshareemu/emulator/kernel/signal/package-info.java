/// Signals: queues, actions, delivery frames.
@NullMarked
package org.mshareemu.emulator.kernel.signal;

import org.jspecify.annotations.NullMarked;
