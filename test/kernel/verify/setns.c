/* setns: descriptors, types, privileges, and what it resets [C…]. */
#include "rules.h"
#include <linux/capability.h>
#define NSALL (CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWCGROUP | CLONE_NEWTIME)

static int capset_drop(int cap) {
  struct __user_cap_header_struct h = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct d[2];
  syscall(SYS_capget, &h, d);
  d[cap >> 5].effective &= ~(1u << (cap & 31));
  return syscall(SYS_capset, &h, d) ? errno : 0;
}

static int mapuser(pid_t p, uid_t in, uid_t out) {
  char f[64], b[64];
  snprintf(f, 64, "/proc/%d/setgroups", p);
  wr(f, "deny");
  snprintf(f, 64, "/proc/%d/uid_map", p);
  snprintf(b, 64, "%u %u 1", in, out);
  int e = wr(f, b);
  snprintf(f, 64, "/proc/%d/gid_map", p);
  int e2 = wr(f, b);
  return e ? e : e2;
}

/* start a helper process inside new namespaces; returns pid */
static pid_t helper(unsigned long fl) {
  int p[2];
  if (pipe(p)) return -1;
  pid_t c = fork();
  if (c == 0) {
    if (fl & CLONE_NEWTIME || 1) {
      if (unshare(fl)) {
        int e = errno;
        if (write(p[1], &e, 4)) {}
        _exit(1);
      }
    }
    pds();
    if (fl & (CLONE_NEWPID | CLONE_NEWTIME)) {
      pid_t k = fork();
      if (k == 0) {
        pds();
        pause();
        _exit(0);
      }
      int z = 0;
      if (write(p[1], &k, 4)) {}
      pause();
      waitpid(k, 0, 0);
      _exit(0);
    }
    int z = getpid();
    if (write(p[1], &z, 4)) {}
    pause();
    _exit(0);
  }
  int v = 0;
  if (read(p[0], &v, 4)) {}
  close(p[0]);
  close(p[1]);
  return v > 2 ? v : c;
}

static int nsof(pid_t p, const char *n) {
  char f[64];
  snprintf(f, 64, "/proc/%d/ns/%s", p, n);
  return open(f, O_RDONLY | O_CLOEXEC);
}

static int SN(int fd, int t) {
  return syscall(SYS_setns, fd, t) ? errno : 0;
}

static int c1(void) {
  return SN(900, 0);
}

static int c1b(void) {
  return SN(-1, CLONE_NEWUTS);
}

static int c2(void) {
  return SN(open("/dev/null", O_RDONLY), 0);
}

static int c2b(void) {
  return SN(open("/proc/self", O_RDONLY | O_DIRECTORY), CLONE_NEWUTS);
}

static int c2c(void) {
  return SN(open("/proc/self/ns", O_RDONLY | O_DIRECTORY), 0);
}

static int c2d(void) {
  return SN(open("/proc/self/ns/uts", O_PATH), 0);
}

static int c2e(void) {
  drop();
  return SN(open("/dev/null", O_RDONLY), 0);
}

static int c3(void) {
  return SN(openns("uts"), CLONE_NEWIPC);
}

static int c3b(void) {
  drop();
  return SN(openns("uts"), CLONE_NEWIPC);
}

static int c3c(void) {
  return SN(openns("uts"), CLONE_NEWUTS | CLONE_NEWIPC);
}

#define SAME(n, k, t)                                                                                                                                \
  static int n(void) {                                                                                                                               \
    return SN(openns(k), t);                                                                                                                         \
  }
SAME(c5a, "uts", 0)
SAME(c5b, "ipc", CLONE_NEWIPC)
SAME(c5c, "net", CLONE_NEWNET)
SAME(c5d, "mnt", CLONE_NEWNS)
SAME(c5e, "pid", CLONE_NEWPID)
SAME(c5f, "cgroup", CLONE_NEWCGROUP)
SAME(c5g, "time", CLONE_NEWTIME)
SAME(c5h, "user", CLONE_NEWUSER)
SAME(c5i, "user", 0)
SAME(c5j, "pid_for_children", 0)
SAME(c5k, "time_for_children", 0)

