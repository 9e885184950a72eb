// when init exits, the kernel kills everyone in the namespace
#define _GNU_SOURCE
#include <assert.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>
#include <sys/prctl.h>
#include <sys/wait.h>

static char stack[8192 * 4];
static int fds[2];

static int init(void *arg) {
  int i;
  for (i = 0; i < 3; ++i) {
    if (fork() == 0) {
      close(fds[0]);
      pause();              // holds the write end until it is killed
    }
  }
  close(fds[1]);
  return 5;
}

int main(void) {
  assert(pipe(fds) == 0);
  int pid = clone(init, stack + sizeof(stack), CLONE_NEWPID | CLONE_NEWUSER | SIGCHLD, 0);
  assert(pid > 0);
  close(fds[1]);
  char buf;
  ssize_t got = read(fds[0], &buf, 1);  // EOF only when all of them are gone
  printf("read returned %zd: everybody is gone\n", got);
  int status;
  waitpid(pid, &status, 0);
  printf("init: exited=%d status=%d\n", WIFEXITED(status), WEXITSTATUS(status));
  return 0;
}
