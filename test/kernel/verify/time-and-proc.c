/* Time namespaces and /proc/PID/ns [G… H…]. */
#include "rules.h"

static int to(const char *s) {
  return wr("/proc/self/timens_offsets", s);
}

#define T(nm, e)                                                                                                                                     \
  static int nm(void) {                                                                                                                              \
    if (unshare(CLONE_NEWTIME)) return 900;                                                                                                          \
    return e;                                                                                                                                        \
  }
T(g1, to("monotonic 100 0"))
T(g1b, to("1 100 0"))
T(g1c, to("boottime 100 5"))
T(g1d, to("7 100 5"))
T(g1e, to("monotonic 100 0\nboottime 200 0\n"))
T(g1f, to("realtime 5 0"))
T(g1g, to("0 5 0"))
T(g1h, to("monotonic 5 1000000000"))
T(g1i, to("monotonic 5 -1"))
T(g1j, to("monotonic 9223372036 0"))
T(g1k, to("monotonic -100000000 0"))
T(g1l, to("monotonic 9300000000 0"))
T(g1m, to("monotonic 5"))
T(g1n, to("monotonic 9300000000 1000000000"))
T(g1o, to("monotonic 1 0\nmonotonic 1 0\nmonotonic 1 0"))
T(g1p, to(""))
T(g1q, to("monotonic -1 0"))

static int g2(void) {
  return to("monotonic 100 0");
}

static int g2b(void) {
  drop();
  return to("monotonic 100 0");
}

static int g3(void) {
  if (unshare(CLONE_NEWTIME)) return 900;
  pid_t c = fork();
  if (c == 0) _exit(0);
  waitpid(c, 0, 0);
  return to("monotonic 100 0");
}

static int g3b(void) {
  if (unshare(CLONE_NEWTIME)) return 900;
  if (to("monotonic 100 0")) return 901;
  return to("monotonic 200 0");
}

static int g3c(void) {
  if (unshare(CLONE_NEWTIME)) return 900;
  pid_t c = vfork();
  if (c == 0) _exit(0);
  waitpid(c, 0, 0);
  return to("monotonic 100 0");
}

static void g4(char *b, int n) {
  struct timespec a, m, x;
  unshare(CLONE_NEWTIME);
  to("monotonic 1000 0\nboottime 5000 0");
  clock_gettime(CLOCK_MONOTONIC, &a);
  clock_gettime(CLOCK_BOOTTIME, &m);
  clock_gettime(CLOCK_REALTIME, &x);
  int p[2];
  if (pipe(p)) return;
  pid_t c = fork();
  if (c == 0) {
    struct timespec v[6];
    clock_gettime(CLOCK_MONOTONIC, v);
    clock_gettime(CLOCK_BOOTTIME, v + 1);
    clock_gettime(CLOCK_REALTIME, v + 2);
    syscall(SYS_clock_gettime, CLOCK_MONOTONIC, v + 3);
    clock_gettime(CLOCK_MONOTONIC_RAW, v + 4);
    clock_gettime(CLOCK_MONOTONIC_COARSE, v + 5);
    if (write(p[1], v, sizeof v)) {}
    _exit(0);
  }
  struct timespec v[6];
  if (read(p[0], v, sizeof v)) {}
  struct timespec r;
  clock_gettime(CLOCK_MONOTONIC_RAW, &r);
  snprintf(b, n, "mono +%ld boot +%ld real +%ld syscall-mono +%ld raw +%ld coarse +%ld", (long)(v[0].tv_sec - a.tv_sec),
           (long)(v[1].tv_sec - m.tv_sec), (long)(v[2].tv_sec - x.tv_sec), (long)(v[3].tv_sec - a.tv_sec), (long)(v[4].tv_sec - r.tv_sec) / 100 * 100,
           (long)(v[5].tv_sec - a.tv_sec) / 100 * 100);
}

static void g5(char *b, int n) {
  unshare(CLONE_NEWTIME);
  to("monotonic 1000 7");
  char o[200] = "";
  int f = open("/proc/self/timens_offsets", O_RDONLY);
  if (read(f, o, 199)) {}
  for (char *q = o; *q; q++)
    if (*q == '\n') *q = '/';
  snprintf(b, n, "%s", o);
}

