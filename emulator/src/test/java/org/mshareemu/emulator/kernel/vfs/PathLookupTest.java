package org.mshareemu.emulator.kernel.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mshareemu.emulator.kernel.vfs.VfsFixture.outcome;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.abi.MountFlags;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.vfs.tmpfs.TmpfsType;

import java.util.List;

class PathLookupTest {
    private final VfsFixture fixture = new VfsFixture();

    @BeforeEach
    void makeTree() throws ErrnoException {
        fixture.mkdir("/d");
        fixture.mkdir("/d/e");
        fixture.write("/d/f", "content");
        fixture.symlink("d/f", "/rel");
        fixture.symlink("/d/e", "/abs");
        fixture.symlink("loop2", "/loop1");
        fixture.symlink("loop1", "/loop2");
        fixture.symlink("nowhere", "/dangling");
        fixture.symlink("../../../d/e/..", "/d/up");
        fixture.mkdir("/m");
        fixture.mkdir("/closed");
        SuperBlock second =
                fixture.vfs()
                        .mountByKernel(TmpfsType.TMPFS, "second", "mode=755", fixture.caller());
        fixture.vfs().namespace().mount(second, "second", fixture.resolve("/m"), 0);
        fixture.mkdir("/m/inner");
    }

    @AfterEach
    void nothingIsLeft() {
        fixture.close();
    }

    private String found(String name, int flags) {
        try {
            Path path = fixture.vfs().paths().resolve(fixture.caller(), name, flags);
            return fixture.vfs().paths().display(path, null);
        } catch (ErrnoException e) {
            return e.errno().name();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "///, /",
        "/d/f, /d/f",
        "//d///f, /d/f",
        "/d/./f, /d/f",
        "/d/e/../f, /d/f",
        "/../../d, /d",
        "/d/f/, ENOTDIR",
        "/d/f/x, ENOTDIR",
        "/d/f/.., ENOTDIR",
        "/d/x, ENOENT",
        "/x/y, ENOENT",
        "/rel, /d/f",
        "/rel/, ENOTDIR",
        "/abs, /d/e",
        "/abs/.., /d",
        "/d/up, /d",
        "/d/up/f, /d/f",
        "/loop1, ELOOP",
        "/loop1/x, ELOOP",
        "/dangling, ENOENT",
        "/m, /m",
        "/m/.., /",
        "/m/inner/.., /m",
        "/m/inner/../.., /",
        "/m/inner/../../d/f, /d/f",
        "'', ENOENT",
        "d/f, /d/f",
        "., /",
        ".., /",
    })
    void namesLeadWhereLinuxGoes(String name, String expected) {
        assertEquals(expected, found(name, PathLookup.FOLLOW));
    }

    @ParameterizedTest
    @CsvSource({
        "/rel, /rel",
        "/rel/, ENOTDIR",
        "/abs, /abs",
        "/abs/, /d/e",
        "/abs/., /d/e",
        "/loop1, /loop1",
        "/dangling, /dangling",
    })
    void aLinkAtTheEndStaysUnlessASlashFollows(String name, String expected) {
        assertEquals(expected, found(name, 0));
    }

    @Test
    void namesMayBeOf255Bytes() {
        assertEquals("ENOENT", found("/" + "n".repeat(255), PathLookup.FOLLOW));
        assertEquals("ENAMETOOLONG", found("/" + "n".repeat(256), PathLookup.FOLLOW));
        assertEquals("ENAMETOOLONG", found("/" + "n".repeat(256) + "/x", PathLookup.FOLLOW));
    }

    @Test
    void fortyLinksAreFollowedAndNoMore() throws ErrnoException {
        fixture.symlink("/d/f", "/l1");
        for (int i = 2; i <= 41; i++) {
            fixture.symlink("/l" + (i - 1), "/l" + i);
        }
        assertEquals("/d/f", found("/l40", PathLookup.FOLLOW));
        assertEquals("ELOOP", found("/l41", PathLookup.FOLLOW));
    }