static void c5m(char *b, int n) {
  mkdir("/tmp/rules/jail", 0755);
  if (chroot("/tmp/rules/jail") || chdir("/")) return;
  int f; /* need fd before chroot */
}

static void c5n(char *b, int n) {
  int f = openns("mnt");
  if (chdir("/tmp/rules")) {}
  int r = SN(f, 0);
  char l[100] = "";
  if (!getcwd(l, 100)) {}
  snprintf(b, n, "%s cwd=%s", en(r), l);
}

static void c5o(char *b, int n) {
  int f = openns("mnt");
  mkdir("/tmp/rules/jail", 0755);
  if (chroot("/tmp/rules/jail") || chdir("/")) return;
  int before = access("/tmp/rules/marker", F_OK);
  int r = SN(f, 0);
  snprintf(b, n, "%s; chroot %s", en(r), access("/tmp/rules/marker", F_OK) == 0 && before ? "escaped" : "kept");
}

static int c6(void) {
  pid_t h = helper(CLONE_NEWUSER);
  int f = nsof(h, "user");
  mkthread();
  int r = SN(f, 0);
  kill(h, 9);
  return r;
}

static int c6b(void) {
  pid_t h = helper(CLONE_NEWUSER);
  int f = nsof(h, "user");
  int r = SN(f, 0);
  kill(h, 9);
  return r;
}

static int c7(void) {
  pid_t h = helper(CLONE_NEWUSER);
  int f = nsof(h, "user");
  static char s2[65536] __attribute__((aligned(16)));
  pid_t c = clone((int (*)(void *))blocker, s2 + 65536, CLONE_FS | SIGCHLD, 0);
  usleep(2000);
  int r = SN(f, 0);
  kill(h, 9);
  kill(c, 9);
  return r;
}

static int c8(void) { /* unpriv into userns owned by root */
  pid_t h = helper(CLONE_NEWUSER);
  int f = nsof(h, "user");
  drop();
  int r = SN(f, 0);
  return r;
}

static int c8b(void) {
  drop();
  pid_t h = helper(CLONE_NEWUSER);
  int f = nsof(h, "user");
  if (f < 0) return 900 + errno;
  int r = SN(f, 0);
  kill(h, 9);
  return r;
}

static int c8c(void) {
  int f = openns("user");
  if (unshare(CLONE_NEWUSER)) return 901;
  return SN(f, 0);
}

static int c8d(void) { /* sibling userns from inside another */
  pid_t h = helper(CLONE_NEWUSER);
  int f = nsof(h, "user");
  if (unshare(CLONE_NEWUSER)) return 901;
  int r = SN(f, 0);
  kill(h, 9);
  return r;
}

static int c9(void) {
  pid_t h = helper(CLONE_NEWUSER);
  int f = nsof(h, "user");
  drop();
  mkthread();
  return SN(f, 0);
}

static int c9b(void) { /* grandchild userns directly */
  int p[2];
  if (pipe(p)) return 900;
  pid_t c = fork();
  if (c == 0) {
    pds();
    if (unshare(CLONE_NEWUSER)) _exit(1);
    mapuser(getpid(), 0, 0);
    if (unshare(CLONE_NEWUSER)) _exit(2);
    if (write(p[1], "x", 1)) {}
    pause();
  }
  char x;
  if (read(p[0], &x, 1)) {}
  int f = nsof(c, "user");
  int r = SN(f, 0);
  kill(c, 9);
  return r;
}

static int c10(void) {
  pid_t h = helper(CLONE_NEWNS);
  int f = nsof(h, "mnt");
  static char s2[65536] __attribute__((aligned(16)));
  pid_t c = clone((int (*)(void *))blocker, s2 + 65536, CLONE_FS | SIGCHLD, 0);
  usleep(2000);
  int r = SN(f, 0);
  kill(h, 9);
  kill(c, 9);
  return r;
}

static int c10b(void) {
  pid_t h = helper(CLONE_NEWNS);
  int f = nsof(h, "mnt");
  mkthread();
  int r = SN(f, 0);
  kill(h, 9);
  return r;
}

