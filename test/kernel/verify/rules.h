/*
 * Rules of namespaces as C programs: each prints rows `id | rule | expected | observed | ok`. The ids are those of the specification of the modelled kernel.
 * A rule is tried in a child of its own, so that what it does to its namespaces stays there. To run one on a real kernel, as root:
 *   gcc -w -pthread -o /tmp/clone clone.c && taskset -c 0 /tmp/clone
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdarg.h>
#include <time.h>
#include <pthread.h>
#include <dirent.h>
#include <grp.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <sys/syscall.h>
#include <sys/stat.h>
#include <sys/mount.h>
#include <sys/mman.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/utsname.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/shm.h>
#include <sys/sem.h>
#include <sys/socket.h>
#include <net/if.h>
#include <linux/capability.h>
#ifndef CLONE_NEWTIME
#define CLONE_NEWTIME 0x80
#endif
#ifndef CLONE_NEWCGROUP
#define CLONE_NEWCGROUP 0x02000000
#endif
#ifndef CLONE_PIDFD
#define CLONE_PIDFD 0x1000
#endif
#ifndef CLONE_CLEAR_SIGHAND
#define CLONE_CLEAR_SIGHAND 0x100000000ULL
#endif
#ifndef CLONE_INTO_CGROUP
#define CLONE_INTO_CGROUP 0x200000000ULL
#endif
#ifndef CLONE_DETACHED
#define CLONE_DETACHED 0x00400000
#endif
struct cl_args {
  uint64_t flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls, set_tid, set_tid_size, cgroup;
};

static int n_ok, n_diff;

/* The name of an errno; OK of 0. */
static const char *en(int e) {
  static char b[8][32];
  static int k;
  if (e == 0) return "OK";
  const char *s = strerrorname_np(e);
  if (s) return s;
  char *p = b[k++ & 7];
  snprintf(p, 32, "%d", e);
  return p;
}

static void row(const char *id, const char *rule, const char *exp, const char *obs) {
  int ok = !strcmp(exp, obs);
  if (ok)
    n_ok++;
  else
    n_diff++;
  printf("%s | %s | %s | %s | %s\n", id, rule, exp, obs, ok ? "ok" : "DIFF");
  fflush(stdout);
}

typedef int (*tfn)(void);

/* run fn in a forked child; it returns 0 or an errno */
static int incl(tfn fn) {
  int p[2];
  if (pipe(p)) return 999;
  fflush(stdout);
  pid_t c = fork();
  if (c == 0) {
    close(p[0]);
    int r = fn();
    if (write(p[1], &r, sizeof r)) {}
    _exit(0);
  }
  close(p[1]);
  int r = -1;
  ssize_t k = read(p[0], &r, sizeof r);
  close(p[0]);
  int st;
  waitpid(c, &st, 0);
  while (waitpid(-1, 0, WNOHANG | __WALL) > 0)
    ;
  if (k != sizeof r) {
    if (WIFSIGNALED(st)) return 1000 + WTERMSIG(st);
    return 998;
  }
  return r;
}

static void chk(const char *id, const char *rule, int exp, tfn fn) {
  int r = incl(fn);
  char a[64], b[64];
  snprintf(a, 64, "%s", en(exp));
  snprintf(b, 64, "%s", en(r));
  row(id, rule, a, b);
}

/* like chk but fn fills a string */
typedef void (*sfn)(char *buf, int n);

static void chks(const char *id, const char *rule, const char *exp, sfn fn) {
  int p[2];
  if (pipe(p)) return;
  fflush(stdout);
  pid_t c = fork();
  if (c == 0) {
    close(p[0]);
    char b[512] = "";
    fn(b, sizeof b);
    if (write(p[1], b, strlen(b) + 1)) {}
    _exit(0);
  }
  close(p[1]);
  char b[512] = "";
  int o = 0;
  ssize_t k;
  while ((k = read(p[0], b + o, sizeof b - 1 - o)) > 0) {
    o += k;
    if (memchr(b, 0, o)) break;
  }
  close(p[0]);
  int st;
  waitpid(c, &st, 0);
  while (waitpid(-1, 0, WNOHANG | __WALL) > 0)
    ;
  if (!o) snprintf(b, sizeof b, "(no output, status %x)", st);
  row(id, rule, exp, b);
}

