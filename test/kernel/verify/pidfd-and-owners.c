/* pidfd ioctls, owners, and what stays after unshare [N…]. */
#include "rules.h"
#define PIDFS 0xFF
#define PG(n) _IO(PIDFS, n)

static int nsof(pid_t p, const char *n) {
  char f[64];
  snprintf(f, 64, "/proc/%d/ns/%s", p, n);
  return open(f, O_RDONLY | O_CLOEXEC);
}

/* pidfd GET_*_NAMESPACE ioctls (6.11+) */
static void n1(char *b, int n) {
  int pf = pidfd_open_(getpid(), 0);
  const char *k[] = {"cgroup", "ipc", "mnt", "net", "pid", "pid_for_children", "time", "time_for_children", "user", "uts"};
  b[0] = 0;
  for (int i = 0; i < 10; i++) {
    int f = ioctl(pf, PG(i + 1), 0);
    struct stat s;
    int ok = 0;
    if (f >= 0) {
      fstat(f, &s);
      ok = s.st_ino == myns(k[i]);
    }
    sprintf(b + strlen(b), "%s%s", i ? " " : "", f < 0 ? en(errno) : ok ? "match" : "differ");
  }
}

static void n2(char *b, int n) {
  unshare(CLONE_NEWPID);
  int pf = pidfd_open_(getpid(), 0);
  int f = ioctl(pf, PG(6), 0);
  snprintf(b, n, "%s", f < 0 ? en(errno) : "fd");
}

static void n3(char *b, int n) {
  pid_t c = fork();
  if (c == 0) _exit(0);
  int pf = pidfd_open_(c, 0);
  usleep(10000);
  int f = ioctl(pf, PG(10), 0);
  int e = errno;
  int g = ioctl(pf, PG(9), 0);
  snprintf(b, n, "zombie uts %s user %s", f < 0 ? en(e) : "fd", g < 0 ? en(errno) : "fd");
  waitpid(c, 0, 0);
}

static int n4(void) {
  pid_t c = fork();
  if (c == 0) {
    pds();
    pause();
  }
  int pf = pidfd_open_(c, 0);
  drop();
  int f = ioctl(pf, PG(10), 0);
  int e = f < 0 ? errno : 0;
  return e;
}

static int n5(void) {
  int pf = pidfd_open_(getpid(), 0);
  int f = ioctl(pf, PG(10), 1);
  return f < 0 ? errno : 0;
}

/* a member process created by an outside parent: getppid==0, reparent to init after parent exit */
static void n6(char *b, int n) {
  int p[2];
  if (pipe(p)) return;
  pid_t par = fork();
  if (par == 0) {
    unshare(CLONE_NEWPID);
    pid_t a = fork();
    if (a == 0) {
      prctl(PR_SET_PDEATHSIG, 0);
      sleep(2);
      _exit(0);
    }
    pid_t d = fork();
    if (d == 0) {
      int v = getppid();
      write(p[1], &v, 4);
      usleep(60000);
      v = getppid();
      write(p[1], &v, 4);
      _exit(0);
    }
    usleep(20000);
    _exit(0);
  }
  waitpid(par, 0, 0);
  int a, c;
  read(p[0], &a, 4);
  read(p[0], &c, 4);
  snprintf(b, n, "ppid %d, after the outside parent exits %d", a, c);
}

/* first process of the ns whose creator exits: reparented outside */
static void n7(char *b, int n) {
  int p[2];
  if (pipe(p)) return;
  pid_t par = fork();
  if (par == 0) {
    unshare(CLONE_NEWPID);
    pid_t a = fork();
    if (a == 0) {
      usleep(50000);
      int v[2] = {getpid(), getppid()};
      write(p[1], v, 8);
      _exit(0);
    }
    usleep(10000);
    _exit(0);
  }
  waitpid(par, 0, 0);
  int v[2];
  read(p[0], v, 8);
  snprintf(b, n, "init pid %d ppid %d", v[0], v[1]);
}

