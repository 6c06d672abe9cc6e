package org.mshareemu.emulator.cli;

/// One option of a command.
///
/// @param name with its dashes
/// @param value whether a value follows
/// @param valueName how the value is called in the help, empty where there is none
/// @param help what it does; lines after the first are indented in the help
record OptionRule(String name, Value value, String valueName, String help) {
    /// Whether an option has a value, and how it is given.
    enum Value {
        /// `--name`
        NONE,
        /// `--name VALUE` or `--name=VALUE`
        REQUIRED,
        /// `--name` or `--name=VALUE`; never the next argument, which may be the program.
        OPTIONAL
    }

    static OptionRule flag(String name, String help) {
        return new OptionRule(name, Value.NONE, "", help);
    }

    static OptionRule required(String name, String valueName, String help) {
        return new OptionRule(name, Value.REQUIRED, valueName, help);
    }

    static OptionRule optional(String name, String valueName, String help) {
        return new OptionRule(name, Value.OPTIONAL, valueName, help);
    }

    /// As the help shows it.
    String synopsis() {
        return switch (value) {
            case NONE -> name;
            case REQUIRED -> name + " " + valueName;
            case OPTIONAL -> name + "[=" + valueName + "]";
        };
    }
}
