/// Who a task acts as and what it may use: credentials and resource limits; a leaf.
@NullMarked
package org.mshareemu.emulator.kernel.cred;

import org.jspecify.annotations.NullMarked;