/* user ns ownership: 2nd level */
static int n8(void) { /* parent-owner of ns has caps also over grandchildren? owner rule is for child of my ns only */
  drop();
  int p[2];
  if (pipe(p)) return 1;
  pid_t c = fork();
  if (c == 0) {
    unshare(CLONE_NEWUSER);
    wr("/proc/self/setgroups", "deny");
    wr("/proc/self/uid_map", "0 1000 1");
    wr("/proc/self/gid_map", "0 1000 1");
    unshare(CLONE_NEWUSER);
    prctl(PR_SET_DUMPABLE, 1);
    alarm(2);
    write(p[1], "x", 1);
    pause();
  }
  char x;
  read(p[0], &x, 1);
  int f = nsof(c, "user");
  if (f < 0) return 900 + errno;
  int r = setns(f, 0) ? errno : 0;
  kill(c, 9);
  return r;
}

static int n9(void) { /* different euid in the parent ns is not owner */
  int p[2];
  if (pipe(p)) return 1;
  pid_t c = fork();
  if (c == 0) {
    drop();
    unshare(CLONE_NEWUSER);
    prctl(PR_SET_DUMPABLE, 1);
    alarm(2);
    write(p[1], "x", 1);
    pause();
  }
  char x;
  read(p[0], &x, 1);
  int f = nsof(c, "user");
  setresgid(2000, 2000, 2000);
  setresuid(2000, 2000, 2000);
  int r = setns(f, 0) ? errno : 0;
  return r;
}

static void
n10(char *b, int n) { /* caps across: process in child userns vs net owned by parent: even full caps give EPERM; and owner outside can act inside */
  drop();
  int p[2];
  if (pipe(p)) return;
  pid_t c = fork();
  if (c == 0) {
    unshare(CLONE_NEWUSER | CLONE_NEWUTS);
    prctl(PR_SET_DUMPABLE, 1);
    alarm(3);
    write(p[1], "x", 1);
    pause();
  }
  char x;
  read(p[0], &x, 1);
  int fu = nsof(c, "uts");
  int e = setns(fu, 0) ? errno : 0;
  int fus = nsof(c, "user");
  int e2 = setns(fus, 0) ? errno : 0;
  int e3 = setns(fu, 0) ? errno : 0;
  int e4 = sethostname("o", 1) ? errno : 0;
  snprintf(b, n, "uts %s; user %s; then uts %s; sethostname %s", en(e), en(e2), en(e3), en(e4));
  kill(c, 9);
}

static void n11(char *b, int n) { /* dumpable cleared by unshare(NEWUSER)? */
  drop();
  int d0 = prctl(PR_GET_DUMPABLE);
  unshare(CLONE_NEWUSER);
  snprintf(b, n, "dumpable %d -> %d", d0, (int)prctl(PR_GET_DUMPABLE));
}

static void n12(char *b, int n) { /* pdeath_signal cleared */
  drop();
  prctl(PR_SET_PDEATHSIG, 9);
  unshare(CLONE_NEWUSER);
  int s = -1;
  prctl(PR_GET_PDEATHSIG, &s);
  int z = -1;
  prctl(PR_SET_PDEATHSIG, 9);
  unshare(CLONE_NEWUTS);
  prctl(PR_GET_PDEATHSIG, &z);
  snprintf(b, n, "NEWUSER -> %d, NEWUTS -> %d", s, z);
}

static void n13(char *b, int n) { /* new mount ns: same number of mounts, root=root; ns files of other mnt ns not copied */
  unshare(CLONE_NEWNS);
  mount("none", "/", 0, MS_REC | MS_PRIVATE, 0);
  FILE *f = fopen("/proc/self/mountinfo", "r");
  char l[2000];
  int a = 0;
  while (fgets(l, 2000, f)) a++;
  fclose(f);
  unshare(CLONE_NEWNS);
  f = fopen("/proc/self/mountinfo", "r");
  int c = 0;
  while (fgets(l, 2000, f)) c++;
  fclose(f);
  snprintf(b, n, "%s", a == c ? "same count" : "differs");
}

