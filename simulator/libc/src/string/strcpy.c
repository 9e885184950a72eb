#define _GNU_SOURCE
#include <string.h>

char *stpcpy(char *to, const char *from) {
  while ((*to = *from)) to++, from++;
  return to;
}
char *strcpy(char *to, const char *from) {
  stpcpy(to, from);
  return to;
}
char *stpncpy(char *to, const char *from, size_t length) {
  size_t n = strnlen(from, length);
  memcpy(to, from, n);
  memset(to + n, 0, length - n);
  return to + n;
}
char *strncpy(char *to, const char *from, size_t length) {
  stpncpy(to, from, length);
  return to;
}
char *strcat(char *to, const char *from) {
  stpcpy(to + strlen(to), from);
  return to;
}
char *strncat(char *to, const char *from, size_t most) {
  size_t n = strnlen(from, most), before = strlen(to);
  memcpy(to + before, from, n);
  to[before + n] = '\0';
  return to;
}
