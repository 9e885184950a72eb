#define _GNU_SOURCE
#include <ctype.h>
#include <strings.h>

int strncasecmp(const char *a, const char *b, size_t length) {
  for (; length > 0; a++, b++, length--) {
    int difference = tolower((unsigned char)*a) - tolower((unsigned char)*b);
    if (difference || *a == '\0') return difference;
  }
  return 0;
}
int strcasecmp(const char *a, const char *b) { return strncasecmp(a, b, ~0ul); }
