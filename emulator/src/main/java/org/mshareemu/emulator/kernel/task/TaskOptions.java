package org.mshareemu.emulator.kernel.task;

/// Per-task settings of prctl(2), personality(2) and the like that little else looks at.
public final class TaskOptions {
    int personality;
    boolean noNewPrivileges;
    boolean keepCapabilities;
    int securebits;
    long timerSlackNanos = 50_000;
    int ioPriority;
    boolean timeStampDisabled;
    boolean thpDisabled;
    int mceKillPolicy = 2;
    long rseqArea;
    int rseqLength;
    int rseqSignature;

    /// What a new task gets from the one that made it.
    void inherit(TaskOptions from) {
        personality = from.personality;
        noNewPrivileges = from.noNewPrivileges;
        keepCapabilities = from.keepCapabilities;
        securebits = from.securebits;
        timerSlackNanos = from.timerSlackNanos;
        ioPriority = from.ioPriority;
        timeStampDisabled = from.timeStampDisabled;
        thpDisabled = from.thpDisabled;
        mceKillPolicy = from.mceKillPolicy;
    }

    /// See personality(2).
    public int personality() {
        return personality;
    }

    /// Linux: task_no_new_privs()
    public boolean hasNoNewPrivileges() {
        return noNewPrivileges;
    }

    public void setPersonality(int newPersonality) {
        personality = newPersonality;
    }

    public void setNoNewPrivileges() {
        noNewPrivileges = true;
    }

    /// Whether capabilities survive giving up user 0. Linux: SECBIT_KEEP_CAPS
    public boolean keepsCapabilities() {
        return keepCapabilities;
    }

    public void setKeepsCapabilities(boolean keeps) {
        keepCapabilities = keeps;
    }

    /// Linux: timer_slack_ns; timers are exact here.
    public long timerSlackNanos() {
        return timerSlackNanos;
    }

    public void setTimerSlackNanos(long nanos) {
        timerSlackNanos = nanos;
    }

    public boolean isThpDisabled() {
        return thpDisabled;
    }

    public void setThpDisabled(boolean disabled) {
        thpDisabled = disabled;
    }
}
