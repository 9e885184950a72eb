#define _GNU_SOURCE
#include <string.h>

char *strcasestr(const char *in, const char *what) {
  size_t length = strlen(what);
  for (;; in++) {
    if (strncasecmp(in, what, length) == 0) return (char *)in;
    if (*in == '\0') return 0;
  }
}