/* A directory of our own: a place to mount, an empty root directory, a file that is seen only from outside of that. */
static void prepare(void) {
  mkdir("/tmp/rules", 0755);
  mkdir("/tmp/rules/mm", 0755);
  mkdir("/tmp/rules/jail", 0755);
  close(open("/tmp/rules/marker", O_CREAT | O_WRONLY, 0644));
}

/* A path in the unified hierarchy of cgroups, wherever that is mounted. */
static const char *cgroup2(const char *below) {
  static char path[128];
  snprintf(path, sizeof path, "%s%s", access("/sys/fs/cgroup/unified", F_OK) ? "/sys/fs/cgroup" : "/sys/fs/cgroup/unified", below);
  return path;
}

static int sys(long r) {
  return r < 0 ? errno : 0;
}

static void *blocker(void *a) {
  if (a == 0 && getpid() == syscall(SYS_gettid)) prctl(PR_SET_PDEATHSIG, SIGKILL);
  for (;;) pause();
  return 0;
}

static void mkthread(void) {
  pthread_t t;
  if (pthread_create(&t, 0, blocker, 0)) abort();
  usleep(2000);
}

static void drop(void) {
  if (setgroups(0, 0)) {}
  if (setresgid(1000, 1000, 1000)) abort();
  if (setresuid(1000, 1000, 1000)) abort();
  prctl(PR_SET_DUMPABLE, 1);
}

static int wr(const char *path, const char *s) {
  int f = open(path, O_WRONLY | O_CLOEXEC);
  if (f < 0) return errno;
  ssize_t k = write(f, s, strlen(s));
  int e = k < 0 ? errno : 0;
  close(f);
  return e;
}

static void pds(void) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
}

static ino_t nsino(const char *path) {
  struct stat s;
  if (stat(path, &s)) return 0;
  return s.st_ino;
}

static ino_t myns(const char *n) {
  char p[64];
  snprintf(p, 64, "/proc/thread-self/ns/%s", n);
  return nsino(p);
}

static int openns(const char *n) {
  char p[64];
  snprintf(p, 64, "/proc/thread-self/ns/%s", n);
  return open(p, O_RDONLY | O_CLOEXEC);
}

static long rawclone(unsigned long fl) {
  return syscall(SYS_clone, fl, 0, 0, 0, 0);
}

static long clone3s(struct cl_args *a, size_t n) {
  return syscall(SYS_clone3, a, n);
}

/* do a fork-like raw clone; returns errno or 0 and reaps the child */
static int tryclone(unsigned long fl) {
  long r = rawclone(fl);
  if (r == 0) _exit(0);
  if (r < 0) return errno;
  int st;
  waitpid(r, &st, __WALL);
  return 0;
}

static int tryclone3(uint64_t fl, uint64_t sig) {
  struct cl_args a = {.flags = fl, .exit_signal = sig};
  long r = clone3s(&a, sizeof a);
  if (r == 0) _exit(0);
  if (r < 0) return errno;
  int st;
  waitpid(r, &st, __WALL);
  return 0;
}

static char stk[1 << 16] __attribute__((aligned(16)));

static int cfn(void *a) {
  (void)a;
  return 0;
}

/* clone with a separate stack (for CLONE_VM) */
static int trystk(int fl) {
  int r = clone(cfn, stk + sizeof stk, fl, 0, 0, 0, 0);
  if (r < 0) return errno;
  if (!(fl & CLONE_THREAD)) {
    int st;
    waitpid(r, &st, __WALL);
  } else
    usleep(3000);
  return 0;
}

static int pidfd_open_(pid_t p, unsigned f) {
  return syscall(SYS_pidfd_open, p, f);
}

static void reapall(void) {
  for (int i = 0; i < 50; i++) {
    int st;
    pid_t r = waitpid(-1, &st, WNOHANG | __WALL);
    if (r < 0) break;
    if (r == 0) usleep(2000);
  }
}

static void summary(void) {
  reapall();
  printf("# %d ok, %d diff\n", n_ok, n_diff);
}
