package org.mshareemu.emulator.nativelib;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.nativelib.LibrarySearch.Place;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;

/// Finds the files of the native libraries.
///
/// The order: the system property, the environment variable, the build folder `.build/engine` of
/// the repository, the folders of the system's linker. A file that the property or the variable
/// names is the only one tried: who asked for it is not given another one in silence.
public final class NativeLibraries {
    /// Below the repository's root; `emulator/engine/fetch-libraries` fills it.
    private static final Path BUILD_FOLDER = Path.of(".build", "engine");

    private static final String HOME_PROPERTY = "mshareemu.home";
    private static final String LINKER_PATH_VARIABLE = "LD_LIBRARY_PATH";
    private static final List<Path> LINKER_FOLDERS =
            List.of(
                    Path.of("/usr/local/lib/x86_64-linux-gnu"),
                    Path.of("/usr/local/lib"),
                    Path.of("/usr/lib/x86_64-linux-gnu"),
                    Path.of("/usr/lib64"),
                    Path.of("/usr/lib"));

    private NativeLibraries() {}

    /// The file of the library, absolute.
    ///
    /// @throws MissingLibraryException if no place holds it
    public static Path find(NativeLibrary library) throws MissingLibraryException {
        LibrarySearch search = search(library);
        Path found = search.found();
        if (found == null) {
            throw new MissingLibraryException(library.soname() + " not found: " + search.advice());
        }
        return found;
    }

    /// Where the library was looked for, and the file if there is one.
    public static LibrarySearch search(NativeLibrary library) {
        return search(library, Surroundings.ofThisProcess());
    }

    static LibrarySearch search(NativeLibrary library, Surroundings surroundings) {
        List<Place> tried = new ArrayList<>();
        for (Place place : places(library, surroundings)) {
            tried.add(place);
            if (Files.isRegularFile(place.file())) {
                return new LibrarySearch(library, tried, place.file().toAbsolutePath());
            }
        }
        return new LibrarySearch(library, tried, null);
    }

    private static List<Place> places(NativeLibrary library, Surroundings surroundings) {
        String property = surroundings.property(library.property());
        if (property != null) {
            return List.of(new Place("property " + library.property(), Path.of(property)));
        }
        String variable = surroundings.variable(library.environmentVariable());
        if (variable != null) {
            return List.of(
                    new Place("variable " + library.environmentVariable(), Path.of(variable)));
        }
        List<Place> places = new ArrayList<>();
        Path home = home(surroundings);
        if (home != null) {
            places.add(
                    new Place(
                            "build folder", home.resolve(BUILD_FOLDER).resolve(library.soname())));
        }
        for (Path folder : linkerFolders(surroundings)) {
            places.add(new Place("linker's folder", folder.resolve(library.soname())));
        }
        return places;
    }

    /// The repository's root: what the launcher says, else the nearest folder above our code that
    /// has a build folder.
    private static @Nullable Path home(Surroundings surroundings) {
        String named = surroundings.property(HOME_PROPERTY);
        if (named != null) {
            return Path.of(named);
        }
        Path folder = surroundings.codeLocation();
        while (folder != null && !Files.isDirectory(folder.resolve(BUILD_FOLDER))) {
            folder = folder.getParent();
        }
        return folder;
    }

    private static List<Path> linkerFolders(Surroundings surroundings) {
        List<Path> folders = new ArrayList<>();
        String path = surroundings.variable(LINKER_PATH_VARIABLE);
        if (path != null) {
            for (String folder : path.split(File.pathSeparator, -1)) {
                if (!folder.isEmpty()) {
                    folders.add(Path.of(folder));
                }
            }
        }
        folders.addAll(LINKER_FOLDERS);
        return folders;
    }

    /// What the search reads of the process it runs in.
    interface Surroundings {
        /// A system property; null where it is not set.
        @Nullable String property(String name);

        /// An environment variable; null where it is not set or empty.
        @Nullable String variable(String name);

        /// The jar or folder that holds this class; null where it has none.
        @Nullable Path codeLocation();

        static Surroundings ofThisProcess() {
            return new ProcessSurroundings();
        }
    }

    private static final class ProcessSurroundings implements Surroundings {
        @Override
        public @Nullable String property(String name) {
            return System.getProperty(name);
        }

        @Override
        public @Nullable String variable(String name) {
            String value = System.getenv(name);
            return value == null || value.isEmpty() ? null : value;
        }

        @Override
        public @Nullable Path codeLocation() {
            CodeSource source = NativeLibraries.class.getProtectionDomain().getCodeSource();
            if (source == null || source.getLocation() == null) {
                return null;
            }
            try {
                return Path.of(source.getLocation().toURI());
            } catch (URISyntaxException | IllegalArgumentException _) {
                // Code that comes from no file has no repository above it.
                return null;
            }
        }
    }
}
