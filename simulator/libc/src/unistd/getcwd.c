#define _GNU_SOURCE
#include <errno.h>
#include <libc/syscall.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *getcwd(char *to, size_t size) {
  if (size == 0 && to) {
    errno = EINVAL;
    return 0;
  }
  size_t room = size ? size : PATH_MAX;
  char *path = to ? to : malloc(room);
  if (!path) return 0;
  long length = SYS2(SYS_getcwd, path, room);
  if (length > 0 && path[0] != '/') {
    /* the directory is not below the root */
    errno = ENOENT;
    length = -1;
  }
  if (length < 0) {
    if (!to) free(path);
    return 0;
  }
  return to || size ? path : realloc(path, (size_t)length);
}
char *getwd(char *to) { return getcwd(to, PATH_MAX); }
char *get_current_dir_name(void) { return getcwd(0, 0); }
