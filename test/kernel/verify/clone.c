/* clone and clone3: flags and arguments, pid and time namespaces at fork [A…]. */
#include "rules.h"
#define SG SIGCHLD
#define T(n, e)                                                                                                                                      \
  static int n(void) {                                                                                                                               \
    return e;                                                                                                                                        \
  }
T(a1, tryclone(CLONE_NEWNS | CLONE_FS | SG))
T(a2, tryclone(CLONE_NEWUSER | CLONE_FS | SG))
T(a3, tryclone(CLONE_THREAD | CLONE_VM))
T(a4, tryclone(CLONE_SIGHAND | SG))
T(a5, trystk(CLONE_THREAD | CLONE_SIGHAND | CLONE_VM))
T(a6, trystk(CLONE_NEWUSER | CLONE_THREAD | CLONE_SIGHAND | CLONE_VM))
T(a7, trystk(CLONE_NEWPID | CLONE_THREAD | CLONE_SIGHAND | CLONE_VM))
T(a8, trystk(CLONE_NEWPID | CLONE_VM | SG))
T(a8b, trystk(CLONE_NEWPID | CLONE_VM | CLONE_SIGHAND | SG))
T(a9, trystk(CLONE_NEWUSER | CLONE_VM | CLONE_SIGHAND | SG))

static int a10(void) {
  long r = rawclone(CLONE_NEWPID | CLONE_PARENT | SG);
  if (r == 0) _exit(0);
  return r < 0 ? errno : 0;
}

static int a11(void) {
  long r = rawclone(CLONE_NEWUSER | CLONE_PARENT | SG);
  if (r == 0) _exit(0);
  return r < 0 ? errno : 0;
}

static int a12(void) {
  int p[2];
  if (pipe(p)) return 997;
  long r = rawclone(CLONE_NEWPID | SG);
  if (r == 0) {
    long k = rawclone(CLONE_PARENT | SG);
    if (k == 0) _exit(0);
    int e = k < 0 ? errno : 0;
    if (write(p[1], &e, sizeof e)) {}
    _exit(0);
  }
  int e = 996;
  if (read(p[0], &e, sizeof e)) {}
  waitpid(r, 0, 0);
  return e;
}
T(a13, tryclone(CLONE_NEWIPC | CLONE_SYSVSEM | SG))

static int a13b(void) {
  drop();
  return tryclone(CLONE_NEWIPC | CLONE_SYSVSEM | SG);
}

static int a13c(void) {
  drop();
  return tryclone(CLONE_NEWUSER | CLONE_NEWIPC | CLONE_SYSVSEM | SG);
}

static int a14(void) {
  int fd;
  long r = syscall(SYS_clone, CLONE_PIDFD | CLONE_PARENT_SETTID | SG, 0, &fd, 0, 0);
  if (r == 0) _exit(0);
  return r < 0 ? errno : 0;
}

static int a14b(void) {
  int fd, t;
  struct cl_args a = {.flags = CLONE_PIDFD | CLONE_PARENT_SETTID, .exit_signal = SG, .pidfd = (uintptr_t)&fd, .parent_tid = (uintptr_t)&t};
  long r = clone3s(&a, sizeof a);
  if (r == 0) _exit(0);
  return r < 0 ? errno : 0;
}

static int a14c(void) {
  int fd;
  struct cl_args a = {.flags = CLONE_PIDFD | CLONE_PARENT_SETTID, .exit_signal = SG, .pidfd = (uintptr_t)&fd, .parent_tid = (uintptr_t)&fd};
  long r = clone3s(&a, sizeof a);
  if (r == 0) _exit(0);
  return r < 0 ? errno : 0;
}

static int a15(void) {
  int fd;
  long r = syscall(SYS_clone, CLONE_PIDFD | CLONE_DETACHED | SG, 0, &fd, 0, 0);
  if (r == 0) _exit(0);
  return r < 0 ? errno : 0;
}

static int a15b(void) {
  long r = syscall(SYS_clone, CLONE_DETACHED | SG, 0, 0, 0, 0);
  if (r == 0) _exit(0);
  return r < 0 ? errno : 0;
}

static int a15c(void) {
  return tryclone3(CLONE_DETACHED, SG);
}

