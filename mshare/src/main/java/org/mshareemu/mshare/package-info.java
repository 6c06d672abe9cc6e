/// Linux's proposed mshare (series v3) as a kernel plugin.
@NullMarked
package org.mshareemu.mshare;

import org.jspecify.annotations.NullMarked;
