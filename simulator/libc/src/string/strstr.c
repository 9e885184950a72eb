#define _GNU_SOURCE
#include <string.h>

char *strstr(const char *in, const char *what) {
  size_t length = strlen(what);
  if (length == 0) return (char *)in;
  for (in = strchr(in, *what); in; in = strchr(in + 1, *what)) if (strncmp(in, what, length) == 0) return (char *)in;
  return 0;
}
