#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static char child_stack[1048576];

static int child_fn() {
  printf("New `net` Namespace:\n");
  fflush(stdout);
  system("ip link");
  printf("\n\n");
  fflush(stdout);
  system("ip link set lo up; ip addr show lo; ip route");
  return 0;
}

int main() {
  printf("Original `net` Namespace:\n");
  fflush(stdout);
  system("ip link show lo; ip -o link | wc -l; ip route");
  printf("\n\n");
  fflush(stdout);

  pid_t child_pid = clone(child_fn, child_stack+1048576, CLONE_NEWPID | CLONE_NEWNET | SIGCHLD, NULL);

  waitpid(child_pid, NULL, 0);
  return 0;
}
