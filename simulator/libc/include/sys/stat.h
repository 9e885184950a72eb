#ifndef _SYS_STAT_H
#define _SYS_STAT_H
#include <bits/stat.h>
#define S_ISTYPE(mode, type) (((mode) & S_IFMT) == (type))
#define S_ISDIR(mode) S_ISTYPE(mode, S_IFDIR)
#define S_ISCHR(mode) S_ISTYPE(mode, S_IFCHR)
#define S_ISBLK(mode) S_ISTYPE(mode, S_IFBLK)
#define S_ISREG(mode) S_ISTYPE(mode, S_IFREG)
#define S_ISFIFO(mode) S_ISTYPE(mode, S_IFIFO)
#define S_ISLNK(mode) S_ISTYPE(mode, S_IFLNK)
#define S_ISSOCK(mode) S_ISTYPE(mode, S_IFSOCK)
#define ACCESSPERMS 0777
#define ALLPERMS 07777
#define DEFFILEMODE 0666
#define S_BLKSIZE 512
#define UTIME_NOW 0x3fffffffl
#define UTIME_OMIT 0x3ffffffel
int stat(const char *restrict, struct stat *restrict);
int fstat(int, struct stat *);
int lstat(const char *restrict, struct stat *restrict);
int fstatat(int, const char *restrict, struct stat *restrict, int);
int chmod(const char *, mode_t);
int fchmod(int, mode_t);
int lchmod(const char *, mode_t);
int fchmodat(int, const char *, mode_t, int);
mode_t umask(mode_t);
int mkdir(const char *, mode_t);
int mkdirat(int, const char *, mode_t);
int mknod(const char *, mode_t, dev_t);
int mknodat(int, const char *, mode_t, dev_t);
int mkfifo(const char *, mode_t);
int mkfifoat(int, const char *, mode_t);
int utimensat(int, const char *, const struct timespec [2], int);
int futimens(int, const struct timespec [2]);
#ifdef __USE_GNU
mode_t getumask(void);
#include <bits/statx.h>
#endif
#endif
