#define _GNU_SOURCE
#include <string.h>

char *strchrnul(const char *text, int c) {
  while (*text && *text != (char)c) text++;
  return (char *)text;
}
char *strchr(const char *text, int c) {
  char *at = strchrnul(text, c);
  return *at == (char)c ? at : 0;
}
char *strrchr(const char *text, int c) {
  const char *found = 0;
  do if (*text == (char)c) found = text; while (*text++);
  return (char *)found;
}
