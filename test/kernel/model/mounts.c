/*
 * Does mount operations that standard input names, in private mount namespaces, and prints each one's errno and what every worker then
 * sees in its mountinfo. One line an operation: worker, name, then up to three words. `reset` begins anew with worker 0 alone: a tmpfs
 * "nsl0" on the directory given as argument, with directories a, b and c and the same three in each, in a namespace with an otherwise empty root of its own.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORKERS 4
static const char *base;
static int to[WORKERS][2], from[WORKERS][2], alive[WORKERS];
static pid_t pids[WORKERS];
static int proc_root = -1, proc_fd = -1;

static int result(long r) { return r < 0 ? errno : 0; }

static void write_file(int dir, const char *name, const char *text) {
  int fd = openat(dir, name, O_WRONLY | O_CLOEXEC);
  if (fd >= 0) { if (write(fd, text, strlen(text)) < 0) {} close(fd); }
}

static void directories(const char *at) {
  char path[600];
  for (const char *d = "abc"; *d; d++) {
    snprintf(path, sizeof path, "%s/%c", at, *d);
    mkdir(path, 0755);
    for (const char *e = "abc"; *e; e++) { snprintf(path, sizeof path, "%s/%c/%c", at, *d, *e); mkdir(path, 0755); }
  }
}

/* The worker's own /proc/PID, which it keeps open since its root directory may change. */
static void open_proc(void) {
  char path[64];
  if (proc_root < 0) proc_root = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  snprintf(path, sizeof path, "%d", getpid());
  proc_fd = openat(proc_root, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static int do_unshare(int kind) {
  if (kind == 0) return result(unshare(CLONE_NEWNS));
  if (unshare(CLONE_NEWUSER | CLONE_NEWNS)) return errno;
  write_file(proc_fd, "setgroups", "deny");
  write_file(proc_fd, "uid_map", "0 0 1");
  write_file(proc_fd, "gid_map", "0 0 1");
  return 0;
}

static int tree(const char *, const char *, unsigned long), fsopen_new(const char *, const char *, unsigned long), setattr(const char *, const char *, unsigned long);

static int operate(char *op, char *a, char *b, char *c) {
  unsigned long n = strtoul(c, 0, 0);
  if (!strcmp(op, "new")) { int r = result(mount(b, a, "tmpfs", n, 0)); if (!r) directories(a); return r; }
  if (!strcmp(op, "bind")) return result(mount(a, b, 0, MS_BIND | n, 0));
  if (!strcmp(op, "move")) return result(mount(a, b, 0, MS_MOVE, 0));
  if (!strcmp(op, "type")) return result(mount("none", a, 0, n, 0));
  if (!strcmp(op, "remount")) return result(mount("none", a, 0, MS_REMOUNT | MS_BIND | n, 0));
  if (!strcmp(op, "umount")) return result(umount2(a, n));
  if (!strcmp(op, "chdir")) return result(chdir(a));
  if (!strcmp(op, "chroot")) return result(chroot(a));
  if (!strcmp(op, "pivot")) return result(syscall(SYS_pivot_root, a, b));
  if (!strcmp(op, "mkdir")) return result(mkdir(a, 0755));
  if (!strcmp(op, "rmdir")) return result(rmdir(a));
  if (!strcmp(op, "unshare")) return do_unshare(n);
  if (!strcmp(op, "tree")) return tree(a, b, n);
  if (!strcmp(op, "fsnew")) return fsopen_new(a, b, n);
  if (!strcmp(op, "setattr")) return setattr(a, b, n);
  if (!strcmp(op, "hold")) return result(open(a, O_RDONLY | O_CLOEXEC | O_DIRECTORY));
  return 9999;
}

/* A copy of a tree that is nowhere mounted, and then mounted. */
static int tree(const char *a, const char *b, unsigned long n) {
  int fd = syscall(SYS_open_tree, AT_FDCWD, a, 1 | O_CLOEXEC | n);
  if (fd < 0) return errno;
  int r = result(syscall(SYS_move_mount, fd, "", AT_FDCWD, b, 4));
  close(fd);
  return r;
}

/* A new file system, by the calls that came after mount(2). */
static int fsopen_new(const char *a, const char *source, unsigned long attr) {
  int fs = syscall(SYS_fsopen, "tmpfs", 1);
  if (fs < 0) return errno;
  int r = result(syscall(SYS_fsconfig, fs, 1, "source", source, 0));
  if (!r) r = result(syscall(SYS_fsconfig, fs, 6, 0, 0, 0));
  int fd = r ? -1 : syscall(SYS_fsmount, fs, 1, attr);
  if (!r && fd < 0) r = errno;
  if (!r) r = result(syscall(SYS_move_mount, fd, "", AT_FDCWD, a, 4));
  if (fd >= 0) close(fd);
  close(fs);
  if (!r) directories(a);
  return r;
}

static int setattr(const char *a, const char *words, unsigned long flags) {
  unsigned long long attr[4] = {0};
  sscanf(words, "%llu,%llu,%llu", attr, attr + 1, attr + 2);
  return result(syscall(SYS_mount_setattr, AT_FDCWD, a, flags, attr, sizeof attr));
}

static void dump(int out) {
  static char text[1 << 20];
  size_t length = 4;
  int fd = openat(proc_fd, "mountinfo", O_RDONLY | O_CLOEXEC);
  ssize_t k;
  if (fd >= 0) { while ((k = read(fd, text + length, sizeof text - length)) > 0) length += k; close(fd); }
  unsigned size = length - 4;
  memcpy(text, &size, 4);
  if (write(out, text, length) < 0) {}
}

static void work(int w) {
  char line[1200];
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  open_proc();
  for (;;) {
    unsigned n = 0;
    do { if (read(to[w][0], line + n, 1) != 1) _exit(0); } while (line[n++] != '\n' && n < sizeof line - 1);
    line[n - 1] = 0;
    char op[32] = "", a[500] = "", b[500] = "", c[32] = "0";
    sscanf(line, "%31s %499s %499s %31s", op, a, b, c);
    if (!strcmp(op, "dump")) { dump(from[w][1]); continue; }
    int r;
    if (!strcmp(op, "fork")) {
      int v = atoi(c);
      /* A child of the first process, not of this one, with which it would die. */
      pid_t p = syscall(SYS_clone, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0);
      if (p == 0) { w = v; prctl(PR_SET_PDEATHSIG, SIGKILL); open_proc(); continue; }
      r = p < 0 ? errno : 0;
      if (write(from[w][1], &p, sizeof p) < 0) {}
    } else r = operate(op, a, b, c);
    if (write(from[w][1], &r, sizeof r) < 0) {}
  }
}

/* Nothing that is done may touch the machine's own files: a tmpfs becomes the root, with only the directory that is used in it. */
static int private_root(void) {
  char path[600];
  if (mount("none", "/", 0, MS_REC | MS_PRIVATE, 0) || mount("root", "/tmp", "tmpfs", 0, 0) || chdir("/tmp")) return 1;
  mkdir("old", 0755);
  for (const char *p = base + 1; *p; p++) if (*p == '/') { snprintf(path, sizeof path, "%.*s", (int)(p - base - 1), base + 1); mkdir(path, 0755); }
  if (mkdir(base + 1, 0755) || syscall(SYS_pivot_root, ".", "old") || umount2("/old", MNT_DETACH) || rmdir("/old")) return 1;
  return chdir("/");
}

static void stop(int w) {
  if (!alive[w]) return;
  kill(pids[w], SIGKILL);
  waitpid(pids[w], 0, 0);
  alive[w] = 0;
}

static void begin(void) {
  for (int w = WORKERS - 1; w >= 0; w--) stop(w);
  while (waitpid(-1, 0, WNOHANG) > 0) {}
  for (int w = 0; w < WORKERS; w++) {
    if (to[w][0]) { close(to[w][0]); close(to[w][1]); close(from[w][0]); close(from[w][1]); }
    if (pipe2(to[w], O_CLOEXEC) || pipe2(from[w], O_CLOEXEC)) exit(1);
  }
  pids[0] = fork();
  if (pids[0] == 0) {
    open_proc();
    if (unshare(CLONE_NEWNS) || private_root() || mount("nsl0", base, "tmpfs", 0, 0)) { perror("the beginning"); exit(1); }
    directories(base);
    work(0);
  }
  alive[0] = 1;
}

static void get(int w, void *at, size_t n) {
  for (char *p = at; n;) { ssize_t k = read(from[w][0], p, n); if (k <= 0) { fprintf(stderr, "a worker ended\n"); exit(1); } p += k; n -= k; }
}

static void show(void) {
  for (int w = 0; w < WORKERS; w++) {
    if (!alive[w]) continue;
    if (write(to[w][1], "dump\n", 5) < 0) {}
    unsigned size;
    get(w, &size, 4);
    char *text = malloc(size + 1);
    get(w, text, size);
    text[size] = 0;
    printf("worker %d\n%s", w, text);
    free(text);
  }
  printf("end\n");
  fflush(stdout);
}

int main(int argc, char **argv) {
  char line[1200];
  if (argc < 2) return 2;
  base = argv[1];
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  while (fgets(line, sizeof line, stdin)) {
    int w, r = 0, used = 0, v = -1;
    if (!strncmp(line, "reset", 5)) { begin(); printf("result 0\n"); show(); continue; }
    if (sscanf(line, "%d %n", &w, &used) != 1 || w < 0 || w >= WORKERS || !alive[w]) { printf("result 9998\n"); show(); continue; }
    char *rest = line + used;
    if (!strncmp(rest, "exit", 4)) { stop(w); printf("result 0\n"); show(); continue; }
    int forks = sscanf(rest, "fork %*s %*s %d", &v) == 1;
    if (forks && (v < 0 || v >= WORKERS || alive[v])) { printf("result 9998\n"); show(); continue; }
    if (write(to[w][1], rest, strlen(rest)) < 0) {}
    if (forks) { pid_t p; get(w, &p, sizeof p); pids[v] = p; }
    get(w, &r, sizeof r);
    if (forks && !r) alive[v] = 1;
    printf("result %d\n", r);
    show();
  }
  for (int i = WORKERS - 1; i >= 0; i--) stop(i);
  return 0;
}
