#define _GNU_SOURCE
#include <errno.h>
#include <libc/group.h>
#include <string.h>

static int look_up(const char *name, gid_t gid, struct group *to, char *buffer, size_t size, struct group **found) {
  *found = 0;
  FILE *f = fopen("/etc/group", "re");
  if (!f) return errno == ENOENT ? 0 : errno;
  int state;
  while ((state = __group_next(f, to, buffer, size)) > 0) {
    if (name ? strcmp(name, to->gr_name) : gid != to->gr_gid) continue;
    *found = to;
    break;
  }
  fclose(f);
  return state < 0 ? ERANGE : 0;
}

int getgrnam_r(const char *name, struct group *to, char *buffer, size_t size, struct group **found) { return look_up(name, 0, to, buffer, size, found); }
int getgrgid_r(gid_t gid, struct group *to, char *buffer, size_t size, struct group **found) { return look_up(0, gid, to, buffer, size, found); }

static struct group entry;
static char own[8192];
static FILE *all;

struct group *getgrnam(const char *name) {
  struct group *found;
  int kept = errno, error = getgrnam_r(name, &entry, own, sizeof own, &found);
  errno = error ? error : kept;
  return found;
}
struct group *getgrgid(gid_t gid) {
  struct group *found;
  int kept = errno, error = getgrgid_r(gid, &entry, own, sizeof own, &found);
  errno = error ? error : kept;
  return found;
}
int fgetgrent_r(FILE *f, struct group *to, char *buffer, size_t size, struct group **found) {
  int state = __group_next(f, to, buffer, size);
  *found = state > 0 ? to : 0;
  return state > 0 ? 0 : state < 0 ? ERANGE : ENOENT;
}
int getgrent_r(struct group *to, char *buffer, size_t size, struct group **found) {
  *found = 0;
  if (!all) all = fopen("/etc/group", "re");
  return all ? fgetgrent_r(all, to, buffer, size, found) : errno;
}
struct group *fgetgrent(FILE *f) { return __group_next(f, &entry, own, sizeof own) > 0 ? &entry : 0; }
void setgrent(void) {
  if (all) rewind(all);
}
void endgrent(void) {
  if (all) fclose(all);
  all = 0;
}
struct group *getgrent(void) {
  if (!all) all = fopen("/etc/group", "re");
  return all ? fgetgrent(all) : 0;
}
