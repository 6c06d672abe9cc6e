/* Is an object larger than the machine refused unless it asks for no reservation, and usable at its far end then? */
#include "mshare.h"

int main(void)
{
    mount_msharefs();
    int fd = make_region(MSHARE_DIRECTORY "/region", 1);
    char *window = attach(fd, WINDOW(4), 1);
    const uint32_t rw = PROT_READ | PROT_WRITE;
    CHECK(create_object(fd, 0, SLOT, rw, MAP_SHARED | MAP_FIXED | MAP_ANONYMOUS));
    CHECK(create_object(fd, 0, SLOT, rw, MAP_SHARED | MAP_FIXED | MAP_ANONYMOUS | MAP_NORESERVE));
    window[0] = 1;
    window[SLOT - 1] = 2;
    window[SLOT / 2] = 3;
    say("%d %d %d\n", window[0], window[SLOT / 2], window[SLOT - 1]);
    return 0;
}
