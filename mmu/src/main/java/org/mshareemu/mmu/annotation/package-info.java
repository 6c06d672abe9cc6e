/// Marks that the architecture tests read. A leaf.
@NullMarked
package org.mshareemu.mmu.annotation;

import org.jspecify.annotations.NullMarked;
