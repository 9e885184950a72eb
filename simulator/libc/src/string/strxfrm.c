#define _GNU_SOURCE
#include <string.h>
size_t strxfrm(char *to, const char *from, size_t size) {
  size_t length = strlen(from);
  if (size > 0) memcpy(to, from, length < size ? length + 1 : size);
  return length;
}
