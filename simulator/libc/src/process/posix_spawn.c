#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <libc/clone.h>
#include <libc/spawn.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct start {
  const char *path;
  int (*exec)(const char *, char *const [], char *const []);
  const posix_spawn_file_actions_t *actions;
  const posix_spawnattr_t *attr;
  char *const *argv, *const *envp;
  sigset_t mask;
  int error;
};

/* Handlers are the parent's; the new program can not have them. */
static void reset_signals(const posix_spawnattr_t *attr) {
  for (int signo = 1; signo < NSIG; signo++) {
    struct sigaction action = { 0 };
    if (signo == 32 || signo == 33) continue;
    if (!(attr && (attr->__flags & POSIX_SPAWN_SETSIGDEF) && sigismember(&attr->__default, signo))) {
      sigaction(signo, 0, &action);
      if (action.sa_handler == SIG_IGN || action.sa_handler == SIG_DFL) continue;
    }
    action.sa_handler = SIG_DFL;
    action.sa_flags = 0;
    sigaction(signo, &action, 0);
  }
}

static int attributes(const posix_spawnattr_t *attr) {
  if (!attr) return 0;
  if ((attr->__flags & POSIX_SPAWN_SETSID) && setsid() < 0) return -1;
  if ((attr->__flags & POSIX_SPAWN_SETPGROUP) && setpgid(0, attr->__pgroup) < 0) return -1;
  if ((attr->__flags & POSIX_SPAWN_RESETIDS) && (setegid(getgid()) < 0 || seteuid(getuid()) < 0)) return -1;
  return 0;
}

static int open_to(const struct __spawn_action *a) {
  close(a->fd);
  int fd = open(a->path, a->flags, a->mode);
  if (fd < 0 || fd == a->fd) return fd;
  int result = dup2(fd, a->fd);
  close(fd);
  return result;
}

static int one_action(const struct __spawn_action *a) {
  switch (a->what) {
    case SPAWN_OPEN: return open_to(a);
    case SPAWN_CLOSE: return close(a->fd) < 0 && (a->fd < 0 || a->fd >= getdtablesize()) ? -1 : 0;
    case SPAWN_DUP2: return a->fd == a->to ? fcntl(a->fd, F_SETFD, fcntl(a->fd, F_GETFD) & ~FD_CLOEXEC) : dup2(a->fd, a->to);
    case SPAWN_CHDIR: return chdir(a->path);
    default: return fchdir(a->fd);
  }
}

static int child(void *given) {
  struct start *s = given;
  reset_signals(s->attr);
  int failed = attributes(s->attr) < 0;
  if (s->actions) for (int i = 0; i < s->actions->__used && !failed; i++) failed = one_action(&s->actions->__actions[i]) < 0;
  if (!failed) {
    sigprocmask(SIG_SETMASK, s->attr && (s->attr->__flags & POSIX_SPAWN_SETSIGMASK) ? &s->attr->__mask : &s->mask, 0);
    s->exec(s->path, s->argv, s->envp);
  }
  s->error = errno ? errno : ECHILD;
  _exit(127);
}

/* The child shares the memory, on a stack of its own, until it runs the program; the parent waits that long and sees what went wrong. */
static int spawn(pid_t *pid, struct start *s) {
  size_t size = 0x9000;
  sigset_t all;
  int error = errno, status;
  char *stack = mmap(0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
  if (stack == MAP_FAILED) return errno;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, &s->mask);
  struct clone_args args = { .flags = CLONE_VM | CLONE_VFORK, .exit_signal = SIGCHLD, .stack = (unsigned long)stack, .stack_size = size };
  long result = __clone_with(&args, child, s);
  if (result < 0) s->error = (int)-result;
  else if (s->error) waitpid((pid_t)result, &status, 0);
  munmap(stack, size);
  if (!s->error && pid) *pid = (pid_t)result;
  sigprocmask(SIG_SETMASK, &s->mask, 0);
  errno = error;
  return s->error;
}

int posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attr, char *const argv[], char *const envp[]) {
  struct start s = { .path = path, .exec = execve, .actions = actions, .attr = attr, .argv = argv, .envp = envp ? envp : __environ };
  return spawn(pid, &s);
}
int posix_spawnp(pid_t *pid, const char *file, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attr, char *const argv[], char *const envp[]) {
  struct start s = { .path = file, .exec = execvpe, .actions = actions, .attr = attr, .argv = argv, .envp = envp ? envp : __environ };
  return spawn(pid, &s);
}
