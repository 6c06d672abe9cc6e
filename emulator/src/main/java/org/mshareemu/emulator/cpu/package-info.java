/// Virtual CPUs: run guest code, fill the TLB by walking page tables, report why a run ended.
@NullMarked
package org.mshareemu.emulator.cpu;

import org.jspecify.annotations.NullMarked;
