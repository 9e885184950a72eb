/* unshare: implied flags, threads, nesting, limits [B…]. */
#include "rules.h"
#define NSALL (CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWCGROUP | CLONE_NEWTIME)
#define U(n, f)                                                                                                                                      \
  static int n(void) {                                                                                                                               \
    return unshare(f) ? errno : 0;                                                                                                                   \
  }
#define UM(n, f)                                                                                                                                     \
  static int n(void) {                                                                                                                               \
    mkthread();                                                                                                                                      \
    return unshare(f) ? errno : 0;                                                                                                                   \
  }
#define UU(n, f)                                                                                                                                     \
  static int n(void) {                                                                                                                               \
    drop();                                                                                                                                          \
    return unshare(f) ? errno : 0;                                                                                                                   \
  }
U(b1, 0)
U(b1a, CLONE_PARENT_SETTID)
U(b1b, CLONE_PARENT)
U(b1c, 0x11)
U(b1d, CLONE_PIDFD)
U(b1e, CLONE_VFORK)
U(b1f, CLONE_DETACHED)
U(b1g, CLONE_CHILD_SETTID)
U(b1h, CLONE_IO)

static int b1i(void) {
  return sys(syscall(SYS_unshare, 0x100000000UL));
}
U(b2, CLONE_THREAD)
UM(b2m, CLONE_THREAD)
U(b3, CLONE_SIGHAND)
UM(b3m, CLONE_SIGHAND)
U(b4, CLONE_VM)
UM(b4m, CLONE_VM)

static int sib(int fl, int unf) { /* make a sibling sharing fl, then unshare(unf) in the parent */
  static char s2[65536] __attribute__((aligned(16)));
  pid_t c = clone((int (*)(void *))blocker, s2 + 65536, fl | SIGCHLD, 0);
  if (c < 0) return 900;
  usleep(2000);
  int r = unshare(unf) ? errno : 0;
  kill(c, 9);
  waitpid(c, 0, 0);
  return r;
}

static int b3s(void) {
  return sib(CLONE_VM | CLONE_SIGHAND, CLONE_SIGHAND);
}

static int b3s2(void) {
  return sib(CLONE_VM | CLONE_SIGHAND, CLONE_THREAD);
}

static int b4s(void) {
  return sib(CLONE_VM, CLONE_VM);
}

static int b4s2(void) {
  return sib(CLONE_VM, CLONE_SIGHAND);
}

static int b5s(void) {
  return sib(CLONE_VM | CLONE_SIGHAND, CLONE_NEWUSER);
}

static int b5f(void) {
  return sib(CLONE_FS, CLONE_NEWUSER);
}

static int b5n(void) {
  return sib(CLONE_FS, CLONE_NEWNS);
}
U(b5, CLONE_NEWUSER)
UM(b5m, CLONE_NEWUSER)
UU(b5u, CLONE_NEWUSER)

static int b5um(void) {
  drop();
  mkthread();
  return unshare(CLONE_NEWUSER) ? errno : 0;
}
UM(b6a, CLONE_NEWNS)
UM(b6b, CLONE_NEWUTS)
UM(b6c, CLONE_NEWIPC)
UM(b6d, CLONE_NEWPID)
UM(b6e, CLONE_NEWNET)
UM(b6f, CLONE_NEWCGROUP)
UM(b6g, CLONE_NEWTIME)
U(b7a, CLONE_FS)
U(b7b, CLONE_FILES)
U(b7c, CLONE_SYSVSEM)
UM(b7d, CLONE_FS | CLONE_FILES | CLONE_SYSVSEM)
UU(b7e, CLONE_FS | CLONE_FILES | CLONE_SYSVSEM)
UU(b8a, CLONE_NEWNS)
UU(b8b, CLONE_NEWUTS)
UU(b8c, CLONE_NEWIPC)
UU(b8d, CLONE_NEWPID)
UU(b8e, CLONE_NEWNET)
UU(b8f, CLONE_NEWCGROUP)
UU(b8g, CLONE_NEWTIME)
UU(b8h, CLONE_NEWUSER | NSALL)
U(b8r, NSALL)
U(b8s, NSALL | CLONE_NEWUSER)
UU(b8i, CLONE_NEWUTS | CLONE_PARENT)
U(b9, CLONE_NEWIPC | CLONE_SYSVSEM)

