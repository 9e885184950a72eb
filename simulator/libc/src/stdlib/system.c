#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static int run(const char *command) {
  struct sigaction ignore = { 0 }, interrupt, quit;
  sigset_t block, mask, defaults;
  posix_spawnattr_t attr;
  char *argv[] = { "sh", "-c", (char *)command, 0 };
  int status = -1;
  pid_t pid, done;
  ignore.sa_handler = SIG_IGN;
  sigaction(SIGINT, &ignore, &interrupt);
  sigaction(SIGQUIT, &ignore, &quit);
  sigemptyset(&block);
  sigaddset(&block, SIGCHLD);
  sigprocmask(SIG_BLOCK, &block, &mask);
  sigemptyset(&defaults);
  if (interrupt.sa_handler != SIG_IGN) sigaddset(&defaults, SIGINT);
  if (quit.sa_handler != SIG_IGN) sigaddset(&defaults, SIGQUIT);
  posix_spawnattr_init(&attr);
  posix_spawnattr_setsigmask(&attr, &mask);
  posix_spawnattr_setsigdefault(&attr, &defaults);
  posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  int error = posix_spawn(&pid, "/bin/sh", 0, &attr, argv, __environ);
  if (!error) {
    do done = waitpid(pid, &status, 0); while (done < 0 && errno == EINTR);
    if (done != pid) status = -1;
  } else status = W_EXITCODE(127, 0);
  sigaction(SIGINT, &interrupt, 0);
  sigaction(SIGQUIT, &quit, 0);
  sigprocmask(SIG_SETMASK, &mask, 0);
  if (error) errno = error;
  return status;
}
int system(const char *command) { return command ? run(command) : run("exit 0") == 0; }
