#define _GNU_SOURCE
#include <string.h>

int strcmp(const char *a, const char *b) {
  for (; *a && *a == *b; a++, b++) continue;
  return (unsigned char)*a - (unsigned char)*b;
}
int strncmp(const char *a, const char *b, size_t length) {
  for (; length > 0 && *a && *a == *b; a++, b++, length--) continue;
  return length == 0 ? 0 : (unsigned char)*a - (unsigned char)*b;
}
int strcoll(const char *a, const char *b) { return strcmp(a, b); }
