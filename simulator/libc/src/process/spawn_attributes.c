#define _GNU_SOURCE
#include <spawn.h>
#include <string.h>

int posix_spawnattr_init(posix_spawnattr_t *attr) {
  memset(attr, 0, sizeof *attr);
  return 0;
}
int posix_spawnattr_destroy(posix_spawnattr_t *attr) {
  (void)attr;
  return 0;
}
int posix_spawnattr_setflags(posix_spawnattr_t *attr, short flags) {
  attr->__flags = flags;
  return 0;
}
int posix_spawnattr_getflags(const posix_spawnattr_t *attr, short *flags) {
  *flags = attr->__flags;
  return 0;
}
int posix_spawnattr_setpgroup(posix_spawnattr_t *attr, pid_t group) {
  attr->__pgroup = group;
  return 0;
}
int posix_spawnattr_setsigmask(posix_spawnattr_t *attr, const sigset_t *mask) {
  attr->__mask = *mask;
  return 0;
}
int posix_spawnattr_setsigdefault(posix_spawnattr_t *attr, const sigset_t *set) {
  attr->__default = *set;
  return 0;
}
