// What a program does with others: exec in its forms, spawn, clone, signals, environment, waiting.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static void show(const char *what, int status) {
  fflush(stdout);
  printf("%s: %s %d\n", what, WIFEXITED(status) ? "exit" : WIFSIGNALED(status) ? "signal" : "other", WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
  fflush(stdout);
}
static void forked(const char *what, void (*function)(void)) {
  int status;
  fflush(stdout);
  if (fork() == 0) {
    function();
    fflush(stdout);
    _exit(errno);
  }
  wait(&status);
  show(what, status);
}
static char *args[] = { "sh", "-c", "echo $0 $A $#", "zero", "one", 0 }, *some[] = { "A=given", "PATH=/bin:/usr/bin", 0 };
static void by_execv(void) { execv("/bin/sh", args); }
static void by_execve(void) { execve("/bin/sh", args, some); }
static void by_execvp(void) { execvp("sh", args); }
static void by_execvpe(void) { execvpe("sh", args, some); }
static void by_execl(void) { execl("/bin/sh", "sh", "-c", "echo $0 $A", "l", (char *)0); }
static void by_execlp(void) { execlp("sh", "sh", "-c", "echo $0 $A", "lp", (char *)0); }
static void by_execle(void) { execle("/bin/sh", "sh", "-c", "echo $0 $A", "le", (char *)0, some); }
static void by_fexecve(void) { fexecve(open("/bin/sh", O_RDONLY | O_CLOEXEC), args, some); }
static void not_there(void) { execlp("nslab-not-there", "x", (char *)0); }
static void directory(void) { execl("/tmp", "x", (char *)0); }
static void empty(void) { execlp("", "x", (char *)0); }
static void no_path(void) {
  setenv("PATH", "/nonexistent:/also", 1);
  execlp("sh", "sh", "-c", "echo found", (char *)0);
}
static void divides(void) { volatile int zero = 0; errno = 5 / zero; }
static void aborts(void) { abort(); }
static void raises(void) { raise(SIGUSR1); }
static void stack_overflow(void) { volatile char big[1 << 20]; big[0] = 1; if (big[0]) stack_overflow(); }

