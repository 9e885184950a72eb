#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <libc/temporary.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

/* Puts letters for the X's until `attempt` does not find the name taken. */
int __temporary(char *template, int suffix, int (*attempt)(const char *, int), int flags) {
  static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  size_t length = strlen(template);
  char *at = template + length - suffix - 6;
  if (length < (size_t)suffix + 6 || suffix < 0 || strncmp(at, "XXXXXX", 6)) {
    errno = EINVAL;
    return -1;
  }
  int error = errno;
  for (int i = 0; i < 238328; i++) {
    unsigned long value;
    getrandom(&value, sizeof value, GRND_NONBLOCK);
    for (int k = 0; k < 6; k++, value /= 62) at[k] = letters[value % 62];
    int result = attempt(template, flags);
    if (result >= 0) {
      errno = error;
      return result;
    }
    if (errno != EEXIST) return -1;
  }
  return -1;
}

static int make_file(const char *path, int flags) { return open(path, (flags & ~O_ACCMODE) | O_RDWR | O_CREAT | O_EXCL, 0600); }
int mkostemps(char *template, int suffix, int flags) { return __temporary(template, suffix, make_file, flags); }
int mkostemp(char *template, int flags) { return mkostemps(template, 0, flags); }
int mkstemps(char *template, int suffix) { return mkostemps(template, suffix, 0); }
int mkstemp(char *template) { return mkostemps(template, 0, 0); }
