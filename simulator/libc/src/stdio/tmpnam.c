#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *tmpnam(char *to) {
  static char own[L_tmpnam];
  if (!to) to = own;
  strcpy(to, "/tmp/fileXXXXXX");
  mktemp(to);
  return *to ? to : 0;
}
char *tempnam(const char *directory, const char *prefix) {
  const char *where = getenv("TMPDIR");
  if (!where || access(where, W_OK) < 0) where = directory && access(directory, W_OK) == 0 ? directory : "/tmp";
  char *path;
  if (asprintf(&path, "%s/%.5sXXXXXX", where, prefix ? prefix : "file") < 0) return 0;
  return mktemp(path);
}
char *ctermid(char *to) {
  static char own[L_ctermid];
  return strcpy(to ? to : own, "/dev/tty");
}
