#define _GNU_SOURCE
#include <errno.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>
static ENTRY *table;
static size_t room;
int hcreate(size_t size) {
  if (table) return 0;
  room = size + size / 3 + 3;
  table = calloc(room, sizeof *table);
  return table != 0;
}
void hdestroy(void) {
  free(table);
  table = 0;
}
ENTRY *hsearch(ENTRY item, ACTION action) {
  size_t hash = strlen(item.key);
  for (const char *c = item.key; *c; c++) hash = hash * 31 + (unsigned char)*c;
  for (size_t i = 0; table && i < room; i++) {
    ENTRY *e = &table[(hash + i) % room];
    if (e->key && strcmp(e->key, item.key) == 0) return e;
    if (e->key) continue;
    if (action == FIND) break;
    *e = item;
    return e;
  }
  errno = action == FIND ? ESRCH : ENOMEM;
  return 0;
}
