/// What plugins (file systems with address spaces of their own) see of the kernel.
@NullMarked
package org.mshareemu.emulator.kernel.spi;

import org.jspecify.annotations.NullMarked;
