#define _GNU_SOURCE
#include <errno.h>
#include <libc/spawn.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>

int posix_spawn_file_actions_init(posix_spawn_file_actions_t *actions) {
  memset(actions, 0, sizeof *actions);
  return 0;
}

int posix_spawn_file_actions_destroy(posix_spawn_file_actions_t *actions) {
  for (int i = 0; i < actions->__used; i++) free(actions->__actions[i].path);
  free(actions->__actions);
  return 0;
}

static int add(posix_spawn_file_actions_t *actions, struct __spawn_action action, const char *path) {
  if (actions->__used == actions->__allocated) {
    struct __spawn_action *more = realloc(actions->__actions, sizeof *more * (size_t)(actions->__allocated + 8));
    if (!more) return ENOMEM;
    actions->__actions = more;
    actions->__allocated += 8;
  }
  if (path && !(action.path = strdup(path))) return ENOMEM;
  actions->__actions[actions->__used++] = action;
  return 0;
}

int posix_spawn_file_actions_addopen(posix_spawn_file_actions_t *actions, int fd, const char *path, int flags, mode_t mode) {
  return fd < 0 ? EBADF : add(actions, (struct __spawn_action){ .what = SPAWN_OPEN, .fd = fd, .flags = flags, .mode = mode }, path);
}
int posix_spawn_file_actions_addclose(posix_spawn_file_actions_t *actions, int fd) {
  return fd < 0 ? EBADF : add(actions, (struct __spawn_action){ .what = SPAWN_CLOSE, .fd = fd }, 0);
}
int posix_spawn_file_actions_adddup2(posix_spawn_file_actions_t *actions, int fd, int to) {
  return fd < 0 || to < 0 ? EBADF : add(actions, (struct __spawn_action){ .what = SPAWN_DUP2, .fd = fd, .to = to }, 0);
}
int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path) {
  return add(actions, (struct __spawn_action){ .what = SPAWN_CHDIR }, path);
}
int posix_spawn_file_actions_addfchdir_np(posix_spawn_file_actions_t *actions, int fd) {
  return fd < 0 ? EBADF : add(actions, (struct __spawn_action){ .what = SPAWN_FCHDIR, .fd = fd }, 0);
}
