#define _GNU_SOURCE
#include <errno.h>
#include <libc/temporary.h>
#include <stdlib.h>
#include <sys/stat.h>

static int make_directory(const char *path, int flags) {
  (void)flags;
  return mkdir(path, 0700);
}
static int is_free(const char *path, int flags) {
  struct stat st;
  (void)flags;
  if (lstat(path, &st) < 0 && errno == ENOENT) return 0;
  errno = EEXIST;
  return -1;
}
char *mkdtemp(char *template) { return __temporary(template, 0, make_directory, 0) < 0 ? 0 : template; }
char *mktemp(char *template) {
  if (__temporary(template, 0, is_free, 0) < 0) *template = '\0';
  return template;
}
