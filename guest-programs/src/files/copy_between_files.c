/* Do sendfile and copy_file_range copy contents and move the positions they should? */
#include "guest.h"

#include <sys/sendfile.h>

int main(void)
{
    char text[32] = "";
    int from = MUST(open("from", O_CREAT | O_RDWR, 0600)), to = MUST(open("to", O_CREAT | O_RDWR, 0600)), ends[2];
    MUST(pipe(ends));
    MUST(write(from, "0123456789abcdef", 16));
    off_t offset = 4;
    CHECK(sendfile(to, from, &offset, 6));
    say("offset %ld position %ld\n", (long)offset, (long)lseek(from, 0, SEEK_CUR));
    MUST(lseek(from, 12, SEEK_SET));
    CHECK(sendfile(to, from, NULL, 100));
    CHECK(sendfile(to, from, NULL, 100));
    CHECK(sendfile(ends[1], from, &(off_t){0}, 3));
    CHECK(sendfile(to, ends[0], NULL, 3));
    CHECK(sendfile(to, from, &(off_t){-1}, 3));
    CHECK(sendfile(99, from, NULL, 1));
    loff_t in = 0, out = 20;
    CHECK(copy_file_range(from, &in, to, &out, 5, 0));
    say("in %ld out %ld\n", (long)in, (long)out);
    CHECK(copy_file_range(from, &in, ends[1], NULL, 5, 0));
    CHECK(copy_file_range(from, &in, to, &out, 5, 1));
    CHECK(pread(to, text, 31, 0));
    for (int i = 0; i < 25; i++)
        if (!text[i])
            text[i] = '.';
    say("%s\n", text);
    unlink("from"); unlink("to");
    return 0;
}
