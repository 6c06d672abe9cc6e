/* The user interface of msharefs, as linux/msharefs.h of the v3 series has it. */
#ifndef MSHAREFS_H
#define MSHAREFS_H

#include <stdint.h>
#include <sys/ioctl.h>

#define MSHARE_MAGIC 0x4d534852 /* "MSHR" */

struct mshare_create {
    uint64_t region_offset; /* byte offset in the region where the mapping starts */
    uint64_t size;
    uint64_t offset; /* byte offset in the mapped file */
    uint32_t prot;
    uint32_t flags;
    uint32_t fd; /* ignored with MAP_ANONYMOUS */
};

struct mshare_unmap {
    uint64_t region_offset;
    uint64_t size;
};

#define MSHAREFS_CREATE_MAPPING _IOW('x', 0, struct mshare_create)
#define MSHAREFS_UNMAP _IOW('x', 1, struct mshare_unmap)

_Static_assert(MSHAREFS_CREATE_MAPPING == 0x40287800, "struct mshare_create is 40 bytes");
_Static_assert(MSHAREFS_UNMAP == 0x40107801, "struct mshare_unmap is 16 bytes");

#endif
