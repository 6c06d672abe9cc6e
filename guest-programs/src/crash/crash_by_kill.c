/* How does a program die that kills itself with a signal? usage: crash_by_kill SIGNAL_NUMBER */
#include "guest.h"

int main(int argc, char **argv)
{
    say("about to be killed\n");
    kill(getpid(), argc > 1 ? atoi(argv[1]) : SIGKILL);
    return 0;
}
