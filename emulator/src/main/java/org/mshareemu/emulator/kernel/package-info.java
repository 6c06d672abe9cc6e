/// The kernel; this package itself holds only what every room of it may meet: a broken invariant.
@NullMarked
package org.mshareemu.emulator.kernel;

import org.jspecify.annotations.NullMarked;
