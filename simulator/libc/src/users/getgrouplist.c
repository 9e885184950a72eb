#define _GNU_SOURCE
#include <errno.h>
#include <grp.h>
#include <libc/group.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

static int is_member(const struct group *g, const char *user) {
  for (char **name = g->gr_mem; *name; name++) if (strcmp(*name, user) == 0) return 1;
  return 0;
}

int getgrouplist(const char *user, gid_t first, gid_t *groups, int *count) {
  char buffer[8192];
  struct group g;
  int room = *count, found = 1;
  if (room > 0) groups[0] = first;
  FILE *f = fopen("/etc/group", "re");
  while (f && __group_next(f, &g, buffer, sizeof buffer) > 0) {
    if (g.gr_gid == first || !is_member(&g, user)) continue;
    if (found < room) groups[found] = g.gr_gid;
    found++;
  }
  if (f) fclose(f);
  *count = found;
  return found > room ? -1 : found;
}

int initgroups(const char *user, gid_t group) {
  gid_t groups[256];
  int count = 256;
  if (getgrouplist(user, group, groups, &count) < 0) count = 256;
  return setgroups((size_t)count, groups);
}