static void n14(char *b, int n) { /* mnt ns bind is dropped when the tree is copied */
  unshare(CLONE_NEWNS);
  mount("none", "/", 0, MS_REC | MS_PRIVATE, 0);
  int p[2];
  pipe(p);
  pid_t c = fork();
  if (c == 0) {
    pds();
    unshare(CLONE_NEWNS);
    write(p[1], "x", 1);
    pause();
  }
  char x;
  read(p[0], &x, 1);
  char s[64];
  snprintf(s, 64, "/proc/%d/ns/mnt", c);
  close(open("/tmp/rules/nsm", O_CREAT | O_WRONLY, 0600));
  int r = mount(s, "/tmp/rules/nsm", 0, MS_BIND, 0) ? errno : 0;
  close(open("/tmp/rules/nsu", O_CREAT | O_WRONLY, 0600));
  mount("/proc/self/ns/uts", "/tmp/rules/nsu", 0, MS_BIND, 0);
  unshare(CLONE_NEWNS);
  char l[2000];
  int a = 0, u = 0;
  FILE *f = fopen("/proc/self/mountinfo", "r");
  while (fgets(l, 2000, f)) {
    if (strstr(l, "/tmp/rules/nsm ")) a = 1;
    if (strstr(l, "/tmp/rules/nsu ")) u = 1;
  }
  snprintf(b, n, "bind %s; after NEWNS mnt-ns bind kept %d, uts bind kept %d", en(r), a, u);
  kill(c, 9);
}

static int n15(void) { /* CLONE_NEWNET in killable... */
  return 0;
}

static void n16(char *b, int n) { /* nested userns map shown from init */
  int p[2], q[2];
  pipe(p);
  pipe(q);
  pid_t c = fork();
  if (c == 0) {
    unshare(CLONE_NEWUSER);
    write(p[1], "x", 1);
    char x;
    read(q[0], &x, 1);
    unshare(CLONE_NEWUSER);
    wr("/proc/self/setgroups", "deny");
    int e = wr("/proc/self/uid_map", "5 7 1");
    write(p[1], &e, 1);
    pause();
  }
  char x;
  read(p[0], &x, 1);
  char f[64];
  snprintf(f, 64, "/proc/%d/uid_map", c);
  wr(f, "7 0 1000");
  snprintf(f, 64, "/proc/%d/gid_map", c);
  wr(f, "7 0 1000");
  write(q[1], "x", 1);
  read(p[0], &x, 1);
  snprintf(f, 64, "/proc/%d/uid_map", c);
  int fd = open(f, O_RDONLY);
  char o[100] = "";
  read(fd, o, 99);
  unsigned a1, a2, a3;
  sscanf(o, "%u %u %u", &a1, &a2, &a3);
  snprintf(b, n, "write err %d; from init: %u %u %u", x, a1, a2, a3);
  kill(c, 9);
}

int main(void) {
  prepare();
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  chks("N1", "pidfd PIDFD_GET_*_NAMESPACE", "match match match match match match match match match match", n1);
  chks("N2", "PIDFD_GET_PID_FOR_CHILDREN on an empty one", "fd", n2);
  chks("N3", "on a zombie", "zombie uts ESRCH user ESRCH", n3);
  chk("N4", "unpriv on a root process", EACCES, n4);
  chk("N5", "non-zero arg", EINVAL, n5);
  chks("N6", "child whose parent is outside: new parent is searched in the PARENT's pid ns", "ppid 0, after the outside parent exits 0", n6);
  chks("N7", "creator of the ns exits", "init pid 1 ppid 0", n7);
  chk("N8", "owner of the child userns enters the grandchild userns", 0, n8);
  chk("N9", "other uid in the parent userns", EPERM, n9);
  chks("N10", "owner outside", "uts EPERM; user OK; then uts OK; sethostname OK", n10);
  chks("N11", "dumpable after unshare(NEWUSER)", "dumpable 1 -> 1", n11);
  chks("N12", "pdeath_signal", "NEWUSER -> 9, NEWUTS -> 9", n12);
  chks("N13", "mount count after NEWNS", "same count", n13);
  chks("N14", "mnt-ns file binds are skipped when copying", "bind OK; after NEWNS mnt-ns bind kept 0, uts bind kept 1", n14);
  chks("N16", "nested map 5 7 1 (7 = host 0) seen from init: lower id translated to the reader", "write err 0; from init: 5 0 1", n16);
  summary();
  return 0;
}