static int b10(void) {
  drop();
  if (unshare(CLONE_NEWUSER)) return errno;
  return unshare(CLONE_NEWUTS) ? errno : 0;
}

static int b10b(void) {
  drop();
  if (unshare(CLONE_NEWUSER)) return errno;
  return unshare(CLONE_NEWUSER) ? errno : 0;
}

static int b10c(void) {
  drop();
  if (unshare(CLONE_NEWUSER)) return errno;
  return tryclone(CLONE_NEWUSER | SIGCHLD);
}

static int b10d(void) {
  if (unshare(CLONE_NEWUSER)) return errno;
  return unshare(CLONE_NEWUSER) ? errno : 0;
}

static int maproot(uid_t u, gid_t g) {
  char b[64];
  wr("/proc/self/setgroups", "deny");
  snprintf(b, 64, "0 %u 1", u);
  int e = wr("/proc/self/uid_map", b);
  if (e) return e;
  snprintf(b, 64, "0 %u 1", g);
  return wr("/proc/self/gid_map", b);
}

static int b10e(void) {
  drop();
  if (unshare(CLONE_NEWUSER)) return errno;
  int e = maproot(1000, 1000);
  if (e) return 800 + e;
  return unshare(CLONE_NEWUSER) ? errno : 0;
}

static int b10f(void) {
  drop();
  if (unshare(CLONE_NEWUSER)) return errno;
  char b[64];
  int e = wr("/proc/self/uid_map", "0 1000 1");
  if (e) return 800 + e; /* gid unmapped */
  return unshare(CLONE_NEWUSER) ? errno : 0;
}

static int b11(void) {
  if (mkdir("/tmp/rules/jail", 0755)) {}
  if (chroot("/tmp/rules/jail")) return 901;
  if (chdir("/")) {}
  return unshare(CLONE_NEWUSER) ? errno : 0;
}

static int b11b(void) {
  if (chroot("/tmp/rules/jail")) return 901;
  return tryclone(CLONE_NEWUSER | SIGCHLD);
}

static int b11c(void) {
  if (chroot("/tmp/rules/jail")) return 901;
  return unshare(CLONE_NEWUTS) ? errno : 0;
}

static int b11d(void) {
  if (unshare(CLONE_NEWNS)) return 902;
  if (mount("none", "/", 0, MS_REC | MS_PRIVATE, 0)) return 903;
  if (mount("/tmp/rules/jail", "/tmp/rules/jail", 0, MS_BIND, 0)) return 904;
  if (chroot("/tmp/rules/jail")) return 901;
  return unshare(CLONE_NEWUSER) ? errno : 0;
}

static int b11e(void) {
  if (unshare(CLONE_NEWNS)) return 902;
  if (mount("none", "/", 0, MS_REC | MS_PRIVATE, 0)) return 903;
  if (mount("/tmp/rules/jail", "/tmp/rules/jail", 0, MS_BIND, 0)) return 904;
  if (chdir("/tmp/rules/jail")) return 905;
  if (syscall(SYS_pivot_root, ".", ".")) return 906;
  if (umount2(".", MNT_DETACH)) return 907;
  if (chdir("/")) {}
  return unshare(CLONE_NEWUSER) ? errno : 0;
}

static void b13(char *b, int n) {
  int d = 0;
  for (; d < 60; d++) {
    uid_t u = geteuid(), g = getegid();
    if (unshare(CLONE_NEWUSER)) {
      snprintf(b, n, "after %d nested user ns: %s", d, en(errno));
      return;
    }
    int e = maproot(u, g);
    if (e) {
      snprintf(b, n, "map %d at %d", e, d);
      return;
    }
  }
  snprintf(b, n, "no limit");
}

static void b14(char *b, int n) { /* recursive fork with NEWPID */
  int p[2];
  if (pipe(p)) return;
  pid_t c = fork();
  if (c == 0) {
    int d = 0;
    for (;;) {
      if (unshare(CLONE_NEWPID)) {
        char o[100];
        int k = snprintf(o, 100, "after %d nested pid ns: %s", d, en(errno));
        if (write(p[1], o, k + 1)) {}
        _exit(0);
      }
      pid_t q = fork();
      if (q < 0) {
        char o[100];
        int k = snprintf(o, 100, "fork fails after %d: %s", d, en(errno));
        if (write(p[1], o, k + 1)) {}
        _exit(0);
      }
      if (q > 0) {
        waitpid(q, 0, 0);
        _exit(0);
      }
      d++;
      if (d > 60) _exit(0);
    }
  }
  waitpid(c, 0, 0);
  if (read(p[0], b, n)) {}
}

