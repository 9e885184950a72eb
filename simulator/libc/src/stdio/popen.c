#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <libc/stdio.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t start(const char *command, int end, int as) {
  posix_spawn_file_actions_t actions;
  char *argv[] = { "sh", "-c", (char *)command, 0 };
  pid_t pid = -1;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, end, as);
  for (FILE *f = __all_files; f; f = f->next) if (f->child && f->fd >= 0 && f->fd != as) posix_spawn_file_actions_addclose(&actions, f->fd);
  int error = posix_spawn(&pid, "/bin/sh", &actions, 0, argv, __environ);
  posix_spawn_file_actions_destroy(&actions);
  if (!error) return pid;
  errno = error;
  return -1;
}

FILE *popen(const char *command, const char *mode) {
  int fds[2], reading = strchr(mode, 'r') != 0, keeps = strchr(mode, 'e') == 0;
  if ((*mode != 'r' && *mode != 'w') || (mode[1] && mode[1] != 'e')) {
    errno = EINVAL;
    return 0;
  }
  if (pipe2(fds, O_CLOEXEC) < 0) return 0;
  int ours = fds[reading ? 0 : 1], theirs = fds[reading ? 1 : 0];
  pid_t pid = start(command, theirs, reading ? 1 : 0);
  close(theirs);
  FILE *f = pid < 0 ? 0 : fdopen(ours, reading ? "r" : "w");
  if (!f) {
    int error = errno;
    close(ours);
    errno = error;
    return 0;
  }
  if (keeps) fcntl(ours, F_SETFD, 0);
  f->child = pid;
  return f;
}

int pclose(FILE *f) {
  pid_t pid = f->child, done;
  int status;
  fclose(f);
  do done = waitpid(pid, &status, 0); while (done < 0 && errno == EINTR);
  return done < 0 ? -1 : status;
}
