#ifndef _SYS_MOUNT_H
#define _SYS_MOUNT_H
#include <features.h>
#include <linux/types.h>
#include <linux/mount.h>
#define MNT_FORCE 1
#define MNT_DETACH 2
#define MNT_EXPIRE 4
#define UMOUNT_NOFOLLOW 8
#define BLKROSET 0x125d
#define BLKROGET 0x125e
#define BLKGETSIZE 0x1260
#define BLKSSZGET 0x1268
#define BLKGETSIZE64 0x80081272
int mount(const char *, const char *, const char *, unsigned long, const void *);
int umount(const char *);
int umount2(const char *, int);
#ifdef __USE_GNU
int fsopen(const char *, unsigned);
int fsmount(int, unsigned, unsigned);
int move_mount(int, const char *, int, const char *, unsigned);
int fsconfig(int, unsigned, const char *, const void *, int);
int fspick(int, const char *, unsigned);
int open_tree(int, const char *, unsigned);
int mount_setattr(int, const char *, unsigned, struct mount_attr *, unsigned long);
#endif
#endif
