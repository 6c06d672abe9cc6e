/// Benchmarks of the hot paths. Run: `mvn -Djmh="PageWalk -prof gc" test`.
@NullMarked
package org.mshareemu.tests.benchmark;

import org.jspecify.annotations.NullMarked;
