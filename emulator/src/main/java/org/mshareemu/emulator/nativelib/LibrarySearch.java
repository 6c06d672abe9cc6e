package org.mshareemu.emulator.nativelib;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// What looking for one library gave: the places in the order they were tried, the last one the hit
/// if there was one.
///
/// @param library what was looked for
/// @param places the places tried
/// @param found the file, absolute; null where no place held it
public record LibrarySearch(NativeLibrary library, List<Place> places, @Nullable Path found) {

    /// One place that was tried.
    ///
    /// @param origin who named it: a property, a variable, the build folder, the linker's path
    /// @param file the file that should be there
    public record Place(String origin, Path file) {}

    public LibrarySearch {
        places = List.copyOf(places);
    }

    /// What to do where nothing was found, on one line.
    public String advice() {
        if (places.size() == 1) {
            return places.getFirst().origin()
                    + " names "
                    + places.getFirst().file()
                    + ", which is no file";
        }
        return "run emulator/engine/fetch-libraries (looked in "
                + places.stream()
                        .map(place -> String.valueOf(place.file().getParent()))
                        .collect(Collectors.joining(", "))
                + ")";
    }
}
