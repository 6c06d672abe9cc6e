/* When an object is removed, is it gone for all attached processes at once, and does a new object in its place appear to
   them without any call of theirs? */
#include "fault.h"
#include "mshare.h"

#define CHILDREN 3

static int orders[CHILDREN][2], done[2];

static void serve(int number, int fd)
{
    char label[32], order;
    snprintf(label, sizeof label, "child %d", number);
    char *window = attach(fd, WINDOW(8 + number), 1);
    while (read(orders[number][0], &order, 1) == 1) {
        if (order == 'r')
            say("%s reads %d\n", label, window[0]);
        else
            probe(label, order == 'p' ? READ : WRITE, window, window);
        MUST(write(done[1], "d", 1));
    }
    _exit(0);
}

static void all(char order)
{
    char byte;
    for (int i = 0; i < CHILDREN; i++) {
        MUST(write(orders[i][1], &order, 1));
        MUST(read(done[0], &byte, 1));
    }
}

int main(void)
{
    catch_faults();
    mount_msharefs();
    int fd = make_region(MSHARE_DIRECTORY "/region", 1);
    MUST(pipe(done));
    MUST(create_object(fd, 0, 2 * PAGE, PROT_READ | PROT_WRITE, ANONYMOUS_OBJECT));
    char *window = attach(fd, WINDOW(4), 1);
    window[0] = 11;
    for (int i = 0; i < CHILDREN; i++) {
        MUST(pipe2(orders[i], O_CLOEXEC));
        if (MUST(fork()) == 0) {
            for (int k = 0; k <= i; k++)
                close(orders[k][1]);
            serve(i, fd);
        }
    }
    all('r');
    CHECK(remove_object(fd, 0, 2 * PAGE));
    probe("parent", READ, window, window);
    all('p');
    all('w');
    CHECK(create_object(fd, 0, PAGE, PROT_READ, ANONYMOUS_OBJECT));
    all('r');
    all('w');
    CHECK(create_object(fd, 0, PAGE, PROT_READ | PROT_WRITE, ANONYMOUS_OBJECT));
    window[0] = 22;
    all('r');
    all('w');
    say("parent reads %d\n", window[0]);
    for (int i = 0; i < CHILDREN; i++)
        close(orders[i][1]);
    while (wait(NULL) > 0)
        continue;
    return 0;
}
