#define _GNU_SOURCE
#include <errno.h>
#include <libc/database.h>
#include <pwd.h>
#include <string.h>

static int parse(FILE *f, struct passwd *to, char *buffer, size_t size) {
  char *field[7];
  int count;
  while ((count = __database_line(f, buffer, size, field, 7)) > 0) {
    if (count < 7 || __database_number(field[2]) < 0 || __database_number(field[3]) < 0) continue;
    *to = (struct passwd){ field[0], field[1], (uid_t)__database_number(field[2]), (gid_t)__database_number(field[3]), field[4], field[5], field[6] };
    return 1;
  }
  return count;
}

/* By name, or by uid when there is no name. 0, ERANGE or another errno; `found` is null when there is no such user. */
static int look_up(const char *name, uid_t uid, struct passwd *to, char *buffer, size_t size, struct passwd **found) {
  *found = 0;
  FILE *f = fopen("/etc/passwd", "re");
  if (!f) return errno == ENOENT ? 0 : errno;
  int state;
  while ((state = parse(f, to, buffer, size)) > 0) {
    if (name ? strcmp(name, to->pw_name) : uid != to->pw_uid) continue;
    *found = to;
    break;
  }
  fclose(f);
  return state < 0 ? ERANGE : 0;
}

int getpwnam_r(const char *name, struct passwd *to, char *buffer, size_t size, struct passwd **found) { return look_up(name, 0, to, buffer, size, found); }
int getpwuid_r(uid_t uid, struct passwd *to, char *buffer, size_t size, struct passwd **found) { return look_up(0, uid, to, buffer, size, found); }

static struct passwd entry;
static char own[4096];
static FILE *all;

struct passwd *getpwnam(const char *name) {
  struct passwd *found;
  int kept = errno, error = getpwnam_r(name, &entry, own, sizeof own, &found);
  errno = error ? error : kept;
  return found;
}
struct passwd *getpwuid(uid_t uid) {
  struct passwd *found;
  int kept = errno, error = getpwuid_r(uid, &entry, own, sizeof own, &found);
  errno = error ? error : kept;
  return found;
}
int fgetpwent_r(FILE *f, struct passwd *to, char *buffer, size_t size, struct passwd **found) {
  int state = parse(f, to, buffer, size);
  *found = state > 0 ? to : 0;
  return state > 0 ? 0 : state < 0 ? ERANGE : ENOENT;
}
int getpwent_r(struct passwd *to, char *buffer, size_t size, struct passwd **found) {
  *found = 0;
  if (!all) all = fopen("/etc/passwd", "re");
  return all ? fgetpwent_r(all, to, buffer, size, found) : errno;
}
struct passwd *fgetpwent(FILE *f) { return parse(f, &entry, own, sizeof own) > 0 ? &entry : 0; }
void setpwent(void) {
  if (all) rewind(all);
}
void endpwent(void) {
  if (all) fclose(all);
  all = 0;
}
struct passwd *getpwent(void) {
  if (!all) all = fopen("/etc/passwd", "re");
  return all ? fgetpwent(all) : 0;
}