static int a16(void) {
  int fd;
  int r = clone(cfn, stk + sizeof stk, CLONE_PIDFD | CLONE_THREAD | CLONE_SIGHAND | CLONE_VM, 0, &fd, 0, 0);
  return r < 0 ? errno : 0;
}
T(a17, tryclone3(CLONE_NEWTIME, SG))

static int a17b(void) { /* legacy clone: 0x80 is part of the exit signal */
  return tryclone(CLONE_NEWTIME | SG);
}

static int a17c(void) { /* legacy clone, exit signal 0x80 alone */
  return tryclone(0x80);
}

static void a17d(char *b, int n) {
  int p[2];
  if (pipe(p)) return;
  ino_t me = myns("time");
  long r = rawclone(CLONE_NEWTIME);
  if (r == 0) {
    ino_t t = myns("time");
    snprintf(b, n, "%s", t == me ? "same time ns" : "new time ns");
    if (write(p[1], b, strlen(b) + 1)) {}
    _exit(0);
  }
  if (r < 0) {
    snprintf(b, n, "%s", en(errno));
    return;
  }
  if (read(p[0], b, n)) {}
  waitpid(r, 0, __WALL);
}

static void a17e(char *b, int n) {
  int p[2];
  if (pipe(p)) return;
  ino_t me = myns("time");
  struct cl_args a = {.flags = CLONE_NEWTIME, .exit_signal = SG};
  long r = clone3s(&a, sizeof a);
  if (r == 0) {
    ino_t t = myns("time"), tc = myns("time_for_children");
    snprintf(b, n, "%s,%s", t == me ? "same" : "new", t == tc ? "time==time_for_children" : "time!=for_children");
    if (write(p[1], b, strlen(b) + 1)) {}
    _exit(0);
  }
  if (r < 0) {
    snprintf(b, n, "%s", en(errno));
    return;
  }
  if (read(p[0], b, n)) {}
  waitpid(r, 0, __WALL);
}
T(a18, tryclone3(SIGCHLD, 0))
T(a19, tryclone3(1ULL << 63, SG))

static int a20(void) {
  struct cl_args a = {.exit_signal = SG};
  long r = clone3s(&a, 63);
  if (r == 0) _exit(0);
  return r < 0 ? errno : 0;
}

static int a20b(void) {
  struct cl_args a = {.exit_signal = SG};
  long r = clone3s(&a, 4097);
  if (r == 0) _exit(0);
  return r < 0 ? errno : 0;
}

static int a20c(void) {
  char buf[128] = {0};
  struct cl_args a = {.exit_signal = SG};
  memcpy(buf, &a, sizeof a);
  buf[100] = 1;
  long r = clone3s((void *)buf, 128);
  if (r == 0) _exit(0);
  return r < 0 ? errno : 0;
}

static int a20d(void) {
  char buf[128] = {0};
  struct cl_args a = {.exit_signal = SG};
  memcpy(buf, &a, sizeof a);
  long r = clone3s((void *)buf, 128);
  if (r == 0) _exit(0);
  return r < 0 ? errno : 0;
}

static int a20e(void) {
  struct cl_args a = {.exit_signal = SG};
  long r = clone3s(&a, 64);
  if (r == 0) _exit(0);
  return r < 0 ? errno : 0;
}
T(a21, tryclone3(0, 65))
T(a21b, tryclone3(0, 0x100))

static int a21c(void) {
  signal(64, SIG_IGN);
  return tryclone3(0, 64);
}
T(a22, tryclone3(CLONE_PARENT, SG))
T(a23, tryclone3(CLONE_SIGHAND | CLONE_VM | CLONE_CLEAR_SIGHAND, SG))

static int st(uint64_t fl, pid_t *t, size_t n) {
  struct cl_args a = {.flags = fl, .exit_signal = SG, .set_tid = (uintptr_t)t, .set_tid_size = n};
  long r = clone3s(&a, sizeof a);
  if (r == 0) _exit(0);
  if (r < 0) return errno;
  waitpid(r, 0, 0);
  return 0;
}

static int a24(void) {
  pid_t t[40] = {0};
  return st(0, t, 33);
}

static int a24b(void) {
  return st(0, 0, 1);
}

