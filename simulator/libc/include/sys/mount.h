#ifndef _SYS_MOUNT_H
#define _SYS_MOUNT_H
#include <features.h>
#include <linux/types.h>
#define MS_RDONLY 1
#define MS_NOSUID 2
#define MS_NODEV 4
#define MS_NOEXEC 8
#define MS_SYNCHRONOUS 16
#define MS_REMOUNT 32
#define MS_MANDLOCK 0x40
#define MS_DIRSYNC 0x80
#define MS_NOSYMFOLLOW 0x100
#define MS_NOATIME 0x400
#define MS_NODIRATIME 0x800
#define MS_BIND 0x1000
#define MS_MOVE 0x2000
#define MS_REC 0x4000
#define MS_SILENT 0x8000
#define MS_POSIXACL 0x10000
#define MS_UNBINDABLE 0x20000
#define MS_PRIVATE 0x40000
#define MS_SLAVE 0x80000
#define MS_SHARED 0x100000
#define MS_RELATIME 0x200000
#define MS_KERNMOUNT 0x400000
#define MS_I_VERSION 0x800000
#define MS_STRICTATIME 0x1000000
#define MS_LAZYTIME 0x2000000
#define MS_ACTIVE 0x40000000
#define MS_NOUSER -2147483648
#define MS_RMT_MASK 0x2800051
#define MS_MGC_VAL 0xc0ed0000u
#define MS_MGC_MSK 0xffff0000u
#define MNT_FORCE 1
#define MNT_DETACH 2
#define MNT_EXPIRE 4
#define UMOUNT_NOFOLLOW 8
#define BLKROSET 0x125d
#define BLKROGET 0x125e
#define BLKGETSIZE 0x1260
#define BLKSSZGET 0x1268
#define BLKGETSIZE64 0x80081272
#include <bits/mount.h>
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
