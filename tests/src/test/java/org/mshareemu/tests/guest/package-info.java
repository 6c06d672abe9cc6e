/// Journeys of guest programs through the whole machine, and what the command line says about them.
@NullMarked
package org.mshareemu.tests.guest;

import org.jspecify.annotations.NullMarked;
