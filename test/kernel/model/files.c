/*
 * Does file operations that standard input names, as several users, in a tmpfs that is the root directory of all of them, and prints each
 * one's errno and text, then every file that there is. One line an operation: worker, name, up to four words. Workers: 0 root, 1 uid and gid
 * 1000, 2 the same as root of a user namespace, 3 root in a user namespace without ids.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORKERS 4
static int to[WORKERS][2], from[WORKERS][2];
static pid_t pids[WORKERS];

static int result(long r) { return r < 0 ? errno : 0; }

/* The process's own files in proc are found from a descriptor, since its root directory has no proc. */
static void write_own(int proc, const char *name, const char *text) {
  char path[64];
  snprintf(path, sizeof path, "self/%s", name);
  int fd = openat(proc, path, O_WRONLY | O_CLOEXEC);
  if (fd < 0 || write(fd, text, strlen(text)) < 0) { perror(name); exit(1); }
  close(fd);
}

static int do_open(const char *a, int flags, int mode, char *out) {
  int fd = open(a, flags | O_CLOEXEC | O_NONBLOCK, mode);
  if (fd < 0) return errno;
  char got[64];
  int access = flags & O_ACCMODE;
  if (flags & O_PATH) {}
  else if (access == O_RDONLY) { ssize_t k = read(fd, got, sizeof got); sprintf(out, "read %d", k < 0 ? -errno : (int)k); }
  else { ssize_t k = write(fd, "xyz", 3); sprintf(out, "wrote %d", k < 0 ? -errno : (int)k); }
  close(fd);
  return 0;
}

static int operate(char *op, char *a, char *b, long m, long n, char *out) {
  if (!strcmp(op, "mkdir")) return result(mkdir(a, m));
  if (!strcmp(op, "rmdir")) return result(rmdir(a));
  if (!strcmp(op, "unlink")) return result(unlink(a));
  if (!strcmp(op, "symlink")) return result(symlink(b, a));
  if (!strcmp(op, "link")) return result(link(a, b));
  if (!strcmp(op, "rename")) return result(syscall(SYS_renameat2, AT_FDCWD, a, AT_FDCWD, b, m));
  if (!strcmp(op, "open")) return do_open(a, m, n, out);
  if (!strcmp(op, "chmod")) return result(chmod(a, m));
  if (!strcmp(op, "chown")) return result(chown(a, m, n));
  if (!strcmp(op, "lchown")) return result(lchown(a, m, n));
  if (!strcmp(op, "truncate")) return result(truncate(a, m));
  if (!strcmp(op, "access")) return result(access(a, m));
  if (!strcmp(op, "chdir")) return result(chdir(a));
  if (!strcmp(op, "chroot")) return result(chroot(a));
  if (!strcmp(op, "umask")) { umask(m); return 0; }
  if (!strcmp(op, "mknod")) return result(mknod(a, m, n));
  if (!strcmp(op, "getcwd")) return result(syscall(SYS_getcwd, out, 500));
  if (!strcmp(op, "readlink")) { ssize_t k = readlink(a, out, 500); if (k < 0) { *out = 0; return errno; } out[k] = 0; return 0; }
  if (!strcmp(op, "stat")) {
    struct stat s;
    if (stat(a, &s)) return errno;
    sprintf(out, "%o %lu %u %u %ld %lx", s.st_mode, s.st_nlink, s.st_uid, s.st_gid, (long)s.st_size, (long)s.st_rdev);
    return 0;
  }
  return 9999;
}

/* A root directory first, then who one is. Who was in a chroot could not make user namespaces. */
static void become(int w) {
  int proc = open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (w < 2 ? chroot("/tmp") || chdir("/")
            : unshare(CLONE_NEWNS) || chdir("/tmp") || syscall(SYS_pivot_root, ".", ".") || umount2(".", MNT_DETACH) || chdir("/")) { perror("a root directory"); exit(1); }
  if (w == 1 || w == 2) { if (setgroups(0, 0) || setresgid(1000, 1000, 1000) || setresuid(1000, 1000, 1000)) exit(1); prctl(PR_SET_DUMPABLE, 1); }
  if (w >= 2 && unshare(CLONE_NEWUSER)) { perror("unshare"); exit(1); }
  if (w == 2) { write_own(proc, "setgroups", "deny"); write_own(proc, "uid_map", "0 1000 1"); write_own(proc, "gid_map", "0 1000 1"); }
  close(proc);
  umask(022);
}

