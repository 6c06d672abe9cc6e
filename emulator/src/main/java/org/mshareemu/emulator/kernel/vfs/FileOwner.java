package org.mshareemu.emulator.kernel.vfs;

/// Whom SIGIO and its like go to. Linux: struct fown_struct
///
/// @param type F_OWNER_TID, F_OWNER_PID, F_OWNER_PGRP
/// @param id task, process or group; 0 = nobody
/// @param signo 0 = SIGIO
public record FileOwner(int type, int id, int signo) {}