static void g6(char *b, int n) { /* nested: offsets copied from the parent ns */
  unshare(CLONE_NEWTIME);
  to("monotonic 1000 0");
  int p[2];
  if (pipe(p)) return;
  pid_t c = fork();
  if (c == 0) {
    unshare(CLONE_NEWTIME);
    char o[200] = "";
    int f = open("/proc/self/timens_offsets", O_RDONLY);
    if (read(f, o, 199)) {}
    long s;
    sscanf(o, "monotonic %ld", &s);
    int e = to("monotonic 2000 0");
    char z[100];
    int k = snprintf(z, 100, "inherited %ld, rewrite %s", s, en(e));
    if (write(p[1], z, k + 1)) {}
    _exit(0);
  }
  if (read(p[0], b, n)) {}
}

static void g7(char *b, int n) {
  unshare(CLONE_NEWTIME);
  to("boottime 86400 0");
  FILE *f = fopen("/proc/uptime", "r");
  double u1;
  fscanf(f, "%lf", &u1);
  fclose(f);
  int p[2];
  if (pipe(p)) return;
  pid_t c = fork();
  if (c == 0) {
    FILE *g = fopen("/proc/uptime", "r");
    double u;
    fscanf(g, "%lf", &u);
    if (write(p[1], &u, 8)) {}
    _exit(0);
  }
  double u;
  if (read(p[0], &u, 8)) {}
  snprintf(b, n, "uptime +%ld", (long)(u - u1 + 0.5));
}

static int g8(void) {
  drop();
  if (unshare(CLONE_NEWUSER | CLONE_NEWTIME)) return 900;
  return to("monotonic 100 0");
}

static int g9(void) {
  drop();
  unshare(CLONE_NEWUSER);
  return to("monotonic 1 0");
}

/* proc */
static void h1(char *b, int n) {
  DIR *d = opendir("/proc/self/ns");
  struct dirent *e;
  b[0] = 0;
  while ((e = readdir(d)))
    if (e->d_name[0] != '.') sprintf(b + strlen(b), "%s ", e->d_name);
  b[strlen(b) - 1] = 0;
}

static void h2(char *b, int n) {
  const char *k[] = {"uts", "ipc", "mnt", "pid", "pid_for_children", "net", "user", "cgroup", "time", "time_for_children"};
  b[0] = 0;
  for (int i = 0; i < 10; i++) {
    char p[64], l[64];
    snprintf(p, 64, "/proc/self/ns/%s", k[i]);
    ssize_t r = readlink(p, l, 63);
    if (r < 0) r = 0;
    l[r] = 0;
    char *q = strchr(l, '[');
    sprintf(b + strlen(b), "%s%.*s:%lx", i ? " " : "", (int)(q ? q - l - 1 : 0), l, q ? strtoul(q + 1, 0, 10) : 0);
  }
}

static int h3(void) {
  drop();
  char l[64];
  return readlink("/proc/1/ns/uts", l, 63) < 0 ? errno : 0;
}

static int h3b(void) {
  drop();
  return open("/proc/1/ns/uts", O_RDONLY) < 0 ? errno : 0;
}

static int h3c(void) {
  drop();
  DIR *d = opendir("/proc/1/ns");
  return d ? 0 : errno;
}

static int h4(void) {
  char l[64];
  return readlink("/proc/self/ns/bogus", l, 63) < 0 ? errno : 0;
}

static void zomb(char *b, int n, const char *k) {
  pid_t c = fork();
  if (c == 0) _exit(0);
  usleep(10000);
  char p[64], l[64];
  snprintf(p, 64, "/proc/%d/ns/%s", c, k);
  ssize_t r = readlink(p, l, 63);
  int e1 = r < 0 ? errno : 0;
  int f = open(p, O_RDONLY);
  snprintf(b, n, "readlink %s open %s", en(e1), f < 0 ? en(errno) : "OK");
  waitpid(c, 0, 0);
}

static void h5a(char *b, int n) {
  zomb(b, n, "uts");
}

static void h5b(char *b, int n) {
  zomb(b, n, "user");
}

static void h5c(char *b, int n) {
  zomb(b, n, "pid");
}

static void h5d(char *b, int n) {
  zomb(b, n, "pid_for_children");
}

static void h5e(char *b, int n) {
  zomb(b, n, "mnt");
}

static void h5f(char *b, int n) {
  zomb(b, n, "time");
}

static void h6(char *b, int n) {
  struct stat a, c;
  lstat("/proc/self/ns/uts", &a);
  stat("/proc/self/ns/uts", &c);
  snprintf(b, n, "lstat mode %o, target mode %o", a.st_mode, c.st_mode);
}