static int c10c(void) {
  pid_t h = helper(CLONE_NEWNS);
  int f = nsof(h, "mnt");
  mkthread();
  if (unshare(CLONE_FS)) return 902;
  int r = SN(f, 0);
  kill(h, 9);
  return r;
}

static int c10d(void) {
  pid_t h = helper(CLONE_NEWNS);
  int f = nsof(h, "mnt");
  capset_drop(CAP_SYS_CHROOT);
  int r = SN(f, 0);
  kill(h, 9);
  return r;
}

static int c10e(void) {
  pid_t h = helper(CLONE_NEWNS);
  int f = nsof(h, "mnt");
  capset_drop(CAP_SYS_ADMIN);
  int r = SN(f, 0);
  kill(h, 9);
  return r;
}

static int c10f(void) {
  pid_t h = helper(CLONE_NEWNS);
  int f = nsof(h, "mnt");
  drop();
  return SN(f, 0);
}

static int c10g(void) {
  pid_t h = helper(CLONE_NEWNS);
  int f = nsof(h, "mnt");
  mkthread();
  capset_drop(CAP_SYS_CHROOT);
  return SN(f, 0);
}

static int c10h(void) {
  int f = openns("mnt");
  drop();
  return SN(f, 0);
}

static int c11(void) {
  int f = openns("pid");
  if (unshare(CLONE_NEWPID)) return 900;
  int p[2];
  if (pipe(p)) return 1;
  pid_t c = fork();
  if (c == 0) {
    int e = SN(f, 0);
    if (write(p[1], &e, 4)) {}
    _exit(0);
  }
  int e = 0;
  if (read(p[0], &e, 4)) {}
  return e;
}

static int c11b(void) {
  pid_t h = helper(CLONE_NEWPID);
  int f = nsof(h, "pid");
  if (unshare(CLONE_NEWPID)) return 900;
  int p[2];
  if (pipe(p)) return 1;
  pid_t c = fork();
  if (c == 0) {
    int e = SN(f, 0);
    if (write(p[1], &e, 4)) {}
    _exit(0);
  }
  int e = 0;
  if (read(p[0], &e, 4)) {}
  kill(h, 9);
  return e;
}

static void c11c(char *b, int n) {
  pid_t h = helper(CLONE_NEWPID);
  int f = nsof(h, "pid");
  pid_t me = getpid();
  ino_t a = myns("pid");
  int r = SN(f, 0);
  int p[2];
  if (pipe(p)) return;
  pid_t c = fork();
  if (c == 0) {
    int v[2] = {getpid(), getppid()};
    if (write(p[1], v, 8)) {}
    _exit(0);
  }
  int v[2] = {0};
  if (read(p[0], v, 8)) {}
  waitpid(c, 0, 0);
  snprintf(b, n, "%s getpid %s, own pid ns %s, child pid %d ppid %d", en(r), getpid() == me ? "same" : "new", myns("pid") == a ? "same" : "new", v[0],
           v[1]);
  kill(h, 9);
}

static int c11d(void) {
  pid_t h = helper(CLONE_NEWPID);
  int f = nsof(h, "pid");
  drop();
  return SN(f, 0);
}

static int c11e(void) {
  int f = openns("pid");
  drop();
  return SN(f, 0);
}

static int c11f(void) { /* join a dead pid ns then fork */
  pid_t h = helper(CLONE_NEWPID);
  int f = nsof(h, "pid");
  kill(h, 9);
  usleep(30000);
  int r = SN(f, 0);
  if (r) return 600 + r;
  pid_t c = fork();
  if (c == 0) _exit(0);
  return c < 0 ? errno : 0;
}

static int c11g(void) { /* setns(pid) then thread */
  pid_t h = helper(CLONE_NEWPID);
  int f = nsof(h, "pid");
  int r = SN(f, 0);
  if (r) return 600 + r;
  r = trystk(CLONE_THREAD | CLONE_SIGHAND | CLONE_VM);
  kill(h, 9);
  return r;
}

static int c11h(void) { /* go back to own pid ns afterwards */
  pid_t h = helper(CLONE_NEWPID);
  int f = nsof(h, "pid"), o = openns("pid");
  if (SN(f, 0)) return 601;
  int r = SN(o, 0);
  kill(h, 9);
  return r ? r : trystk(CLONE_THREAD | CLONE_SIGHAND | CLONE_VM);
}

