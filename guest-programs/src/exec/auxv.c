/* Is the auxiliary vector complete, and does it describe this very program? */
#include "guest.h"

#include <elf.h>
#include <sys/auxv.h>

int main(int argc, char **argv, char **envp)
{
    (void)argc;
    extern char __executable_start[], etext[];
    char **end = envp;
    while (*end)
        end++;
    const Elf64_auxv_t *vector = (const Elf64_auxv_t *)(end + 1);
    const Elf64_auxv_t *entry = vector;
    unsigned long capabilities = 0; /* not by getauxval: glibc gives its own meaning to AT_HWCAP */
    for (; entry->a_type != AT_NULL; entry++)
        if (entry->a_type == AT_HWCAP)
            capabilities = entry->a_un.a_val;
    say("ends with AT_NULL value %ld\n", (long)entry->a_un.a_val);

    say("AT_PAGESZ %lu\n", getauxval(AT_PAGESZ));
    say("AT_CLKTCK %lu\n", getauxval(AT_CLKTCK));
    say("AT_PHENT %lu\n", getauxval(AT_PHENT));
    const Elf64_Ehdr *header = (const Elf64_Ehdr *)__executable_start;
    say("AT_PHNUM is e_phnum: %d\n", getauxval(AT_PHNUM) == header->e_phnum);
    say("AT_PHDR - program start %ld\n", (long)(getauxval(AT_PHDR) - (unsigned long)__executable_start));
    unsigned long start = getauxval(AT_ENTRY);
    say("AT_ENTRY in text: %d\n", start >= (unsigned long)__executable_start && start < (unsigned long)etext);
    say("AT_BASE %lu\n", getauxval(AT_BASE));
    say("AT_FLAGS %lu\n", getauxval(AT_FLAGS));
    say("AT_UID %lu AT_EUID %lu AT_GID %lu AT_EGID %lu\n", getauxval(AT_UID), getauxval(AT_EUID), getauxval(AT_GID),
        getauxval(AT_EGID));
    say("AT_SECURE %lu\n", getauxval(AT_SECURE));
    say("AT_RANDOM is set: %d\n", getauxval(AT_RANDOM) != 0);
    say("AT_PLATFORM %s\n", (const char *)getauxval(AT_PLATFORM));
    say("AT_EXECFN is argv[0]: %d\n", strcmp((const char *)getauxval(AT_EXECFN), argv[0]) == 0);
    say("AT_HWCAP has fpu and sse2: %d\n", (capabilities & 1) != 0 && (capabilities & 1 << 26) != 0);
    return 0;
}