static int a24c(void) {
  pid_t t[1] = {1};
  return st(0, t, 0);
}

static int a24d(void) {
  pid_t t[2] = {30000, 30001};
  return st(0, t, 2);
}

static int a24e(void) {
  pid_t t[1] = {1};
  return st(0, t, 1);
}

static int a24f(void) {
  drop();
  pid_t t[1] = {30003};
  return st(0, t, 1);
}

static int a24g(void) {
  pid_t t[1] = {5};
  return st(CLONE_NEWPID, t, 1);
}

static int a24h(void) {
  pid_t t[1] = {1};
  return st(CLONE_NEWPID, t, 1);
}

static int a24i(void) {
  pid_t t[2] = {1, 31234};
  return st(CLONE_NEWPID, t, 2);
}

static int a24j(void) {
  pid_t t[1] = {0};
  return st(0, t, 1);
}

static int a24k(void) {
  pid_t t[1] = {5000000};
  return st(0, t, 1);
}

static int a24l(void) {
  drop();
  pid_t t[1] = {1};
  return st(CLONE_NEWUSER | CLONE_NEWPID, t, 1);
}

static int a25(void) {
  struct cl_args a = {.exit_signal = SG, .stack = (uintptr_t)stk};
  long r = clone3s(&a, sizeof a);
  if (r == 0) _exit(0);
  return r < 0 ? errno : 0;
}

static int a25b(void) {
  struct cl_args a = {.exit_signal = SG, .stack_size = 4096};
  long r = clone3s(&a, sizeof a);
  if (r == 0) _exit(0);
  return r < 0 ? errno : 0;
}

static int cg(int fd, size_t sz) {
  struct cl_args a = {.flags = CLONE_INTO_CGROUP, .exit_signal = SG, .cgroup = (uint64_t)fd};
  long r = clone3s(&a, sz);
  if (r == 0) _exit(0);
  if (r < 0) return errno;
  waitpid(r, 0, 0);
  return 0;
}

static int a26(void) {
  return cg(900, sizeof(struct cl_args));
}

static int a26b(void) {
  return cg(open("/dev/null", O_RDONLY), sizeof(struct cl_args));
}

static int a26c(void) {
  return cg(3, 80);
}

static int a26d(void) {
  struct cl_args a = {.flags = CLONE_INTO_CGROUP, .exit_signal = SG, .cgroup = 0x80000000ULL};
  long r = clone3s(&a, sizeof a);
  if (r == 0) _exit(0);
  return r < 0 ? errno : 0;
}

static int a26e(void) {
  return cg(open(cgroup2(""), O_RDONLY | O_DIRECTORY), sizeof(struct cl_args));
}

static int a27(void) {
  if (unshare(CLONE_NEWPID)) return 990;
  return trystk(CLONE_THREAD | CLONE_SIGHAND | CLONE_VM);
}

static int a27b(void) {
  if (unshare(CLONE_NEWPID)) return 990;
  return trystk(CLONE_VM | CLONE_SIGHAND | SG);
}

static int a28(void) {
  if (unshare(CLONE_NEWPID)) return 990;
  pid_t c = fork();
  if (c == 0) _exit(0);
  waitpid(c, 0, 0);
  c = fork();
  if (c == 0) _exit(0);
  return c < 0 ? errno : 0;
}

static void a28b(char *b, int n) {
  if (unshare(CLONE_NEWPID)) return;
  int p[2];
  if (pipe(p)) return;
  pid_t c = fork();
  if (c == 0) {
    int v = getpid();
    if (write(p[1], &v, 4)) {}
    pause();
  }
  int v1 = 0, v2 = 0;
  if (read(p[0], &v1, 4)) {}
  pid_t d = fork();
  if (d == 0) {
    int v = getpid();
    if (write(p[1], &v, 4)) {}
    _exit(0);
  }
  if (read(p[0], &v2, 4)) {}
  kill(c, 9);
  snprintf(b, n, "first child pid %d, second %d", v1, v2);
}

static int a29(void) {
  if (unshare(CLONE_NEWPID)) return 990;
  return tryclone(CLONE_NEWPID | SG);
}

