#define _GNU_SOURCE
#include <errno.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* All interfaces, also those without an address: as /proc/net/dev lists them. */
struct if_nameindex *if_nameindex(void) {
  FILE *f = fopen("/proc/net/dev", "re");
  struct if_nameindex *list = calloc(1, sizeof *list);
  char line[512];
  size_t count = 0;
  while (f && list && fgets(line, sizeof line, f)) {
    char *colon = strchr(line, ':'), *name = line + strspn(line, " ");
    if (!colon || strchr(line, '|')) continue;
    *colon = '\0';
    struct if_nameindex *more = realloc(list, (count + 2) * sizeof *more);
    if (!more) break;
    list = more;
    list[count].if_index = if_nametoindex(name);
    list[count++].if_name = strdup(name);
    list[count] = (struct if_nameindex){ 0, 0 };
  }
  if (f) fclose(f);
  /* by index, as the kernel gives them */
  for (size_t i = 1; i < count; i++)
    for (size_t k = i; k > 0 && list[k - 1].if_index > list[k].if_index; k--) {
      struct if_nameindex kept = list[k];
      list[k] = list[k - 1];
      list[k - 1] = kept;
    }
  return list;
}
void if_freenameindex(struct if_nameindex *list) {
  for (struct if_nameindex *i = list; i && i->if_name; i++) free(i->if_name);
  free(list);
}
