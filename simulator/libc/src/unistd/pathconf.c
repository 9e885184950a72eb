#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <sys/statfs.h>
#include <unistd.h>

static long answer(int name, long name_max) {
  switch (name) {
    case _PC_LINK_MAX: return 127;
    case _PC_MAX_CANON: case _PC_MAX_INPUT: return 255;
    case _PC_NAME_MAX: return name_max;
    case _PC_PATH_MAX: case _PC_PIPE_BUF: return 4096;
    case _PC_CHOWN_RESTRICTED: case _PC_NO_TRUNC: case _PC_2_SYMLINKS: return 1;
    case _PC_VDISABLE: return 0;
    case _PC_FILESIZEBITS: return 64;
    case _PC_SYNC_IO: return -1;
    default:
      errno = EINVAL;
      return -1;
  }
}
long pathconf(const char *path, int name) {
  struct statfs st;
  if (name == _PC_NAME_MAX && statfs(path, &st) < 0) return -1;
  return answer(name, st.f_namelen);
}
long fpathconf(int fd, int name) {
  struct statfs st;
  if (name == _PC_NAME_MAX && fstatfs(fd, &st) < 0) return -1;
  return answer(name, st.f_namelen);
}
