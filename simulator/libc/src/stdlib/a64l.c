#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
static const char letters[] = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
long a64l(const char *text) {
  unsigned value = 0;
  for (int i = 0; i < 6 && text[i] && strchr(letters, text[i]); i++) value |= (unsigned)(strchr(letters, text[i]) - letters) << 6 * i;
  return (int)value;
}
char *l64a(long given) {
  static char text[7];
  unsigned value = (unsigned)given;
  int n = 0;
  for (; value; value >>= 6) text[n++] = letters[value & 63];
  text[n] = '\0';
  return text;
}
