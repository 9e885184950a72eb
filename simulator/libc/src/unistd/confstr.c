#define _GNU_SOURCE
#include <errno.h>
#include <string.h>
#include <unistd.h>
size_t confstr(int name, char *to, size_t size) {
  const char *text = name == _CS_PATH ? "/bin:/usr/bin" : name == _CS_GNU_LIBC_VERSION ? "glibc 2.36" : name == _CS_GNU_LIBPTHREAD_VERSION ? "NPTL 2.36" : 0;
  if (!text) {
    errno = EINVAL;
    return 0;
  }
  if (size > 0) {
    strncpy(to, text, size);
    to[size - 1] = '\0';
  }
  return strlen(text) + 1;
}
