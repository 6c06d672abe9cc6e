/* Steps that most mshare programs begin with: mount, make a region, put an object into it, open a window on it. */
#ifndef MSHARE_H
#define MSHARE_H

#include "guest.h"
#include "msharefs.h"

#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#define MSHARE_DIRECTORY "/sys/fs/mshare"
#define SLOT (1UL << 39)                     /* 512 GiB: the unit of sharing, one top-level entry */
#define WINDOW(slot) ((void *)(SLOT * (slot))) /* an address for MAP_FIXED */
#define ANONYMOUS_OBJECT (MAP_SHARED | MAP_FIXED | MAP_ANONYMOUS | MAP_NORESERVE)

static inline void mount_msharefs(void)
{
    MUST(mount("msharefs", MSHARE_DIRECTORY, "msharefs", 0, NULL));
}

/* Returns a read-write descriptor of a new region of so many slots; the caller becomes its owner. */
static inline int make_region(const char *path, unsigned long slots)
{
    int fd = MUST(open(path, O_RDWR | O_CREAT | O_EXCL, 0600));
    MUST(ftruncate(fd, SLOT * slots));
    return fd;
}

static inline int create_object(int fd, uint64_t region_offset, uint64_t size, uint32_t prot, uint32_t flags)
{
    struct mshare_create request = {.region_offset = region_offset, .size = size, .prot = prot, .flags = flags, .fd = -1};
    return ioctl(fd, MSHAREFS_CREATE_MAPPING, &request);
}

static inline int remove_object(int fd, uint64_t region_offset, uint64_t size)
{
    struct mshare_unmap request = {.region_offset = region_offset, .size = size};
    return ioctl(fd, MSHAREFS_UNMAP, &request);
}

/* Opens a window on the whole region at a fixed address. */
static inline char *attach(int fd, void *address, unsigned long slots)
{
    return MUST((char *)mmap(address, SLOT * slots, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0));
}

#endif