static void h7(char *b, int n) { /* inum reuse */
  ino_t x[4];
  for (int i = 0; i < 4; i++) {
    int p[2];
    if (pipe(p)) return;
    pid_t c = fork();
    if (c == 0) {
      unshare(CLONE_NEWUTS);
      ino_t v = myns("uts");
      if (write(p[1], &v, 8)) {}
      _exit(0);
    }
    if (read(p[0], x + i, 8)) {}
    waitpid(c, 0, 0);
    close(p[0]);
    close(p[1]);
    usleep(5000);
  }
  snprintf(b, n, "4 short-lived uts ns: inums %s", x[0] == x[1] && x[1] == x[2] && x[2] == x[3] ? "all equal" : "differ");
}

static void h8(char *b, int n) { /* fd keeps the ns */
  int p[2];
  if (pipe(p)) return;
  int q[2];
  if (pipe(q)) return;
  pid_t c = fork();
  if (c == 0) {
    unshare(CLONE_NEWUTS);
    sethostname("kept", 4);
    if (write(p[1], "x", 1)) {}
    char x;
    if (read(q[0], &x, 1)) {}
    _exit(0);
  }
  char x;
  if (read(p[0], &x, 1)) {}
  char f[64];
  snprintf(f, 64, "/proc/%d/ns/uts", c);
  int fd = open(f, O_RDONLY);
  if (write(q[1], "x", 1)) {}
  waitpid(c, 0, 0);
  usleep(10000);
  setns(fd, 0);
  struct utsname u;
  uname(&u);
  snprintf(b, n, "%s", u.nodename);
}

static void h9(char *b, int n) { /* bind mount keeps the ns */
  unshare(CLONE_NEWNS);
  mount("none", "/", 0, MS_REC | MS_PRIVATE, 0);
  close(open("/tmp/rules/nsb", O_CREAT | O_WRONLY, 0600));
  int p[2], q[2];
  if (pipe(p) || pipe(q)) return;
  pid_t c = fork();
  if (c == 0) {
    unshare(CLONE_NEWUTS);
    sethostname("bound", 5);
    if (write(p[1], "x", 1)) {}
    char x;
    if (read(q[0], &x, 1)) {}
    _exit(0);
  }
  char x;
  if (read(p[0], &x, 1)) {}
  char f[64];
  snprintf(f, 64, "/proc/%d/ns/uts", c);
  int r = mount(f, "/tmp/rules/nsb", 0, MS_BIND, 0) ? errno : 0;
  if (write(q[1], "x", 1)) {}
  waitpid(c, 0, 0);
  int fd = open("/tmp/rules/nsb", O_RDONLY);
  int s = setns(fd, CLONE_NEWUTS) ? errno : 0;
  struct utsname u;
  uname(&u);
  snprintf(b, n, "bind %s setns %s %s", en(r), en(s), u.nodename);
}

static void h10(char *b, int n) {
  char l[64];
  struct stat s;
  readlink("/proc/self/ns/uts", l, 63);
  stat("/proc/self/ns/uts", &s);
  unsigned long v = 0;
  sscanf(l, "uts:[%lu]", &v);
  struct stat t;
  stat("/proc/self/ns/net", &t);
  snprintf(b, n, "ino matches %d, same st_dev for all %d", v == s.st_ino, s.st_dev == t.st_dev);
}

struct mover {
  ino_t me;
  int to;
};

static void *moves(void *a) {
  struct mover *x = a;
  unshare(CLONE_NEWUTS);
  ino_t v[2] = {nsino("/proc/self/ns/uts"), nsino("/proc/thread-self/ns/uts")};
  int r[2] = {v[0] == x->me, v[1] == x->me};
  write(x->to, r, 8);
  return 0;
}

static void h11(char *b, int n) { /* thread-self vs self after a thread unshares */
  int p[2];
  pipe(p);
  struct mover x = {myns("uts"), p[1]};
  pid_t c = fork();
  if (c == 0) {
    pthread_t t;
    pthread_create(&t, 0, moves, &x);
    pthread_join(t, 0);
    _exit(0);
  }
  int r[2];
  read(p[0], r, 8);
  snprintf(b, n, "self=%s thread-self=%s", r[0] ? "leader's" : "new", r[1] ? "leader's" : "new");
}

static void h12(char *b, int n) { /* ns link of another userns process by non-dumpable */
  drop();
  pid_t c = fork();
  if (c == 0) {
    pds();
    prctl(PR_SET_DUMPABLE, 0);
    pause();
  }
  usleep(3000);
  char p[64], l[64];
  snprintf(p, 64, "/proc/%d/ns/uts", c);
  ssize_t r = readlink(p, l, 63);
  snprintf(b, n, "%s", r < 0 ? en(errno) : "OK");
  kill(c, 9);
}