static int c11i(void) { /* after unshare(NEWPID), setns back to own */
  int o = openns("pid");
  if (unshare(CLONE_NEWPID)) return 601;
  int r = SN(o, 0);
  return r ? r : trystk(CLONE_THREAD | CLONE_SIGHAND | CLONE_VM);
}

static int c11j(void) { /* pid setns multithreaded */
  pid_t h = helper(CLONE_NEWPID);
  int f = nsof(h, "pid");
  mkthread();
  int r = SN(f, 0);
  kill(h, 9);
  return r;
}

static int c11k(void) { /* descendant two levels */
  int p[2];
  if (pipe(p)) return 900;
  pid_t c = fork();
  if (c == 0) {
    pds();
    unshare(CLONE_NEWPID);
    pid_t d = fork();
    if (d == 0) {
      pds();
      unshare(CLONE_NEWPID);
      pid_t e = fork();
      if (e == 0) {
        pds();
        pause();
      }
      if (write(p[1], &e, 4)) {}
      pause();
    }
    pause();
  }
  int e;
  if (read(p[0], &e, 4)) {} /* find the grandchild via NSpid: use pid_for_children of middle */
  char cmd[200];
  snprintf(cmd, 200, "/proc/%d/task/%d/children", c, c);
  FILE *F = fopen(cmd, "r");
  int d = 0;
  if (F && fscanf(F, "%d", &d) == 1) {}
  int f = nsof(d, "pid_for_children");
  if (f < 0) return 700 + errno;
  int r = SN(f, CLONE_NEWPID);
  kill(c, 9);
  kill(d, 9);
  return r;
}

static int c12(void) {
  pid_t h = helper(CLONE_NEWTIME);
  int f = nsof(h, "time");
  mkthread();
  int r = SN(f, 0);
  kill(h, 9);
  return r;
}

static int c12b(void) {
  pid_t h = helper(CLONE_NEWTIME);
  int f = nsof(h, "time");
  drop();
  mkthread();
  return SN(f, 0);
}

static int c12c(void) {
  pid_t h = helper(CLONE_NEWTIME);
  int f = nsof(h, "time");
  drop();
  return SN(f, 0);
}

static void c12d(char *b, int n) {
  pid_t h = helper(CLONE_NEWTIME);
  int f = nsof(h, "time");
  struct stat s;
  fstat(f, &s);
  int r = SN(f, 0);
  snprintf(b, n, "%s time=%s fc=%s", en(r), myns("time") == s.st_ino ? "target" : "old", myns("time_for_children") == s.st_ino ? "target" : "old");
  kill(h, 9);
}

static int c12e(void) { /* mm shared by other process (not a thread): current_is_single_threaded */
  pid_t h = helper(CLONE_NEWTIME);
  int f = nsof(h, "time");
  static char s2[65536] __attribute__((aligned(16)));
  pid_t c = clone((int (*)(void *))blocker, s2 + 65536, CLONE_VM | SIGCHLD, 0);
  usleep(2000);
  int r = SN(f, 0);
  kill(h, 9);
  kill(c, 9);
  return r;
}

static void c12f(char *b, int n) { /* setns to time_for_children of a process that has unshared but not forked */
  int p[2];
  if (pipe(p)) return;
  pid_t c = fork();
  if (c == 0) {
    pds();
    unshare(CLONE_NEWTIME);
    if (write(p[1], "x", 1)) {}
    pause();
  }
  char x;
  if (read(p[0], &x, 1)) {}
  int f = nsof(c, "time_for_children");
  int r = SN(f, 0);
  char pt[64];
  snprintf(pt, 64, "/proc/%d/timens_offsets", c);
  int w = wr(pt, "monotonic 5 0");
  snprintf(b, n, "%s; offsets then %s", en(r), en(w));
  kill(c, 9);
}

