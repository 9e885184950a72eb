#ifndef _LINUX_FS_H
#define _LINUX_FS_H
#include <linux/types.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#define SEEK_DATA 3
#define SEEK_HOLE 4
#define RENAME_NOREPLACE 1
#define RENAME_EXCHANGE 2
#define RENAME_WHITEOUT 4
#define FS_IOC_GETFLAGS 0x80086601u
#define FS_IOC_SETFLAGS 0x40086602
#define FS_IMMUTABLE_FL 16
#define FS_APPEND_FL 32
#define FIFREEZE 0xc0045877u
#define FITHAW 0xc0045878u
#endif
