/// Wait queues and poll masks: how one room tells another that something may have become possible;
/// a leaf.
@NullMarked
package org.mshareemu.emulator.kernel.wait;

import org.jspecify.annotations.NullMarked;