static int a31(void) {
  if (unshare(CLONE_NEWTIME)) return 990;
  return trystk(CLONE_THREAD | CLONE_SIGHAND | CLONE_VM);
}

static void tv(char *b, int n, int fl) {
  ino_t me = myns("time");
  if (unshare(CLONE_NEWTIME)) {
    snprintf(b, n, "unshare %s", en(errno));
    return;
  }
  ino_t tc = myns("time_for_children"), me2 = myns("time");
  int p[2];
  if (pipe(p)) return;
  pid_t c;
  if (fl) {
    c = vfork();
  } else
    c = fork();
  if (c == 0) {
    ino_t v[2] = {myns("time"), myns("time_for_children")};
    if (write(p[1], v, sizeof v)) {}
    _exit(0);
  }
  ino_t v[2];
  if (read(p[0], v, sizeof v)) {}
  waitpid(c, 0, 0);
  snprintf(b, n, "self %s, for_children %s; child time=%s fc=%s", me2 == me ? "old" : "new", tc == me ? "old" : "new",
           v[0] == me   ? "old"
           : v[0] == tc ? "new"
                        : "other",
           v[1] == tc ? "new" : "old");
}

static void a32(char *b, int n) {
  tv(b, n, 1);
}

static void a33(char *b, int n) {
  tv(b, n, 0);
}

static void a34(char *b, int n) { /* exec moves to for_children */
  ino_t me = myns("time");
  if (unshare(CLONE_NEWTIME)) return;
  ino_t tc = myns("time_for_children");
  int p[2];
  if (pipe(p)) return;
  dup2(p[1], 1);
  pid_t c = vfork();
  if (c == 0) {
    execl("/usr/bin/stat", "stat", "-Lc", "%i", "/proc/self/ns/time", "/proc/self/ns/time_for_children", NULL);
    _exit(1);
  }
  waitpid(c, 0, 0);
  close(p[1]);
  close(1);
  char o[200] = "";
  if (read(p[0], o, 199)) {}
  unsigned long x, y;
  sscanf(o, "%lu %lu", &x, &y);
  snprintf(b, n, "after vfork+exec: time=%s fc=%s", x == tc ? "new" : x == me ? "old" : "?", y == tc ? "new" : "old");
}

static void a35(char *b, int n) { /* exec without fork */
  int p[2];
  if (pipe(p)) return;
  ino_t me = myns("time");
  pid_t c = fork();
  if (c == 0) {
    if (unshare(CLONE_NEWTIME)) _exit(9);
    dup2(p[1], 1);
    execl("/usr/bin/stat", "stat", "-Lc", "%i", "/proc/self/ns/time", "/proc/self/ns/time_for_children", NULL);
    _exit(1);
  }
  waitpid(c, 0, 0);
  close(p[1]);
  char o[200] = "";
  if (read(p[0], o, 199)) {}
  unsigned long x = 0, y = 0;
  sscanf(o, "%lu %lu", &x, &y);
  snprintf(b, n, "after unshare+exec: time %s; time==fc %d", x == me ? "old" : "new", x == y);
}

static int a36(void) {
  drop();
  return tryclone(CLONE_NEWUTS | SG);
}

static int a36b(void) {
  drop();
  return tryclone(CLONE_NEWUSER | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWCGROUP | SG);
}

static int a36c(void) {
  drop();
  return tryclone3(CLONE_NEWTIME, SG);
}

static int a36d(void) {
  drop();
  return tryclone(CLONE_NEWUTS | CLONE_NEWNS | CLONE_FS | SG);
}

static int a37(void) { /* NEWPID with THREAD without SIGHAND: first THREAD check */
  return tryclone(CLONE_NEWPID | CLONE_THREAD);
}

static int a38(void) {
  return tryclone(CLONE_NEWCGROUP | SG);
}

static int a39(void) {
  return trystk(CLONE_NEWUTS | CLONE_THREAD | CLONE_SIGHAND | CLONE_VM);
}

static int a39b(void) {
  return trystk(CLONE_NEWNS | CLONE_THREAD | CLONE_SIGHAND | CLONE_VM);
}

static int a39c(void) {
  return trystk(CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWCGROUP | CLONE_THREAD | CLONE_SIGHAND | CLONE_VM);
}

