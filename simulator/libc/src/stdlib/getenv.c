#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *getenv(const char *name) {
  size_t length = strlen(name);
  if (!__environ || length == 0) return 0;
  for (char **entry = __environ; *entry; entry++) if (strncmp(*entry, name, length) == 0 && (*entry)[length] == '=') return *entry + length + 1;
  return 0;
}
