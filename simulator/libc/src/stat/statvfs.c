#define _GNU_SOURCE
#include <string.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
static int convert(const struct statfs *from, struct statvfs *to) {
  memset(to, 0, sizeof *to);
  to->f_bsize = (unsigned long)from->f_bsize;
  to->f_frsize = (unsigned long)(from->f_frsize ? from->f_frsize : from->f_bsize);
  to->f_blocks = from->f_blocks;
  to->f_bfree = from->f_bfree;
  to->f_bavail = from->f_bavail;
  to->f_files = from->f_files;
  to->f_ffree = to->f_favail = from->f_ffree;
  to->f_fsid = (unsigned long)(unsigned)from->f_fsid.__val[0] | (unsigned long)(unsigned)from->f_fsid.__val[1] << 32;
  to->f_flag = (unsigned long)from->f_flags & ~0x20ul;
  to->f_namemax = (unsigned long)from->f_namelen;
  return 0;
}
int statvfs(const char *path, struct statvfs *to) {
  struct statfs st;
  return statfs(path, &st) < 0 ? -1 : convert(&st, to);
}
int fstatvfs(int fd, struct statvfs *to) {
  struct statfs st;
  return fstatfs(fd, &st) < 0 ? -1 : convert(&st, to);
}