static void work(int w) {
  char line[1600], out[600];
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  become(w);
  for (;;) {
    unsigned n = 0;
    do { if (read(to[w][0], line + n, 1) != 1) _exit(0); } while (line[n++] != '\n' && n < sizeof line - 1);
    line[n - 1] = 0;
    char op[32] = "", a[500] = "", b[500] = "";
    long m = 0, k = 0;
    sscanf(line, "%31s %499s %499s %ld %ld", op, a, b, &m, &k);
    *out = 0;
    int r = operate(op, strcmp(a, "''") ? a : "", strcmp(b, "''") ? b : "", m, k, out);
    dprintf(from[w][1], "%d %s\n", r, r ? "" : out);
  }
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static void list(const char *at) {
  DIR *d = opendir(*at ? at : "/");
  char *names[200];
  int n = 0;
  if (!d) return;
  for (struct dirent *e; (e = readdir(d)) && n < 200;) if (strcmp(e->d_name, ".") && strcmp(e->d_name, "..")) names[n++] = strdup(e->d_name);
  closedir(d);
  qsort(names, n, sizeof *names, by_name);
  for (int i = 0; i < n; i++) {
    char path[900], link[500] = "";
    struct stat s;
    snprintf(path, sizeof path, "%s/%s", at, names[i]);
    if (lstat(path, &s)) continue;
    ssize_t k = S_ISLNK(s.st_mode) ? readlink(path, link, 499) : 0;
    link[k > 0 ? k : 0] = 0;
    printf("%s %o %lu %u %u %ld %s\n", path, s.st_mode, s.st_nlink, s.st_uid, s.st_gid, (long)s.st_size, link);
    if (S_ISDIR(s.st_mode)) list(path);
    free(names[i]);
  }
}

/* What the beginning looks like; the same as in the model. */
static void tree(void) {
  mkdir("/r", 0755); mkdir("/u", 0755); mkdir("/t", 0777); mkdir("/p", 0700); mkdir("/g", 0777);
  chmod("/t", 01777); chmod("/g", 02777);
  if (chown("/u", 1000, 1000) || chown("/g", 0, 500)) exit(1);
  close(open("/r/f", O_CREAT | O_WRONLY, 0644)); close(open("/u/f", O_CREAT | O_WRONLY, 0640)); close(open("/r/s", O_CREAT | O_WRONLY, 0600));
  if (chown("/u/f", 1000, 1000) || symlink("/u", "/r/l") || symlink("loop", "/r/loop") || symlink("../u/f", "/r/m")) exit(1);
}

static void begin(void) {
  if (unshare(CLONE_NEWNS) || mount("none", "/", 0, MS_REC | MS_PRIVATE, 0) || mount("root", "/tmp", "tmpfs", 0, "mode=755")) { perror("the beginning"); exit(1); }
  for (int w = 0; w < WORKERS; w++) {
    if (pipe2(to[w], O_CLOEXEC) || pipe2(from[w], O_CLOEXEC)) exit(1);
    pids[w] = fork();
    if (pids[w] == 0) work(w);
  }
  umask(0);
  if (chroot("/tmp") || chdir("/")) exit(1);
  tree();
}

static void show(const char *result) {
  printf("result %s", result);
  list("");
  printf("end\n");
  fflush(stdout);
}

int main(void) {
  char line[1600];
  begin();
  show("0 \n");
  while (fgets(line, sizeof line, stdin)) {
    int w, used = 0;
    if (sscanf(line, "%d %n", &w, &used) != 1 || w < 0 || w >= WORKERS) continue;
    if (write(to[w][1], line + used, strlen(line + used)) < 0) {}
    char text[700];
    unsigned n = 0;
    do { if (read(from[w][0], text + n, 1) != 1) { fprintf(stderr, "worker %d ended\n", w); return 1; } } while (text[n++] != '\n' && n < sizeof text - 1);
    text[n] = 0;
    show(text);
  }
  for (int w = 0; w < WORKERS; w++) { kill(pids[w], SIGKILL); waitpid(pids[w], 0, 0); }
  return 0;
}