#define UP(n, fl, k)                                                                                                                                 \
  static int n(void) {                                                                                                                               \
    pid_t h = helper(fl);                                                                                                                            \
    int f = nsof(h, k);                                                                                                                              \
    drop();                                                                                                                                          \
    return SN(f, 0);                                                                                                                                 \
  }
UP(c13a, CLONE_NEWUTS, "uts")
UP(c13b, CLONE_NEWIPC, "ipc")
UP(c13c, CLONE_NEWNET, "net")
UP(c13d, CLONE_NEWCGROUP, "cgroup")
#define MT(n, fl, k)                                                                                                                                 \
  static int n(void) {                                                                                                                               \
    pid_t h = helper(fl);                                                                                                                            \
    int f = nsof(h, k);                                                                                                                              \
    mkthread();                                                                                                                                      \
    int r = SN(f, 0);                                                                                                                                \
    kill(h, 9);                                                                                                                                      \
    return r;                                                                                                                                        \
  }
MT(c13e, CLONE_NEWUTS, "uts")
MT(c13f, CLONE_NEWIPC, "ipc")
MT(c13g, CLONE_NEWNET, "net")
MT(c13h, CLONE_NEWCGROUP, "cgroup")

static int c13i(void) {
  int f = openns("uts");
  drop();
  return SN(f, 0);
} /* own uts ns, unpriv */

static int c13j(void) { /* inside own userns, join host-owned uts */
  int f = openns("uts");
  if (unshare(CLONE_NEWUSER)) return 900;
  return SN(f, 0);
}

static int c13k(void) { /* unpriv: own userns + uts inside; setns user then uts */
  drop();
  pid_t h = helper(CLONE_NEWUSER | CLONE_NEWUTS);
  int fu = nsof(h, "user"), ft = nsof(h, "uts");
  if (fu < 0 || ft < 0) return 900;
  int r = SN(ft, 0);
  kill(h, 9);
  return r;
}

static int c13l(void) {
  drop();
  pid_t h = helper(CLONE_NEWUSER | CLONE_NEWUTS);
  int fu = nsof(h, "user"), ft = nsof(h, "uts");
  int r = SN(fu, 0);
  if (r) return 600 + r;
  r = SN(ft, 0);
  kill(h, 9);
  return r;
}

static int PF(pid_t p, int fl) {
  int f = pidfd_open_(p, 0);
  if (f < 0) return 500 + errno;
  return SN(f, fl);
}

static int c14(void) {
  return PF(getpid(), 0);
}

static int c14b(void) {
  return PF(getpid(), CLONE_FS);
}

static int c14c(void) {
  return PF(getpid(), CLONE_NEWUTS | CLONE_VM);
}

static int c14d(void) {
  return PF(getpid(), NSALL);
}

static int c14e(void) {
  return PF(getpid(), CLONE_NEWUSER);
}

static int c14f(void) {
  return PF(getpid(), NSALL | CLONE_NEWUSER);
}

static int c14g(void) {
  pid_t c = fork();
  if (c == 0) _exit(0);
  int f = pidfd_open_(c, 0);
  waitpid(c, 0, 0);
  return SN(f, CLONE_NEWUTS);
}

static int c14h(void) {
  pid_t c = fork();
  if (c == 0) _exit(0);
  int f = pidfd_open_(c, 0);
  usleep(20000);
  return SN(f, CLONE_NEWUTS);
}

static int c14i(void) {
  pid_t h = helper(CLONE_NEWUTS);
  int f = pidfd_open_(h, 0);
  drop();
  return SN(f, CLONE_NEWUTS);
}

static int c14j(void) {
  pid_t h = helper(CLONE_NEWUTS | CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWCGROUP);
  int r = PF(h, CLONE_NEWUTS | CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWCGROUP);
  kill(h, 9);
  return r;
}

static int c14k(void) {
  drop();
  pid_t h = helper(CLONE_NEWUSER | CLONE_NEWUTS);
  int r = PF(h, CLONE_NEWUSER | CLONE_NEWUTS);
  kill(h, 9);
  return r;
}

static int c14l(void) {
  drop();
  pid_t h = helper(CLONE_NEWUSER | CLONE_NEWUTS);
  int r = PF(h, CLONE_NEWUTS);
  kill(h, 9);
  return r;
}

