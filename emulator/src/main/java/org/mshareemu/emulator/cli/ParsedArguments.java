package org.mshareemu.emulator.cli;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// A command line taken apart by the rules of one command: options up to the first argument that is
/// none, or up to `--`; all that follows belongs to the guest program and is not looked at.
///
/// Written by hand and without reflection because every run of a program pays for it.
final class ParsedArguments {
    private final List<String> names = new ArrayList<>();
    private final List<@Nullable String> values = new ArrayList<>();
    private final List<String> rest;

    private ParsedArguments(List<String> rest) {
        this.rest = rest;
    }

    /// @param arguments the command line behind the command's own name
    /// @throws CommandFailure naming the argument that was not understood
    static ParsedArguments parse(List<String> arguments, List<OptionRule> rules)
            throws CommandFailure {
        int firstOther = 0;
        ParsedArguments parsed = new ParsedArguments(new ArrayList<>());
        while (firstOther < arguments.size()) {
            String argument = arguments.get(firstOther);
            if (argument.equals("--")) {
                firstOther++;
                break;
            }
            if (argument.length() < 2 || argument.charAt(0) != '-') {
                break;
            }
            firstOther += parsed.take(arguments, firstOther, rules);
        }
        parsed.rest.addAll(arguments.subList(firstOther, arguments.size()));
        return parsed;
    }

    /// Takes the option at `index`; returns how many arguments it used.
    private int take(List<String> arguments, int index, List<OptionRule> rules)
            throws CommandFailure {
        String argument = arguments.get(index);
        int equals = argument.indexOf('=');
        String name = equals < 0 ? argument : argument.substring(0, equals);
        String attached = equals < 0 ? null : argument.substring(equals + 1);
        OptionRule rule = find(rules, name);
        names.add(name);
        if (rule.value() == OptionRule.Value.NONE && attached != null) {
            throw CommandFailure.usage("option " + name + " takes no value");
        }
        if (rule.value() == OptionRule.Value.OPTIONAL && attached != null && attached.isEmpty()) {
            throw CommandFailure.usage("option " + name + "= needs a file name behind the =");
        }
        if (rule.value() != OptionRule.Value.REQUIRED || attached != null) {
            values.add(attached);
            return 1;
        }
        if (index + 1 >= arguments.size()) {
            throw CommandFailure.usage("option " + name + " needs a value: " + rule.synopsis());
        }
        values.add(arguments.get(index + 1));
        return 2;
    }

    private static OptionRule find(List<OptionRule> rules, String name) throws CommandFailure {
        for (OptionRule rule : rules) {
            if (rule.name().equals(name)) {
                return rule;
            }
        }
        throw CommandFailure.usage("unknown option " + name);
    }

    /// Whether the option was given.
    boolean has(String name) {
        return names.contains(name);
    }

    /// The value given last, or null if the option or its value is absent.
    @Nullable String value(String name) {
        int index = names.lastIndexOf(name);
        return index < 0 ? null : values.get(index);
    }

    /// All values given, in order.
    List<String> values(String name) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String value = values.get(i);
            if (value != null && names.get(i).equals(name)) {
                found.add(value);
            }
        }
        return found;
    }

    /// What follows the options.
    List<String> rest() {
        return rest;
    }

    /// A whole number of at least `minimum`, or `fallback` if the option is absent.
    long number(String name, long minimum, long maximum, long fallback) throws CommandFailure {
        String value = value(name);
        if (value == null) {
            return fallback;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= minimum && number <= maximum) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Reported below, as a number out of range is.
        }
        String range =
                maximum == Long.MAX_VALUE
                        ? "of at least " + minimum
                        : "from " + minimum + " to " + maximum;
        throw CommandFailure.usage(
                "option " + name + " needs a whole number " + range + ", not '" + value + "'");
    }
}
