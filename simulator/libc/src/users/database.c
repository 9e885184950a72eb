#define _GNU_SOURCE
#include <ctype.h>
#include <libc/database.h>
#include <stdlib.h>
#include <string.h>

int __database_line(FILE *f, char *buffer, size_t size, char **fields, int most) {
  for (;;) {
    if (!fgets(buffer, (int)size, f)) return 0;
    size_t length = strlen(buffer);
    if (length == size - 1 && buffer[length - 1] != '\n') return -1;
    if (length > 0 && buffer[length - 1] == '\n') buffer[--length] = '\0';
    char *at = buffer + strspn(buffer, " \t");
    if (*at == '\0' || *at == '#') continue;
    int count = 0;
    while (at && count < most) fields[count++] = strsep(&at, ":");
    return count;
  }
}

long __database_number(const char *field) {
  char *end;
  if (!isdigit((unsigned char)*field)) return -1;
  long value = strtol(field, &end, 10);
  return *end == '\0' ? value : -1;
}
