/// Our MMU against another one: the engine's own.
@NullMarked
package org.mshareemu.tests.mmu;

import org.jspecify.annotations.NullMarked;
