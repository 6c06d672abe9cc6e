/* Who is the process: user, group, names of system and machine, process name? */
#include "guest.h"

#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/utsname.h>

int main(void)
{
    struct utsname name;
    char process[17] = "";
    CHECK(getuid());
    CHECK(geteuid());
    CHECK(getgid());
    CHECK(getegid());
    say("pid is tid: %d\n", getpid() == syscall(SYS_gettid));
    CHECK(uname(&name));
    say("system %s machine %s release starts with a digit %d\n", name.sysname, name.machine,
        name.release[0] >= '0' && name.release[0] <= '9');
    CHECK(uname(nowhere()));
    CHECK(prctl(PR_GET_NAME, process));
    say("name %s\n", process);
    CHECK(prctl(PR_SET_NAME, "a name that is longer than sixteen"));
    CHECK(prctl(PR_GET_NAME, process));
    say("name %s\n", process);
    CHECK(setuid(0));
    CHECK(getpriority(0, 0));
    CHECK(sched_yield());
    CHECK(syscall(9999));
    CHECK(syscall(-1));
    return 0;
}
