/* How many symbolic links may a path go through? 40. */
#include "guest.h"

int main(void)
{
    only_standard_descriptors();
    char name[16], target[16];
    close(MUST(open("link0", O_CREAT | O_WRONLY, 0600)));
    for (int i = 1; i <= 42; i++) {
        snprintf(name, sizeof name, "link%d", i);
        snprintf(target, sizeof target, "link%d", i - 1);
        MUST(symlink(target, name));
    }
    CHECK(open("link39", O_RDONLY));
    CHECK(open("link40", O_RDONLY));
    CHECK(open("link41", O_RDONLY));
    CHECK(open("link42", O_RDONLY));
    for (int i = 0; i <= 42; i++) {
        snprintf(name, sizeof name, "link%d", i);
        MUST(unlink(name));
    }
    return 0;
}