static void h13(char *b, int n) { /* 7.x: LIST namespaces syscall */
  long r = syscall(470, 0, 0, 0, 0);
  snprintf(b, n, "%s", r < 0 ? en(errno) : "ok");
}

int main(void) {
  prepare();
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  chk("G1", "timens_offsets monotonic 100 0", 0, g1);
  chk("G1b", "clock id 1", 0, g1b);
  chk("G1c", "boottime", 0, g1c);
  chk("G1d", "clock id 7", 0, g1d);
  chk("G1e", "two lines", 0, g1e);
  chk("G1f", "realtime", EINVAL, g1f);
  chk("G1g", "clock id 0", EINVAL, g1g);
  chk("G1h", "nsec = 1e9", EINVAL, g1h);
  chk("G1i", "nsec -1", EINVAL, g1i);
  chk("G1j", "sec above KTIME_SEC_MAX/2 sum", ERANGE, g1j);
  chk("G1k", "clock would become negative", ERANGE, g1k);
  chk("G1l", "sec > KTIME_SEC_MAX", ERANGE, g1l);
  chk("G1m", "missing field", EINVAL, g1m);
  chk("G1n", "both sec range and nsec bad: EINVAL first (6.x)", EINVAL, g1n);
  chk("G1o", "three lines: first two applied, short write", 0, g1o);
  chk("G1p", "empty", EINVAL, g1p);
  chk("G1q", "-1 second", 0, g1q);
  chk("G2", "offsets of the init time ns", EACCES, g2);
  chk("G2b", "unpriv on the init time ns", EPERM, g2b);
  chk("G3", "after the first child entered (frozen)", EACCES, g3);
  chk("G3b", "rewrite before first entry", 0, g3b);
  chk("G3c", "after a vfork child only (not entered)", 0, g3c);
  chk("G8", "unpriv NEWUSER|NEWTIME", 0, g8);
  chk("G9", "unpriv in userns, time ns owned by init", EPERM, g9);
  chks("G4", "clock effects", "mono +1000 boot +5000 real +0 syscall-mono +1000 raw +1000 coarse +1000", g4);
  chks("G5", "file format", "monotonic        1000         7/boottime            0         0/", g5);
  chks("G6", "nested time ns", "inherited 1000, rewrite OK", g6);
  chks("G7", "/proc/uptime", "uptime +86400", g7);
  chks("H1", "entries of /proc/self/ns in order", "net uts ipc pid pid_for_children user mnt cgroup time time_for_children", h1);
  chks("H2", "initial inums",
       "uts:effffffe ipc:efffffff mnt:effffff8 pid:effffffc pid:effffffc net:effffff9 user:effffffd cgroup:effffffb time:effffffa time:effffffa", h2);
  chk("H3", "readlink of another user's ns", EACCES, h3);
  chk("H3b", "open of another user's ns", EACCES, h3b);
  chk("H3c", "opendir of another user's ns dir", EACCES, h3c);
  chk("H4", "unknown entry", ENOENT, h4);
  chks("H5a", "zombie: uts", "readlink ENOENT open ENOENT", h5a);
  chks("H5b", "zombie: user", "readlink OK open OK", h5b);
  chks("H5c", "zombie: pid", "readlink OK open OK", h5c);
  chks("H5d", "zombie: pid_for_children", "readlink ENOENT open ENOENT", h5d);
  chks("H5e", "zombie: mnt", "readlink ENOENT open ENOENT", h5e);
  chks("H5f", "zombie: time", "readlink ENOENT open ENOENT", h5f);
  chks("H6", "modes", "lstat mode 120777, target mode 100444", h6);
  chks("H7", "inum reuse", "4 short-lived uts ns: inums all equal", h7);
  chks("H8", "open fd keeps a ns", "kept", h8);
  chks("H9", "bind mount keeps a ns", "bind OK setns OK bound", h9);
  chks("H10", "link number = st_ino", "ino matches 1, same st_dev for all 1", h10);
  chks("H11", "/proc/self is the leader", "self=leader's thread-self=new", h11);
  chks("H12", "non-dumpable same uid", "EACCES", h12);
  chks("H13", "listns(2) (6.19+)", "ENOSYS", h13);
  summary();
  return 0;
}
