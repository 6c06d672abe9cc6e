package org.mshareemu.emulator.kernel.vfs.pipe;

/// What an open end of a pipe keeps. Linux: i_pipe and f_pipe
final class PipeEnd {
    private final Pipe pipe;

    /// Opens of the other end at the time of the own open: more of them mean that a partner has
    /// come.
    private final int partnerOpens;

    /// Opened for reading with O_NONBLOCK before there was a writer: no hang-up is reported until
    /// one has come.
    private final boolean awaitsFirstWriter;

    PipeEnd(Pipe pipe, int partnerOpens, boolean awaitsFirstWriter) {
        this.pipe = pipe;
        this.partnerOpens = partnerOpens;
        this.awaitsFirstWriter = awaitsFirstWriter;
    }

    Pipe pipe() {
        return pipe;
    }

    int partnerOpens() {
        return partnerOpens;
    }

    boolean hidesHangUp() {
        return awaitsFirstWriter && pipe.writerOpens() == partnerOpens;
    }
}