static int c14m(void) {
  drop();
  pid_t h = helper(CLONE_NEWUSER | CLONE_NEWUTS | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWCGROUP);
  int r = PF(h, CLONE_NEWUSER | CLONE_NEWUTS | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWCGROUP);
  kill(h, 9);
  return r;
}

static int c14n(void) {
  pid_t c = fork();
  if (c == 0) _exit(0);
  int f = pidfd_open_(c, 0);
  usleep(20000);
  return SN(f, 0);
}

static void c15(char *b, int n) { /* all or nothing: uts is validated first, time fails */
  mkthread();
  pid_t h2 = helper(CLONE_NEWUTS | CLONE_NEWTIME);
  ino_t u = myns("uts");
  int r = PF(h2, CLONE_NEWUTS | CLONE_NEWTIME);
  snprintf(b, n, "%s, uts %s", en(r), u == myns("uts") ? "unchanged" : "changed");
  kill(h2, 9);
}

static int c16(void) {
  pid_t h = helper(CLONE_NEWNS | CLONE_NEWUTS);
  static char s2[65536] __attribute__((aligned(16)));
  pid_t c = clone((int (*)(void *))blocker, s2 + 65536, CLONE_FS | SIGCHLD, 0);
  usleep(2000);
  int r = PF(h, CLONE_NEWNS | CLONE_NEWUTS);
  kill(h, 9);
  kill(c, 9);
  return r;
}

static int c16b(void) {
  pid_t h = helper(CLONE_NEWNS | CLONE_NEWUTS);
  static char s2[65536] __attribute__((aligned(16)));
  pid_t c = clone((int (*)(void *))blocker, s2 + 65536, CLONE_FS | SIGCHLD, 0);
  usleep(2000);
  int r = PF(h, CLONE_NEWNS);
  kill(h, 9);
  kill(c, 9);
  return r;
}

static int c16c(void) {
  pid_t h = helper(CLONE_NEWNS | CLONE_NEWUTS);
  mkthread();
  int r = PF(h, CLONE_NEWNS | CLONE_NEWUTS);
  kill(h, 9);
  return r;
}

static void c17(char *b, int n) { /* setns(user) gives full caps */
  drop();
  pid_t h = helper(CLONE_NEWUSER);
  int f = nsof(h, "user");
  int r = SN(f, 0);
  FILE *F = fopen("/proc/self/status", "r");
  char l[200], o[64] = "?";
  while (fgets(l, 200, F))
    if (!strncmp(l, "CapEff", 6)) sscanf(l, "CapEff: %63s", o);
  snprintf(b, n, "%s CapEff %s uid %d", en(r), o, getuid());
  kill(h, 9);
}

static void c18(char *b, int n) { /* pidfd NEWPID joins the target's active pid ns, not pid_for_children */
  int p[2];
  if (pipe(p)) return;
  pid_t c = fork();
  if (c == 0) {
    pds();
    unshare(CLONE_NEWPID);
    pid_t d = fork();
    if (d == 0) {
      pds();
      pause();
    }
    if (write(p[1], "x", 1)) {}
    pause();
  }
  char x;
  if (read(p[0], &x, 1)) {}
  ino_t own = myns("pid");
  int r = PF(c, CLONE_NEWPID);
  snprintf(b, n, "%s pid_for_children %s", en(r), myns("pid_for_children") == own ? "= own pid ns" : "= other");
  kill(c, 9);
}

static void c19(char *b, int n) { /* pidfd NEWTIME joins time_ns, not time_ns_for_children */
  int p[2];
  if (pipe(p)) return;
  pid_t c = fork();
  if (c == 0) {
    pds();
    unshare(CLONE_NEWTIME);
    if (write(p[1], "x", 1)) {}
    pause();
  }
  char x;
  if (read(p[0], &x, 1)) {}
  ino_t own = myns("time");
  int r = PF(c, CLONE_NEWTIME);
  snprintf(b, n, "%s time %s", en(r), myns("time") == own ? "unchanged" : "changed");
  kill(c, 9);
}