static void a40b(char *b, int n) {
  int p[2];
  if (pipe(p)) return;
  ino_t me = myns("time");
  struct cl_args a = {.flags = CLONE_NEWTIME | CLONE_VM | CLONE_VFORK, .exit_signal = SG};
  static char s2[65536] __attribute__((aligned(16)));
  (void)s2;
  long r = syscall(SYS_clone3, &a, sizeof a);
  if (r == 0) {
    ino_t v[2] = {myns("time"), myns("time_for_children")};
    if (write(p[1], v, sizeof v)) {}
    _exit(0);
  }
  if (r < 0) {
    snprintf(b, n, "%s", en(errno));
    return;
  }
  ino_t v[2] = {0};
  if (read(p[0], v, sizeof v)) {}
  waitpid(r, 0, __WALL);
  snprintf(b, n, "child time %s, for_children %s", v[0] == me ? "old" : "new", v[1] == me ? "old" : "new");
}

int main(void) {
  prepare();
  chk("A1", "clone NEWNS|FS", EINVAL, a1);
  chk("A2", "clone NEWUSER|FS", EINVAL, a2);
  chk("A3", "clone THREAD|VM without SIGHAND", EINVAL, a3);
  chk("A4", "clone SIGHAND without VM", EINVAL, a4);
  chk("A5", "clone THREAD|SIGHAND|VM", 0, a5);
  chk("A6", "clone NEWUSER|THREAD|SIGHAND|VM", EINVAL, a6);
  chk("A7", "clone NEWPID|THREAD|SIGHAND|VM", EINVAL, a7);
  chk("A8", "clone NEWPID|VM (no THREAD) allowed", 0, a8);
  chk("A8b", "clone NEWPID|VM|SIGHAND (no THREAD) allowed", 0, a8b);
  chk("A9", "clone NEWUSER|VM|SIGHAND (no THREAD) allowed", 0, a9);
  chk("A10", "clone NEWPID|PARENT allowed", 0, a10);
  chk("A11", "clone NEWUSER|PARENT allowed", 0, a11);
  chk("A12", "clone PARENT by a pid-ns init", EINVAL, a12);
  chk("A13", "clone NEWIPC|SYSVSEM as root", EINVAL, a13);
  chk("A13b", "same, unprivileged: EPERM comes first", EPERM, a13b);
  chk("A13c", "NEWUSER|NEWIPC|SYSVSEM unprivileged: cap ok in new userns, then EINVAL", EINVAL, a13c);
  chk("A14", "legacy clone PIDFD|PARENT_SETTID (same pointer)", EINVAL, a14);
  chk("A14b", "clone3 PIDFD|PARENT_SETTID, different pointers", 0, a14b);
  chk("A14c", "clone3 PIDFD|PARENT_SETTID, same pointer", EINVAL, a14c);
  chk("A15", "clone PIDFD|DETACHED", EINVAL, a15);
  chk("A15b", "legacy clone DETACHED alone ignored", 0, a15b);
  chk("A15c", "clone3 DETACHED", EINVAL, a15c);
  chk("A16", "clone PIDFD|THREAD allowed (6.9+)", 0, a16);
  chk("A17", "clone3 NEWTIME", 0, a17);
  chk("A17b", "legacy clone 0x80|SIGCHLD = exit signal 145", 0, a17b);
  chk("A17c", "legacy clone 0x80 = exit signal 128", 0, a17c);
  chks("A17d", "legacy clone 0x80 creates no time ns", "same time ns", a17d);
  chks("A17e", "clone3 NEWTIME: child is in the new ns at once", "new,time==time_for_children", a17e);
  chk("A18", "clone3 with CSIGNAL bits in flags", EINVAL, a18);
  chk("A19", "clone3 unknown flag bit 63", EINVAL, a19);
  chk("A20", "clone3 size 63", EINVAL, a20);
  chk("A20b", "clone3 size > PAGE_SIZE", E2BIG, a20b);
  chk("A20c", "clone3 bigger struct, non-zero tail", E2BIG, a20c);
  chk("A20d", "clone3 bigger struct, zero tail", 0, a20d);
  chk("A20e", "clone3 size 64 (VER0)", 0, a20e);
  chk("A21", "clone3 exit_signal 65", EINVAL, a21);
  chk("A21b", "clone3 exit_signal 0x100", EINVAL, a21b);
  chk("A21c", "clone3 exit_signal 64", 0, a21c);
  chk("A22", "clone3 PARENT with exit_signal", EINVAL, a22);
  chk("A23", "clone3 SIGHAND|CLEAR_SIGHAND", EINVAL, a23);
  chk("A24", "clone3 set_tid_size 33", EINVAL, a24);
  chk("A24b", "clone3 set_tid NULL, size 1", EINVAL, a24b);
  chk("A24c", "clone3 set_tid ptr, size 0", EINVAL, a24c);
  chk("A24d", "clone3 set_tid_size 2 at pid-ns level 0", EINVAL, a24d);
  chk("A24e", "clone3 set_tid in use", EEXIST, a24e);
  chk("A24f", "clone3 set_tid unprivileged", EPERM, a24f);
  chk("A24g", "clone3 NEWPID set_tid {5}: first must be 1", EINVAL, a24g);
  chk("A24h", "clone3 NEWPID set_tid {1}", 0, a24h);
  chk("A24i", "clone3 NEWPID set_tid {1,31234}", 0, a24i);
  chk("A24j", "clone3 set_tid {0}", EINVAL, a24j);
  chk("A24k", "clone3 set_tid > pid_max", EINVAL, a24k);
  chk("A24l", "unpriv clone3 NEWUSER|NEWPID set_tid {1}: creator is owner of the new userns, so capable there", 0, a24l);
  chk("A25", "clone3 stack without size", EINVAL, a25);
  chk("A25b", "clone3 stack_size without stack", EINVAL, a25b);
  chk("A26", "clone3 INTO_CGROUP bad fd", EBADF, a26);
  chk("A26b", "clone3 INTO_CGROUP fd of /dev/null", EBADF, a26b);
  chk("A26c", "clone3 INTO_CGROUP with VER1 size", EINVAL, a26c);
  chk("A26d", "clone3 INTO_CGROUP cgroup > INT_MAX", EINVAL, a26d);
  chk("A26e", "clone3 INTO_CGROUP root cgroup2", 0, a26e);
  chk("A27", "thread after unshare(NEWPID)", EINVAL, a27);
  chk("A27b", "clone VM|SIGHAND process after unshare(NEWPID)", 0, a27b);
  chk("A28", "fork after the new pid ns lost its init", ENOMEM, a28);
  chks("A28b", "pids of 1st and 2nd child after unshare(NEWPID)", "first child pid 1, second 2", a28b);
  chk("A29", "clone NEWPID while pid_ns_for_children != active", EINVAL, a29);
  chk("A31", "thread after unshare(NEWTIME) allowed (6.2+)", 0, a31);
  chks("A32", "vfork after unshare(NEWTIME)", "self old, for_children new; child time=old fc=new", a32);
  chks("A33", "fork after unshare(NEWTIME)", "self old, for_children new; child time=new fc=new", a33);
  chks("A34", "vfork+exec after unshare(NEWTIME)", "after vfork+exec: time=new fc=new", a34);
  chks("A35", "exec after unshare(NEWTIME)", "after unshare+exec: time new; time==fc 1", a35);
  chk("A36", "unpriv clone NEWUTS", EPERM, a36);
  chk("A36b", "unpriv clone NEWUSER + 6 others", 0, a36b);
  chk("A36c", "unpriv clone3 NEWTIME", EPERM, a36c);
  chk("A36d", "unpriv NEWUTS|NEWNS|FS: flag check first", EINVAL, a36d);
  chk("A37", "NEWPID|THREAD w/o SIGHAND", EINVAL, a37);
  chk("A38", "clone NEWCGROUP root", 0, a38);
  chk("A39", "thread with NEWUTS allowed", 0, a39);
  chk("A39b", "thread with NEWNS (no FS) allowed", 0, a39b);
  chk("A39c", "thread with NEWNET|NEWIPC|NEWCGROUP allowed", 0, a39c);
  chks("A40b", "clone3 NEWTIME|VM|VFORK: for_children only", "child time old, for_children new", a40b);
  summary();
  return 0;
}