static void b14b(char *b, int n) {
  int p[2];
  if (pipe(p)) return;
  pid_t c = fork();
  if (c == 0) {
    int d = 0;
    for (;;) {
      long q = rawclone(CLONE_NEWPID | SIGCHLD);
      if (q < 0) {
        char o[100];
        int k = snprintf(o, 100, "clone: after %d nested pid ns: %s", d, en(errno));
        if (write(p[1], o, k + 1)) {}
        _exit(0);
      }
      if (q > 0) {
        waitpid(q, 0, 0);
        _exit(0);
      }
      d++;
      if (d > 60) _exit(0);
    }
  }
  waitpid(c, 0, 0);
  if (read(p[0], b, n)) {}
}

static int inuser(void) {
  drop();
  if (unshare(CLONE_NEWUSER)) return errno;
  int e = maproot(1000, 1000);
  return e ? 800 + e : 0;
}

static int lim(const char *f, const char *v) {
  char p[80];
  snprintf(p, 80, "/proc/sys/user/%s", f);
  return wr(p, v);
}

static int b15a(void) {
  int e = inuser();
  if (e) return e;
  e = lim("max_uts_namespaces", "1");
  if (e) return 700 + e;
  if (unshare(CLONE_NEWUTS)) return 600 + errno;
  return unshare(CLONE_NEWUTS) ? errno : 0;
}

static int b15b(void) {
  int e = inuser();
  if (e) return e;
  e = lim("max_uts_namespaces", "0");
  if (e) return 700 + e;
  return unshare(CLONE_NEWUTS) ? errno : 0;
}

#define L(n, f, fl)                                                                                                                                  \
  static int n(void) {                                                                                                                               \
    int e = inuser();                                                                                                                                \
    if (e) return e;                                                                                                                                 \
    e = lim(f, "0");                                                                                                                                 \
    if (e) return 700 + e;                                                                                                                           \
    return unshare(fl) ? errno : 0;                                                                                                                  \
  }
L(b15c, "max_mnt_namespaces", CLONE_NEWNS)
L(b15d, "max_ipc_namespaces", CLONE_NEWIPC)
L(b15e, "max_pid_namespaces", CLONE_NEWPID)
L(b15f, "max_net_namespaces", CLONE_NEWNET)
L(b15g, "max_cgroup_namespaces", CLONE_NEWCGROUP)
L(b15h, "max_time_namespaces", CLONE_NEWTIME)
L(b15i, "max_user_namespaces", CLONE_NEWUSER)

static int b15j(void) { /* limit of an ancestor is charged too */
  int e = inuser();
  if (e) return e;
  if (lim("max_uts_namespaces", "1")) return 701;
  if (unshare(CLONE_NEWUSER)) return 600 + errno;
  e = maproot(0, 0);
  if (e) return 800 + e;
  if (unshare(CLONE_NEWUTS)) return 500 + errno;
  return unshare(CLONE_NEWUTS) ? errno : 0;
}

static int b15k(void) { /* NEWUSER|NEWUTS: uts is charged to the new userns and its ancestors */
  int e = inuser();
  if (e) return e;
  if (lim("max_uts_namespaces", "0")) return 701;
  return unshare(CLONE_NEWUSER | CLONE_NEWUTS) ? errno : 0;
}

static int b15l(void) { /* charge released when the ns dies */
  int e = inuser();
  if (e) return e;
  if (lim("max_uts_namespaces", "1")) return 701;
  for (int i = 0; i < 3; i++) {
    int r = tryclone(CLONE_NEWUTS | SIGCHLD);
    if (r) return r;
    usleep(20000);
  }
  return 0;
}

static int b16a(void) {
  int e = inuser();
  if (e) return e;
  if (lim("max_user_namespaces", "0")) return 701;
  if (chroot("/tmp/rules/jail")) return 901;
  return unshare(CLONE_NEWUSER) ? errno : 0;
}

static int b16b(void) {
  int e = inuser();
  if (e) return e;
  if (lim("max_mnt_namespaces", "0") || lim("max_uts_namespaces", "0")) return 701;
  ino_t u = myns("uts");
  int r = unshare(CLONE_NEWUTS | CLONE_NEWNS) ? errno : 0;
  if (myns("uts") != u) return 777;
  return r;
}