    @Test
    void searchPermissionIsNeededForEveryDirectory() throws ErrnoException {
        fixture.write("/closed/file", "x");
        Path closed = fixture.resolve("/closed");
        Attributes.change(closed, new AttributeChange().mode(0700), fixture.caller());
        fixture.caller().become(Credentials.user(1000, 1000, List.of()));
        assertEquals("EACCES", found("/closed/file", PathLookup.FOLLOW));
        assertEquals("EACCES", found("/closed/.", PathLookup.FOLLOW));
        assertEquals("/closed", found("/closed", PathLookup.FOLLOW));
        fixture.caller().become(Credentials.ROOT);
    }

    @Test
    void aChangedRootIsNotLeftByDotDot() throws ErrnoException {
        fixture.write("/outside", "x");
        fixture.caller().fs().setRoot(fixture.resolve("/d"));
        assertEquals("/d", found("/..", PathLookup.FOLLOW));
        assertEquals("/d", found("/e/../..", PathLookup.FOLLOW));
        assertEquals("ENOENT", found("/e/../../outside", PathLookup.FOLLOW));
        assertEquals("/d/e", found("/e", PathLookup.FOLLOW));
    }

    @ParameterizedTest
    @CsvSource({
        "/d/f, 8, EXDEV",
        "../d, 8, EXDEV",
        "e/../f, 8, /d/f",
        "up, 8, EXDEV",
        "/f, 16, /d/f",
        "../../f, 16, /d/f",
        "up/f, 4, ELOOP",
        "e, 4, /d/e",
        "../m/inner, 1, EXDEV",
        "../d/f, 1, /d/f",
    })
    void resolveFlagsKeepTheWalkInside(String name, int resolve, String expected)
            throws ErrnoException {
        Path start = fixture.resolve("/d");
        String found;
        try {
            Path path =
                    fixture.vfs()
                            .paths()
                            .resolve(
                                    fixture.caller(),
                                    start,
                                    name,
                                    PathLookup.FOLLOW | (resolve << PathLookup.RESOLVE_SHIFT));
            found = fixture.vfs().paths().display(path, null);
        } catch (ErrnoException e) {
            found = e.errno().name();
        }
        assertEquals(expected, found);
    }

    @Test
    void anUnlinkedOpenFileShowsItsOldName() throws ErrnoException {
        OpenFile file = fixture.open("/d/f", Fcntl.O_RDONLY);
        fixture.unlink("/d/f");
        assertEquals("/d/f (deleted)", file.displayPath());
        assertEquals("content", fixture.read(file, 100));
        file.release();
    }

    @Test
    void aRemovedCurrentDirectoryHasNoNamesAnyMore() throws ErrnoException {
        fixture.mkdir("/gone");
        fixture.caller().fs().setDirectory(fixture.resolve("/gone"));
        fixture.rmdir("/gone");
        assertEquals("ENOENT", outcome(() -> fixture.write("new", "x")));
        assertEquals("ENOENT", outcome(() -> fixture.mkdir("new")));
        assertEquals("/", found("..", PathLookup.FOLLOW));
        assertEquals("/gone (deleted)", found(".", PathLookup.FOLLOW));
    }

    @Test
    void aMountIsBusyWhileSomebodyStandsOnIt() throws ErrnoException {
        Mount mount = fixture.resolve("/m/inner").mount();
        OpenFile file = fixture.open("/m/inner", Fcntl.O_RDONLY);
        assertEquals("EBUSY", outcome(() -> fixture.vfs().namespace().umount(mount, 0)));
        assertEquals("EBUSY", outcome(() -> fixture.rmdir("/m")));
        fixture.vfs().namespace().umount(mount, MountFlags.MNT_DETACH);
        assertEquals("ENOENT", found("/m/inner", PathLookup.FOLLOW));
        assertEquals("/inner", file.displayPath());
        file.release();
        assertThrows(
                org.mshareemu.emulator.kernel.KernelBug.class,
                mount::acquire,
                "the mount died with its last user");
    }
}
