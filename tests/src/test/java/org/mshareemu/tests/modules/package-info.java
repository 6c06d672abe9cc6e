/// The house as named modules, as users of the Java API may have it.
@NullMarked
package org.mshareemu.tests.modules;

import org.jspecify.annotations.NullMarked;
