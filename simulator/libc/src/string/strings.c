#define _GNU_SOURCE
#include <string.h>
#include <strings.h>
int bcmp(const void *a, const void *b, size_t length) { return memcmp(a, b, length); }
void bcopy(const void *from, void *to, size_t length) { memmove(to, from, length); }
void bzero(void *to, size_t length) { memset(to, 0, length); }
char *index(const char *text, int c) { return strchr(text, c); }
char *rindex(const char *text, int c) { return strrchr(text, c); }