static int c20(void) { /* setns ipc drops sem undo: allowed in mt */
  pid_t h = helper(CLONE_NEWIPC);
  int r = PF(h, CLONE_NEWIPC);
  kill(h, 9);
  return r;
}

static void c21(char *b, int n) { /* setns with own time ns when time!=for_children resets for_children */
  int o = openns("time");
  unshare(CLONE_NEWTIME);
  ino_t a = myns("time");
  int r = SN(o, 0);
  snprintf(b, n, "%s for_children %s", en(r), myns("time_for_children") == a ? "reset to time" : "still new");
}

static int c22(void) { /* thread pidfd (PIDFD_THREAD) */
  int f = pidfd_open_(getpid(), O_EXCL);
  if (f < 0) return 500 + errno;
  return SN(f, CLONE_NEWUTS);
}

int main(void) {
  prepare();
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  mkdir("/tmp/rules/jail", 0755);
  chk("C1", "setns bad fd", EBADF, c1);
  chk("C1b", "setns fd -1", EBADF, c1b);
  chk("C2", "setns fd of /dev/null", EINVAL, c2);
  chk("C2b", "setns fd of /proc/self dir (not a pidfd)", EINVAL, c2b);
  chk("C2c", "setns fd of /proc/self/ns dir", EINVAL, c2c);
  chk("C2d", "setns O_PATH fd", EBADF, c2d);
  chk("C2e", "unpriv setns /dev/null: EINVAL not EPERM", EINVAL, c2e);
  chk("C3", "nstype mismatch", EINVAL, c3);
  chk("C3b", "unpriv nstype mismatch: EINVAL first", EINVAL, c3b);
  chk("C3c", "ns fd with two type bits", EINVAL, c3c);
  chk("C5a", "setns to own uts", 0, c5a);
  chk("C5b", "own ipc", 0, c5b);
  chk("C5c", "own net", 0, c5c);
  chk("C5d", "own mnt", 0, c5d);
  chk("C5e", "own pid", 0, c5e);
  chk("C5f", "own cgroup", 0, c5f);
  chk("C5g", "own time", 0, c5g);
  chk("C5h", "own user", EINVAL, c5h);
  chk("C5i", "own user nstype 0", EINVAL, c5i);
  chk("C5j", "own pid_for_children", 0, c5j);
  chk("C5k", "own time_for_children", 0, c5k);
  chks("C5n", "setns(mnt) to own ns moves cwd to /", "OK cwd=/", c5n);
  chks("C5o", "setns(mnt) resets a chroot", "OK; chroot escaped", c5o);
  chk("C6", "user ns, multithreaded", EINVAL, c6);
  chk("C6b", "root enters child user ns", 0, c6b);
  chk("C7", "user ns, fs shared", EINVAL, c7);
  chk("C8", "unpriv into root-owned userns", EPERM, c8);
  chk("C8b", "unpriv owner into its own child userns", 0, c8b);
  chk("C8c", "back to the parent user ns", EPERM, c8c);
  chk("C8d", "into a sibling user ns", EPERM, c8d);
  chk("C9", "unpriv+multithreaded into foreign userns: EINVAL first", EINVAL, c9);
  chk("C9b", "root enters a grandchild userns directly", 0, c9b);
  chk("C10", "mnt ns, fs shared", EINVAL, c10);
  chk("C10b", "mnt ns, multithreaded (threads share fs)", EINVAL, c10b);
  chk("C10c", "mnt ns, multithreaded, after unshare(FS)", 0, c10c);
  chk("C10d", "mnt ns w/o CAP_SYS_CHROOT", EPERM, c10d);
  chk("C10e", "mnt ns w/o CAP_SYS_ADMIN", EPERM, c10e);
  chk("C10f", "mnt ns unpriv", EPERM, c10f);
  chk("C10g", "mnt: no cap and fs shared: EPERM first", EPERM, c10g);
  chk("C10h", "own mnt ns unpriv", EPERM, c10h);
  chk("C11", "pid ns: ancestor", EINVAL, c11);
  chk("C11b", "pid ns: sibling", EINVAL, c11b);
  chks("C11c", "pid ns: descendant affects children only", "OK getpid same, own pid ns same, child pid 2 ppid 0", c11c);
  chk("C11d", "pid ns unpriv", EPERM, c11d);
  chk("C11e", "own pid ns unpriv", EPERM, c11e);
  chk("C11f", "join dead pid ns ok, fork fails", ENOMEM, c11f);
  chk("C11g", "setns(pid) then new thread", EINVAL, c11g);
  chk("C11h", "setns(pid) back to own, then thread", 0, c11h);
  chk("C11i", "unshare(NEWPID), setns back to own, then thread", 0, c11i);
  chk("C11j", "setns(pid) multithreaded", 0, c11j);
  chk("C11k", "descendant two levels down", 0, c11k);
  chk("C12", "time ns multithreaded", EUSERS, c12);
  chk("C12b", "time ns unpriv + multithreaded: EUSERS first", EUSERS, c12b);
  chk("C12c", "time ns unpriv", EPERM, c12c);
  chks("C12d", "setns(time) sets both", "OK time=target fc=target", c12d);
  chk("C12e", "time ns, mm shared with another process", EUSERS, c12e);
  chks("C12f", "joining a time ns freezes its offsets", "OK; offsets then EACCES", c12f);
  chk("C13a", "uts unpriv", EPERM, c13a);
  chk("C13b", "ipc unpriv", EPERM, c13b);
  chk("C13c", "net unpriv", EPERM, c13c);
  chk("C13d", "cgroup unpriv", EPERM, c13d);
  chk("C13e", "uts multithreaded", 0, c13e);
  chk("C13f", "ipc multithreaded", 0, c13f);
  chk("C13g", "net multithreaded", 0, c13g);
  chk("C13h", "cgroup multithreaded", 0, c13h);
  chk("C13i", "own uts unpriv", EPERM, c13i);
  chk("C13j", "from a child userns into host-owned uts", EPERM, c13j);
  chk("C13k", "unpriv owner: uts owned by its userns, without entering it", EPERM, c13k);
  chk("C13l", "unpriv owner: setns(user) then setns(uts)", 0, c13l);
  chk("C14", "pidfd flags 0", EINVAL, c14);
  chk("C14b", "pidfd CLONE_FS", EINVAL, c14b);
  chk("C14c", "pidfd NEWUTS|VM", EINVAL, c14c);
  chk("C14d", "pidfd self, all but user", 0, c14d);
  chk("C14e", "pidfd self NEWUSER", EINVAL, c14e);
  chk("C14f", "pidfd self all + user", EINVAL, c14f);
  chk("C14g", "pidfd of a reaped process", ESRCH, c14g);
  chk("C14h", "pidfd of a zombie", ESRCH, c14h);
  chk("C14n", "pidfd of a zombie with flags 0: EINVAL first", EINVAL, c14n);
  chk("C14i", "pidfd unpriv on a root process", EPERM, c14i);
  chk("C14j", "pidfd five types", 0, c14j);
  chk("C14k", "unpriv pidfd NEWUSER|NEWUTS of own child", 0, c14k);
  chk("C14l", "unpriv pidfd NEWUTS only", EPERM, c14l);
  chk("C14m", "unpriv pidfd NEWUSER + five", 0, c14m);
  chks("C15", "pidfd is all-or-nothing", "EUSERS, uts unchanged", c15);
  chk("C16", "pidfd NEWNS|NEWUTS with fs shared (the users test sees the private copy)", 0, c16);
  chk("C16b", "pidfd NEWNS with fs shared", EINVAL, c16b);
  chk("C16c", "pidfd NEWNS|NEWUTS multithreaded", 0, c16c);
  chks("C17", "setns(user): full caps, uid overflow", "OK CapEff 000001ffffffffff uid 65534", c17);
  chks("C18", "pidfd NEWPID uses the target's active pid ns", "OK pid_for_children = own pid ns", c18);
  chks("C19", "pidfd NEWTIME uses the target's time_ns", "OK time unchanged", c19);
  chk("C20", "pidfd NEWIPC", 0, c20);
  chks("C21", "setns(own time) resets time_for_children", "OK for_children reset to time", c21);
  chk("C22", "PIDFD_THREAD pidfd", 0, c22);
  summary();
  return 0;
}
