package org.mshareemu.emulator.nativelib;

/// A native library that the emulator binds.
public enum NativeLibrary {
    /// The CPU engine, version 2.1.4.
    UNICORN("unicorn", "libunicorn.so.2"),
    /// The disassembler, version 5.
    CAPSTONE("capstone", "libcapstone.so.5");

    private final String shortName;
    private final String soname;

    NativeLibrary(String shortName, String soname) {
        this.shortName = shortName;
        this.soname = soname;
    }

    /// `unicorn` or `capstone`.
    public String shortName() {
        return shortName;
    }

    /// The file name under which the dynamic linker knows it.
    public String soname() {
        return soname;
    }

    /// The system property that names the file, before all other places.
    public String property() {
        return "mshareemu." + shortName + ".library";
    }

    /// The environment variable that names the file, where the property does not.
    public String environmentVariable() {
        return switch (this) {
            case UNICORN -> "MSHAREEMU_UNICORN_LIBRARY";
            case CAPSTONE -> "MSHAREEMU_CAPSTONE_LIBRARY";
        };
    }
}
