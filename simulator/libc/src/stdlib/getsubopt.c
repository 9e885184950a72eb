#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
int getsubopt(char **at, char *const *names, char **value) {
  char *text = *at;
  if (*text == '\0') return -1;
  char *end = strchrnul(text, ','), *equals = memchr(text, '=', (size_t)(end - text));
  *at = *end ? end + 1 : end;
  *end = '\0';
  size_t length = (size_t)((equals ? equals : end) - text);
  for (int i = 0; names[i]; i++) {
    if (strncmp(names[i], text, length) || names[i][length]) continue;
    *value = equals ? equals + 1 : 0;
    return i;
  }
  *value = text;
  return -1;
}
