/// Files that only tell that something happened: eventfd, timerfd, epoll, inotify.
@NullMarked
package org.mshareemu.emulator.kernel.vfs.event;

import org.jspecify.annotations.NullMarked;