static int b16c(void) {
  drop();
  return lim("max_uts_namespaces", "1");
}

static int b16d(void) {
  return lim("max_uts_namespaces", "96365");
}

static int b16e(void) {
  int e = inuser();
  if (e) return e;
  return lim("max_uts_namespaces", "-1");
}

static void b17(char *b, int n) { /* failing unshare leaves everything unchanged */
  int e = inuser();
  lim("max_net_namespaces", "0");
  ino_t a = myns("uts"), c = myns("mnt"), d = myns("pid_for_children"), us = myns("user");
  int r = unshare(CLONE_NEWUSER | CLONE_NEWUTS | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET) ? errno : 0;
  snprintf(b, n, "%s uts %s mnt %s pid_fc %s user %s", en(r), a == myns("uts") ? "same" : "new", c == myns("mnt") ? "same" : "new",
           d == myns("pid_for_children") ? "same" : "new", us == myns("user") ? "same" : "new");
}

static int b18(void) {
  if (unshare(CLONE_NEWPID)) return 900;
  return unshare(CLONE_NEWPID) ? errno : 0;
}

static int b18b(void) {
  if (unshare(CLONE_NEWTIME)) return 900;
  return unshare(CLONE_NEWTIME) ? errno : 0;
}

static int b18c(void) { /* NEWPID owned by a foreign userns: child userns that is not descendant of pid ns owner */
  return 0;
}

static void *thr(void *a) {
  *(int *)a = unshare(CLONE_NEWUTS) ? errno : 0;
  ((ino_t *)a)[1] = myns("uts");
  return 0;
}

static void b19(char *b, int n) {
  ino_t v[2] = {0};
  ino_t me = myns("uts");
  pthread_t t;
  pthread_create(&t, 0, thr, v);
  pthread_join(t, 0);
  snprintf(b, n, "%s: thread %s, main %s", en((int)v[0]), v[1] == me ? "same" : "new", myns("uts") == me ? "same" : "new");
}

static void b20(char *b, int n) { /* NEWNS splits a shared fs */
  static char s2[65536] __attribute__((aligned(16)));
  mkdir("/tmp/rules/jail", 0755);
  pid_t c = clone((int (*)(void *))blocker, s2 + 65536, CLONE_FS | SIGCHLD, 0);
  usleep(2000);
  unshare(CLONE_NEWNS);
  if (chdir("/tmp/rules/jail")) {}
  char l[100] = {0}, p[40];
  snprintf(p, 40, "/proc/%d/cwd", c);
  if (readlink(p, l, 99) < 0) {}
  snprintf(b, n, "sibling cwd %s", !strcmp(l, "/tmp/rules/jail") ? "follows" : "does not follow");
  kill(c, 9);
  waitpid(c, 0, 0);
}

static void b21(char *b, int n) { /* unshare(NEWUSER) implies FS: sibling too */
  static char s2[65536] __attribute__((aligned(16)));
  pid_t c = clone((int (*)(void *))blocker, s2 + 65536, CLONE_FS | SIGCHLD, 0);
  usleep(2000);
  int r = unshare(CLONE_NEWUSER) ? errno : 0;
  if (chdir("/tmp/rules/jail")) {}
  kill(c, 0);
  snprintf(b, n, "%s", en(r));
  kill(c, 9);
  waitpid(c, 0, 0);
}

static void b22(char *b, int n) { /* after unshare(NEWPID): own pid ns unchanged */
  ino_t me = myns("pid");
  pid_t p0 = getpid();
  unshare(CLONE_NEWPID);
  char l[64];
  ssize_t k = readlink("/proc/self/ns/pid_for_children", l, 63);
  snprintf(b, n, "pid %s, getpid %s, readlink pid_for_children %s", me == myns("pid") ? "same" : "new", p0 == getpid() ? "same" : "new",
           k < 0 ? en(errno) : "ok");
}

static void b23(char *b, int n) { /* open of empty pid_for_children */
  unshare(CLONE_NEWPID);
  int f = open("/proc/self/ns/pid_for_children", O_RDONLY);
  snprintf(b, n, "open %s", f < 0 ? en(errno) : "ok");
}

