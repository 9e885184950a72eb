#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <libc/stdio.h>

/* "r", "w", "a", then any of + x e b … up to a comma. */
int __file_mode(const char *mode, int *flags) {
  int access, more;
  *flags = 0;
  if (*mode == 'r') access = O_RDONLY, more = 0, *flags = F_NO_WRITES;
  else if (*mode == 'w') access = O_WRONLY, more = O_CREAT | O_TRUNC, *flags = F_NO_READS;
  else if (*mode == 'a') access = O_WRONLY, more = O_CREAT | O_APPEND, *flags = F_NO_READS | F_APPENDING;
  else {
    errno = EINVAL;
    return -1;
  }
  for (int i = 1; i < 7 && mode[i] && mode[i] != ','; i++) {
    if (mode[i] == '+') {
      access = O_RDWR;
      *flags &= F_APPENDING;
    } else if (mode[i] == 'x') more |= O_EXCL;
    else if (mode[i] == 'e') more |= O_CLOEXEC;
  }
  return access | more;
}
