#ifndef _BITS_STATX_H
#define _BITS_STATX_H
#include <linux/types.h>
struct statx_timestamp { __s64 tv_sec; __u32 tv_nsec; __s32 __reserved; };
struct statx {
  __u32 stx_mask, stx_blksize;
  __u64 stx_attributes;
  __u32 stx_nlink, stx_uid, stx_gid;
  __u16 stx_mode, __spare0[1];
  __u64 stx_ino, stx_size, stx_blocks, stx_attributes_mask;
  struct statx_timestamp stx_atime, stx_btime, stx_ctime, stx_mtime;
  __u32 stx_rdev_major, stx_rdev_minor, stx_dev_major, stx_dev_minor;
  __u64 stx_mnt_id;
  __u32 stx_dio_mem_align, stx_dio_offset_align;
  __u64 __spare3[12];
};
#define STATX_TYPE 1
#define STATX_MODE 2
#define STATX_NLINK 4
#define STATX_UID 8
#define STATX_GID 16
#define STATX_ATIME 32
#define STATX_MTIME 0x40
#define STATX_CTIME 0x80
#define STATX_INO 0x100
#define STATX_SIZE 0x200
#define STATX_BLOCKS 0x400
#define STATX_BASIC_STATS 0x7ff
#define STATX_BTIME 0x800
#define STATX_ALL 0xfff
#define STATX_MNT_ID 0x1000
#define STATX_ATTR_COMPRESSED 4
#define STATX_ATTR_IMMUTABLE 16
#define STATX_ATTR_APPEND 32
#define STATX_ATTR_AUTOMOUNT 0x1000
#define STATX_ATTR_MOUNT_ROOT 0x2000
int statx(int, const char *restrict, int, unsigned, struct statx *restrict);
#endif
