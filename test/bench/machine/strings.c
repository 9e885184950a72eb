#include "work.h"
static unsigned long lengthOf(const char *s) { const char *p = s; while (*p) p++; return p - s; }
static char *copyTo(char *to, const char *from) { char *start = to; while ((*to++ = *from++)) ; return start; }
static int compare(const char *a, const char *b) { while (*a && *a == *b) { a++; b++; } return *(const unsigned char *)a - *(const unsigned char *)b; }
static void reverse(char *s) { for (int i = 0, j = (int)lengthOf(s) - 1; i < j; i++, j--) { char c = s[i]; s[i] = s[j]; s[j] = c; } }
long work(void) {
  char text[256], other[256];
  long sum = 0;
  for (int round = 0; round < 150000; round++) {
    copyTo(text, "The quick brown fox jumps over the lazy dog, and then does it all again.");
    reverse(text);
    copyTo(other, text);
    sum += (long)lengthOf(text) + compare(text, other);
    for (char *p = text; *p; p++) if (*p >= 'a' && *p <= 'z') sum = sum * 31 + *p;
  }
  return sum;
}