static int child(void *arg) {
  *(int *)arg += 5;
  printf("in clone %d\n", *(int *)arg);
  fflush(stdout);
  return 9;
}
static void clones(void) {
  size_t size = 65536;
  char *stack = mmap(0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
  int value = 1, status;
  for (int flags = 0; flags <= CLONE_VM; flags += CLONE_VM) {
    pid_t pid = clone(child, stack + size, flags | SIGCHLD, &value);
    waitpid(pid, &status, 0);
    show("clone", status);
    printf("value %d\n", value);
  }
  errno = 0;
  printf("%d", clone(0, stack, SIGCHLD, 0));
  printf(" %d ", errno);
  printf("%d", clone(child, 0, SIGCHLD, 0));
  printf(" %d ", errno);
  printf("%d", clone(child, stack + size, CLONE_THREAD, &value));
  printf(" %d\n", errno);
  if (vfork() == 0) {
    value = 77;
    _exit(4);
  }
  wait(&status);
  show("vfork", status);
  printf("value %d\n", value);
}
static void spawns(void) {
  pid_t pid;
  int status;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, 1, 2);
  char *argv[] = { "sh", "-c", "echo spawned >&2; exit 6", 0 };
  printf("%d\n", posix_spawn(&pid, "/bin/sh", &actions, 0, argv, some));
  waitpid(pid, &status, 0);
  show("spawn", status);
  printf("%d\n", posix_spawnp(&pid, "nslab-not-there", 0, 0, argv, some));
  printf("%d ", system("exit 7") >> 8);
  printf("%d ", system("kill -9 $$"));
  printf("%d\n", system(0) != 0);
}
static volatile int caught;
static void handler(int signo) { caught = caught * 100 + signo; }
static void with_info(int signo, siginfo_t *info, void *context) {
  caught = signo * 1000 + (info->si_code == SI_QUEUE) * 100 + info->si_int + (context != 0);
}
static jmp_buf back;
static void jumps(int signo) { longjmp(back, signo); }
static void signals(void) {
  struct sigaction action = { 0 }, old;
  sigset_t set, pending;
  signal(SIGUSR1, handler);
  raise(SIGUSR1);
  kill(getpid(), SIGUSR1);
  printf("%d\n", caught);
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  sigaddset(&set, SIGUSR2);
  sigprocmask(SIG_BLOCK, &set, 0);
  caught = 0;
  raise(SIGUSR1);
  sigpending(&pending);
  printf("%d %d %d\n", caught, sigismember(&pending, SIGUSR1), sigismember(&pending, SIGUSR2));
  sigprocmask(SIG_UNBLOCK, &set, 0);
  printf("%d\n", caught);
  action.sa_sigaction = with_info;
  action.sa_flags = SA_SIGINFO | SA_RESETHAND;
  sigaction(SIGUSR2, &action, &old);
  printf("%d\n", old.sa_handler == SIG_DFL);
  sigqueue(getpid(), SIGUSR2, (union sigval){ .sival_int = 42 });
  printf("%d\n", caught);
  sigaction(SIGUSR2, 0, &old);
  printf("%d\n", old.sa_handler == SIG_DFL);
  signal(SIGALRM, jumps);
  int got = setjmp(back);
  if (got == 0) {
    alarm(1);
    pause();
  }
  printf("jumped %d\n", got);
  signal(SIGCHLD, handler);
  caught = 0;
  if (fork() == 0) _exit(3);
  while (!caught) pause();
  int status;
  wait(&status);
  printf("%d %d\n", caught, WEXITSTATUS(status));
  signal(SIGCHLD, SIG_IGN);
  if (fork() == 0) _exit(3);
  errno = 0;
  printf("%d", wait(&status));
  printf(" %d\n", errno);
  signal(SIGCHLD, SIG_DFL);
  errno = 0;
  printf("%d", signal(SIGKILL, handler) == SIG_ERR);
  printf(" %d\n", errno);
  siginfo_t info;
  if (fork() == 0) _exit(21);
  waitid(P_ALL, 0, &info, WEXITED | WNOWAIT);
  printf("%d %d %d\n", info.si_code == CLD_EXITED, info.si_status, info.si_signo == SIGCHLD);
  waitid(P_ALL, 0, &info, WEXITED);
  errno = 0;
  printf("%d", waitpid(-1, &status, WNOHANG));
  printf(" %d\n", errno);
}
static void environment(void) {
  extern char **environ;
  setenv("NEW", "value", 0);
  setenv("NEW", "other", 0);
  printf("%s ", getenv("NEW"));
  setenv("NEW", "other", 1);
  printf("%s ", getenv("NEW"));
  putenv("PUT=this");
  printf("%s %d ", getenv("PUT"), getenv("NONE") == 0);
  unsetenv("NEW");
  printf("%d %d", getenv("NEW") == 0, setenv("A=B", "x", 1));
  printf(" %d\n", errno);
  clearenv();
  printf("%d %d\n", environ == 0 || environ[0] == 0, getenv("PUT") == 0);
  setenv("ONLY", "one", 1);
  fflush(stdout);
  system("echo $ONLY $PUT");
}
int main(void) {
  setenv("A", "inherited", 1);
  forked("execv", by_execv);
  forked("execve", by_execve);
  forked("execvp", by_execvp);
  forked("execvpe", by_execvpe);
  forked("execl", by_execl);
  forked("execlp", by_execlp);
  forked("execle", by_execle);
  forked("fexecve", by_fexecve);
  forked("not there", not_there);
  forked("directory", directory);
  forked("empty", empty);
  forked("no path", no_path);
  forked("divides", divides);
  forked("aborts", aborts);
  forked("raises", raises);
  forked("stack overflow", stack_overflow);
  clones();
  spawns();
  signals();
  environment();
  return 0;
}
