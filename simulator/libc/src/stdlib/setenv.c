#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char **made;

static char **find(const char *name, size_t length) {
  if (__environ) for (char **entry = __environ; *entry; entry++) if (strncmp(*entry, name, length) == 0 && (*entry)[length] == '=') return entry;
  return 0;
}

static int put(char *entry, size_t length, int overwrite) {
  char **old = find(entry, length);
  if (old) {
    if (overwrite) *old = entry;
    return 0;
  }
  size_t count = 0;
  if (__environ) while (__environ[count]) count++;
  char **more = realloc(__environ == made ? made : 0, (count + 2) * sizeof *more);
  if (!more) return -1;
  if (__environ && __environ != made) memcpy(more, __environ, count * sizeof *more);
  more[count] = entry;
  more[count + 1] = 0;
  __environ = made = more;
  return 0;
}

int setenv(const char *name, const char *value, int overwrite) {
  if (!name || !*name || strchr(name, '=')) {
    errno = EINVAL;
    return -1;
  }
  size_t length = strlen(name), size = strlen(value) + 1;
  if (!overwrite && find(name, length)) return 0;
  char *entry = malloc(length + 1 + size);
  if (!entry) return -1;
  memcpy(entry, name, length);
  entry[length] = '=';
  memcpy(entry + length + 1, value, size);
  return put(entry, length, 1);
}

int unsetenv(const char *name) {
  if (!name || !*name || strchr(name, '=')) {
    errno = EINVAL;
    return -1;
  }
  for (char **entry; (entry = find(name, strlen(name)));) for (; *entry; entry++) *entry = entry[1];
  return 0;
}

int putenv(char *entry) {
  char *equals = strchr(entry, '=');
  return equals ? put(entry, (size_t)(equals - entry), 1) : unsetenv(entry);
}

int clearenv(void) {
  __environ = 0;
  return 0;
}
