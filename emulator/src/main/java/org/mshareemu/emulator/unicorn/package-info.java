/// The CPU engine (Unicorn) behind a foreign-function binding; knows no kernel and no page table.
@NullMarked
package org.mshareemu.emulator.unicorn;

import org.jspecify.annotations.NullMarked;
