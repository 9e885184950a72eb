#define _GNU_SOURCE
#include <libc/database.h>
#include <libc/group.h>
#include <stdint.h>
#include <string.h>

static int members(struct group *to, char *list, char *end) {
  size_t count = 1, at = 0;
  for (char *c = list; *c; c++) if (*c == ',') count++;
  char **pointers = (char **)(((uintptr_t)end - (count + 1) * sizeof(char *)) & ~7ul);
  if ((char *)pointers < list + strlen(list) + 1) return -1;
  for (char *name; (name = strsep(&list, ","));) if (*name) pointers[at++] = name;
  pointers[at] = 0;
  to->gr_mem = pointers;
  return 1;
}

int __group_next(FILE *f, struct group *to, char *buffer, size_t size) {
  char *field[4];
  int count;
  while ((count = __database_line(f, buffer, size, field, 4)) > 0) {
    if (count < 3 || __database_number(field[2]) < 0) continue;
    *to = (struct group){ field[0], field[1], (gid_t)__database_number(field[2]), 0 };
    return members(to, count > 3 ? field[3] : field[2] + strlen(field[2]), buffer + size);
  }
  return count;
}
