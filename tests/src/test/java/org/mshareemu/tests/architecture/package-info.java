/// The walls of the house, held by tests: who may import whom, and what no file may hold.
@NullMarked
package org.mshareemu.tests.architecture;

import org.jspecify.annotations.NullMarked;