static void b24(char *b, int n) {
  unshare(CLONE_NEWPID);
  pid_t c = fork();
  if (c == 0) {
    pause();
  }
  usleep(2000);
  char l[64];
  ssize_t k = readlink("/proc/self/ns/pid_for_children", l, 63);
  int r1 = k < 0 ? errno : 0;
  kill(c, 9);
  waitpid(c, 0, 0);
  k = readlink("/proc/self/ns/pid_for_children", l, 63);
  int r2 = k < 0 ? errno : 0;
  snprintf(b, n, "with init %s, after init died %s", en(r1), en(r2));
}

static void b25(char *b, int n) { /* EMPTY mntns flag of 7.x */
  snprintf(b, n, "%s", en(unshare(0x00100000) ? errno : 0));
}

int main(void) {
  prepare();
  chk("B1", "unshare(0)", 0, b1);
  chk("B1a", "unshare(PARENT_SETTID)", EINVAL, b1a);
  chk("B1b", "unshare(PARENT)", EINVAL, b1b);
  chk("B1c", "unshare(SIGCHLD bits)", EINVAL, b1c);
  chk("B1d", "unshare(PIDFD)", EINVAL, b1d);
  chk("B1e", "unshare(VFORK)", EINVAL, b1e);
  chk("B1f", "unshare(DETACHED)", EINVAL, b1f);
  chk("B1g", "unshare(CHILD_SETTID)", EINVAL, b1g);
  chk("B1h", "unshare(CLONE_IO)", EINVAL, b1h);
  chk("B1i", "unshare bit 32", EINVAL, b1i);
  chk("B2", "unshare(THREAD) single-threaded", 0, b2);
  chk("B2m", "unshare(THREAD) multithreaded", EINVAL, b2m);
  chk("B3", "unshare(SIGHAND) single", 0, b3);
  chk("B3m", "unshare(SIGHAND) multithreaded", EINVAL, b3m);
  chk("B3s", "unshare(SIGHAND), sighand shared by another process", EINVAL, b3s);
  chk("B3s2", "unshare(THREAD), sighand shared by another process", 0, b3s2);
  chk("B4", "unshare(VM) single", 0, b4);
  chk("B4m", "unshare(VM) multithreaded", EINVAL, b4m);
  chk("B4s", "unshare(VM), mm shared by another process", EINVAL, b4s);
  chk("B4s2", "unshare(SIGHAND), only mm shared", 0, b4s2);
  chk("B5", "unshare(NEWUSER) root single", 0, b5);
  chk("B5m", "unshare(NEWUSER) root multithreaded", EINVAL, b5m);
  chk("B5u", "unshare(NEWUSER) unprivileged", 0, b5u);
  chk("B5um", "unshare(NEWUSER) unprivileged multithreaded", EINVAL, b5um);
  chk("B5s", "unshare(NEWUSER) with sighand+mm shared by another process", 0, b5s);
  chk("B5f", "unshare(NEWUSER) with fs shared: implicit FS unshare", 0, b5f);
  chk("B5n", "unshare(NEWNS) with fs shared: implicit FS unshare", 0, b5n);
  chk("B6a", "unshare(NEWNS) in a multithreaded process", 0, b6a);
  chk("B6b", "NEWUTS multithreaded", 0, b6b);
  chk("B6c", "NEWIPC multithreaded", 0, b6c);
  chk("B6d", "NEWPID multithreaded", 0, b6d);
  chk("B6e", "NEWNET multithreaded", 0, b6e);
  chk("B6f", "NEWCGROUP multithreaded", 0, b6f);
  chk("B6g", "NEWTIME multithreaded", 0, b6g);
  chk("B7a", "unshare(FS)", 0, b7a);
  chk("B7b", "unshare(FILES)", 0, b7b);
  chk("B7c", "unshare(SYSVSEM)", 0, b7c);
  chk("B7d", "unshare(FS|FILES|SYSVSEM) multithreaded", 0, b7d);
  chk("B7e", "the same unprivileged", 0, b7e);
  chk("B8a", "unpriv NEWNS", EPERM, b8a);
  chk("B8b", "unpriv NEWUTS", EPERM, b8b);
  chk("B8c", "unpriv NEWIPC", EPERM, b8c);
  chk("B8d", "unpriv NEWPID", EPERM, b8d);
  chk("B8e", "unpriv NEWNET", EPERM, b8e);
  chk("B8f", "unpriv NEWCGROUP", EPERM, b8f);
  chk("B8g", "unpriv NEWTIME", EPERM, b8g);
  chk("B8h", "unpriv NEWUSER + all seven", 0, b8h);
  chk("B8i", "unpriv NEWUTS + bad flag: EINVAL first", EINVAL, b8i);
  chk("B8r", "root all seven", 0, b8r);
  chk("B8s", "root NEWUSER + all seven", 0, b8s);
  chk("B9", "unshare(NEWIPC|SYSVSEM) is allowed (unlike clone)", 0, b9);
  chk("B10", "unpriv unshare(NEWUSER) then unshare(NEWUTS)", 0, b10);
  chk("B10b", "unpriv NEWUSER twice, ids unmapped", EPERM, b10b);
  chk("B10c", "NEWUSER then clone NEWUSER, ids unmapped", EPERM, b10c);
  chk("B10d", "root NEWUSER twice, ids unmapped", EPERM, b10d);
  chk("B10e", "NEWUSER, map, NEWUSER", 0, b10e);
  chk("B10f", "NEWUSER, map uid only, NEWUSER", EPERM, b10f);
  chk("B11", "chrooted: unshare(NEWUSER)", EPERM, b11);
  chk("B11b", "chrooted: clone NEWUSER", EPERM, b11b);
  chk("B11c", "chrooted: unshare(NEWUTS) unaffected", 0, b11c);
  chk("B11d", "chroot onto a bind mount: unshare(NEWUSER)", EPERM, b11d);
  chk("B11e", "pivot_root instead of chroot: unshare(NEWUSER)", 0, b11e);
  chks("B13", "user ns nesting limit", "after 33 nested user ns: ENOSPC", b13);
  chks("B14", "pid ns nesting limit (unshare+fork)", "after 32 nested pid ns: ENOSPC", b14);
  chks("B14b", "pid ns nesting limit (clone)", "clone: after 32 nested pid ns: ENOSPC", b14b);
  chk("B15a", "max_uts_namespaces=1: second unshare (old one still held)", ENOSPC, b15a);
  chk("B15b", "max_uts_namespaces=0", ENOSPC, b15b);
  chk("B15c", "max_mnt_namespaces=0", ENOSPC, b15c);
  chk("B15d", "max_ipc_namespaces=0", ENOSPC, b15d);
  chk("B15e", "max_pid_namespaces=0", ENOSPC, b15e);
  chk("B15f", "max_net_namespaces=0", ENOSPC, b15f);
  chk("B15g", "max_cgroup_namespaces=0", ENOSPC, b15g);
  chk("B15h", "max_time_namespaces=0", ENOSPC, b15h);
  chk("B15i", "max_user_namespaces=0", ENOSPC, b15i);
  chk("B15j", "limit 1 in the parent userns, 2 created in the child userns", ENOSPC, b15j);
  chk("B15k", "limit 0 in the parent, NEWUSER|NEWUTS", ENOSPC, b15k);
  chk("B15l", "limit 1: charge is released when the ns dies", 0, b15l);
  chk("B16a", "max_user_namespaces=0 and chrooted: ENOSPC before EPERM", ENOSPC, b16a);
  chk("B16b", "failing NEWNS leaves uts unchanged", ENOSPC, b16b);
  chk("B16c", "unpriv write of user.max_uts_namespaces", EACCES, b16c);
  chk("B16d", "root without CAP_SYS_RESOURCE writes user.max_*", EACCES, b16d);
  chk("B16e", "user.max_* = -1", EINVAL, b16e);
  chks("B17", "late failure (net limit) undoes everything", "ENOSPC uts same mnt same pid_fc same user same", b17);
  chk("B18", "unshare(NEWPID) twice", EINVAL, b18);
  chk("B18b", "unshare(NEWTIME) twice", 0, b18b);
  chks("B19", "only the calling thread changes nsproxy", "OK: thread new, main same", b19);
  chks("B20", "NEWNS implies FS", "sibling cwd does not follow", b20);
  chks("B21", "NEWUSER implies FS", "OK", b21);
  chks("B22", "unshare(NEWPID) leaves own pid ns; pid_for_children has no init yet", "pid same, getpid same, readlink pid_for_children ENOENT", b22);
  chks("B23", "open empty pid_for_children", "open ENOENT", b23);
  chks("B24", "pid_for_children once init exists / after it died", "with init OK, after init died OK", b24);
  chks("B25", "unshare(0x100000) UNSHARE_EMPTY_MNTNS of 7.x", "EINVAL", b25);
  summary();
  return 0;
}
