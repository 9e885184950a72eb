#define _GNU_SOURCE
#include <errno.h>
#include <libc/shm.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
int __shm_path(const char *name, const char *prefix, char *to) {
  while (*name == '/') name++;
  size_t length = strlen(name);
  if (length == 0 || length + strlen(prefix) > NAME_MAX || strchr(name, '/')) {
    errno = length > NAME_MAX ? ENAMETOOLONG : EINVAL;
    return -1;
  }
  sprintf(to, "/dev/shm/%s%s", prefix, name);
  return 0;
}
