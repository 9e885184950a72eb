/* What a namespace does for who is in it: uts, ipc, mounts and propagation, pids, net [E…]. */
#include "rules.h"
#include <mqueue.h>

static int maproot(uid_t u, gid_t g) {
  char b[64];
  wr("/proc/self/setgroups", "deny");
  snprintf(b, 64, "0 %u 1", u);
  int e = wr("/proc/self/uid_map", b);
  if (e) return e;
  snprintf(b, 64, "0 %u 1", g);
  return wr("/proc/self/gid_map", b);
}

static void stat_field(const char *pth, const char *key, char *out, int n) {
  FILE *f = fopen(pth, "r");
  char l[512];
  out[0] = 0;
  while (f && fgets(l, 512, f))
    if (!strncmp(l, key, strlen(key))) {
      l[strcspn(l, "\n")] = 0;
      snprintf(out, n, "%s", l);
    }
  if (f) fclose(f);
}

/* uts */
static void e1(char *b, int n) {
  struct utsname a, c;
  uname(&a);
  int p[2];
  if (pipe(p)) return;
  pid_t k = fork();
  if (k == 0) {
    unshare(CLONE_NEWUTS);
    struct utsname z;
    uname(&z);
    int same = !strcmp(z.nodename, a.nodename) && !strcmp(z.domainname, a.domainname);
    sethostname("inner", 5);
    if (write(p[1], &same, 4)) {}
    _exit(0);
  }
  int s = 0;
  if (read(p[0], &s, 4)) {}
  waitpid(k, 0, 0);
  uname(&c);
  snprintf(b, n, "copied %d, parent %s", s, strcmp(c.nodename, a.nodename) ? "changed" : "unchanged");
}

static int e1b(void) {
  drop();
  return sethostname("x", 1) ? errno : 0;
}

static int e1c(void) {
  unshare(CLONE_NEWUTS);
  char l[65];
  memset(l, 'a', 65);
  return sethostname(l, 65) ? errno : 0;
}

static int e1d(void) {
  unshare(CLONE_NEWUTS);
  char l[65];
  memset(l, 'a', 65);
  return sethostname(l, 64) ? errno : 0;
}

static int e1e(void) {
  drop();
  unshare(CLONE_NEWUSER);
  return sethostname("x", 1) ? errno : 0;
}

static int e1f(void) {
  drop();
  unshare(CLONE_NEWUSER | CLONE_NEWUTS);
  return sethostname("x", 1) ? errno : 0;
}

static int e1g(void) {
  drop();
  unshare(CLONE_NEWUSER | CLONE_NEWUTS);
  return setdomainname("x", 1) ? errno : 0;
}

static int e1h(void) {
  unshare(CLONE_NEWUTS);
  return sethostname("", 0) ? errno : 0;
}

/* ipc */
static void e2(char *b, int n) {
  int q = msgget(0x7531, IPC_CREAT | 0600);
  int sh = shmget(0x7532, 4096, IPC_CREAT | 0600);
  int p[2];
  if (pipe(p)) return;
  pid_t k = fork();
  if (k == 0) {
    unshare(CLONE_NEWIPC);
    int a = msgget(0x7531, 0);
    int ea = errno;
    int c = shmget(0x7532, 0, 0);
    int ec = errno;
    int d = msgget(0x7531, IPC_CREAT | 0600);
    char o[200];
    int z = snprintf(o, 200, "msg %s shm %s new id %d", a < 0 ? en(ea) : "found", c < 0 ? en(ec) : "found", d);
    if (write(p[1], o, z + 1)) {}
    _exit(0);
  }
  if (read(p[0], b, n)) {}
  waitpid(k, 0, 0);
  int still = msgget(0x7531, 0) >= 0;
  sprintf(b + strlen(b), "; parent keeps its own %d", still);
  msgctl(q, IPC_RMID, 0);
  shmctl(sh, IPC_RMID, 0);
}

static void e2b(char *b, int n) {
  mqd_t m = mq_open("/ksemq", O_CREAT | O_RDWR, 0600, NULL);
  int p[2];
  if (pipe(p)) return;
  pid_t k = fork();
  if (k == 0) {
    unshare(CLONE_NEWIPC);
    mqd_t x = mq_open("/ksemq", O_RDWR);
    int e = errno;
    struct mq_attr at;
    int g = mq_getattr(m, &at);
    char o[100];
    int z = snprintf(o, 100, "new ns mq_open %s, inherited mqd still works %d", x == (mqd_t)-1 ? en(e) : "found", g == 0);
    if (write(p[1], o, z + 1)) {}
    _exit(0);
  }
  if (read(p[0], b, n)) {}
  waitpid(k, 0, 0);
  mq_unlink("/ksemq");
}

static void e2c(char *b, int n) { /* msg queues vanish with the ns */
  int p[2];
  if (pipe(p)) return;
  pid_t k = fork();
  if (k == 0) {
    unshare(CLONE_NEWIPC);
    msgget(0x7533, IPC_CREAT | 0600);
    pid_t j = fork();
    if (j == 0) {
      int r = msgget(0x7533, 0) >= 0;
      if (write(p[1], &r, 4)) {}
      _exit(0);
    }
    waitpid(j, 0, 0);
    _exit(0);
  }
  int r = 0;
  if (read(p[0], &r, 4)) {}
  snprintf(b, n, "child of the new ns sees the queue %d", r);
}

static int e2d(void) {
  int sh = shmget(IPC_PRIVATE, 4096, 0600);
  char *a = shmat(sh, 0, 0);
  a[0] = 'q';
  unshare(CLONE_NEWIPC);
  int ok = a[0] == 'q';
  int r = shmctl(sh, IPC_RMID, 0) ? errno : 0;
  return ok ? r : 999;
}

static int e2e(void) {
  drop();
  unshare(CLONE_NEWUSER | CLONE_NEWIPC);
  return msgget(5, IPC_CREAT | 0600) < 0 ? errno : 0;
}

/* mnt */
static int prv(void) {
  if (unshare(CLONE_NEWNS)) return 1;
  return mount("none", "/", 0, MS_REC | MS_PRIVATE, 0);
}

static void e3(char *b, int n) {
  if (prv()) return;
  mkdir("/tmp/rules/mm", 0755);
  mount("t", "/tmp/rules/mm", "tmpfs", 0, 0);
  int p[2], q[2];
  if (pipe(p) || pipe(q)) return;
  pid_t k = fork();
  if (k == 0) {
    unshare(CLONE_NEWNS);
    mkdir("/tmp/rules/mm/priv", 0755);
    int m = mount("t", "/tmp/rules/mm/priv", "tmpfs", 0, 0);
    close(open("/tmp/rules/mm/priv/f", O_CREAT | O_WRONLY, 0600));
    if (write(p[1], "x", 1)) {}
    char c;
    if (read(q[0], &c, 1)) {}
    _exit(m);
  }
  char c;
  if (read(p[0], &c, 1)) {}
  int seen = access("/tmp/rules/mm/priv/f", F_OK) == 0;
  int dir = access("/tmp/rules/mm/priv", F_OK) == 0;
  if (write(q[1], "x", 1)) {}
  waitpid(k, 0, 0);
  snprintf(b, n, "private: dir visible %d, mount visible %d", dir, seen);
}

static void prop(char *b, int n, unsigned long type, unsigned long extra) {
  if (prv()) return;
  mkdir("/tmp/rules/mm", 0755);
  mount("t", "/tmp/rules/mm", "tmpfs", 0, 0);
  mkdir("/tmp/rules/mm/a", 0755);
  mkdir("/tmp/rules/mm/b", 0755);
  mount("none", "/tmp/rules/mm", 0, type, 0);
  int p[2], q[2];
  if (pipe(p) || pipe(q)) return;
  pid_t k = fork();
  if (k == 0) {
    int r = unshare(CLONE_NEWNS | extra);
    if (extra) maproot(0, 0);
    mount("t", "/tmp/rules/mm/a", "tmpfs", 0, 0);
    close(open("/tmp/rules/mm/a/f", O_CREAT | O_WRONLY, 0600));
    if (write(p[1], "x", 1)) {}
    char c;
    if (read(q[0], &c, 1)) {}
    int s = access("/tmp/rules/mm/b/f", F_OK) == 0;
    if (write(p[1], s ? "1" : "0", 1)) {}
    _exit(r);
  }
  char c;
  if (read(p[0], &c, 1)) {}
  int up = access("/tmp/rules/mm/a/f", F_OK) == 0;
  mount("t", "/tmp/rules/mm/b", "tmpfs", 0, 0);
  close(open("/tmp/rules/mm/b/f", O_CREAT | O_WRONLY, 0600));
  if (write(q[1], "x", 1)) {}
  if (read(p[0], &c, 1)) {}
  waitpid(k, 0, 0);
  snprintf(b, n, "child->parent %d, parent->child %c", up, c);
}

static void e3b(char *b, int n) {
  prop(b, n, MS_PRIVATE, 0);
}

static void e3c(char *b, int n) {
  prop(b, n, MS_SHARED, 0);
}

static void e3d(char *b, int n) {
  prop(b, n, MS_SHARED, CLONE_NEWUSER);
}

static void e3e(char *b, int n) {
  prop(b, n, MS_SLAVE, 0);
}

static void e3f(char *b, int n) {
  prop(b, n, MS_PRIVATE, CLONE_NEWUSER);
}

static int e3g(void) {
  if (prv()) return 9;
  mkdir("/tmp/rules/mm", 0755);
  mount("t", "/tmp/rules/mm", "tmpfs", 0, 0);
  if (unshare(CLONE_NEWUSER | CLONE_NEWNS)) return 8;
  maproot(0, 0);
  return umount2("/tmp/rules/mm", 0) ? errno : 0;
}

static int e3h(void) {
  if (prv()) return 9;
  mkdir("/tmp/rules/mm", 0755);
  mount("t", "/tmp/rules/mm", "tmpfs", 0, 0);
  if (unshare(CLONE_NEWNS)) return 8;
  return umount2("/tmp/rules/mm", 0) ? errno : 0;
}

static int e3i(void) {
  if (prv()) return 9;
  mkdir("/tmp/rules/mm", 0755);
  mount("t", "/tmp/rules/mm", "tmpfs", MS_RDONLY | MS_NOSUID, 0);
  if (unshare(CLONE_NEWUSER | CLONE_NEWNS)) return 8;
  maproot(0, 0);
  return mount("none", "/tmp/rules/mm", 0, MS_REMOUNT | MS_BIND | MS_NOSUID, 0) ? errno : 0;
}

static int e3j(void) {
  drop();
  if (unshare(CLONE_NEWUSER)) return 8;
  maproot(1000, 1000);
  return mount("t", "/tmp", "tmpfs", 0, 0) ? errno : 0;
}

static int e3k(void) {
  drop();
  if (unshare(CLONE_NEWUSER | CLONE_NEWNS)) return 8;
  maproot(1000, 1000);
  return mount("t", "/tmp", "tmpfs", 0, 0) ? errno : 0;
}

static int e3l(void) {
  drop();
  if (unshare(CLONE_NEWUSER | CLONE_NEWNS)) return 8;
  maproot(1000, 1000);
  return mount("/dev/vda", "/mnt", "ext4", 0, 0) ? errno : 0;
}

static int e3m(void) {
  drop();
  if (unshare(CLONE_NEWUSER | CLONE_NEWNS)) return 8;
  maproot(1000, 1000);
  return mount("proc", "/tmp", "proc", 0, 0) ? errno : 0;
}

static int e3m2(void) {
  drop();
  if (unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID)) return 8;
  maproot(1000, 1000);
  int p[2];
  if (pipe(p)) return 9;
  pid_t c = fork();
  if (c == 0) {
    int e = mount("proc", "/tmp", "proc", 0, 0) ? errno : 0;
    if (write(p[1], &e, 4)) {}
    _exit(0);
  }
  int e;
  if (read(p[0], &e, 4)) {}
  return e;
}

static int e3n(void) {
  drop();
  if (unshare(CLONE_NEWUSER | CLONE_NEWNS)) return 8;
  maproot(1000, 1000);
  return mount("sysfs", "/tmp", "sysfs", 0, 0) ? errno : 0;
}

static void e3oo(char *b, int n, int keep) {
  char p1[64] = "";
  char l[1000];
  if (prv()) return;
  mkdir("/tmp/rules/mm", 0755);
  mount("t", "/tmp/rules/mm", "tmpfs", 0, 0);
  mount("none", "/tmp/rules/mm", 0, MS_SHARED, 0);
  pid_t k = 0;
  if (keep) {
    k = fork();
    if (k == 0) {
      pds();
      pause();
    }
  }
  if (unshare(CLONE_NEWUSER | CLONE_NEWNS)) return;
  FILE *f = fopen("/proc/self/mountinfo", "r");
  while (fgets(l, 1000, f))
    if (strstr(l, "/tmp/rules/mm ")) {
      if (strstr(l, "shared:")) strcat(p1, "shared ");
      if (strstr(l, "master:")) strcat(p1, "master");
    }
  snprintf(b, n, "[%s]", p1);
  if (k) kill(k, 9);
}

static void e3o(char *b, int n) {
  e3oo(b, n, 1);
}

static void e3o2(char *b, int n) {
  e3oo(b, n, 0);
}

static int e3p(void) { /* bind mount of own mnt ns file: loop */
  if (prv()) return 9;
  close(open("/tmp/rules/nsm", O_CREAT | O_WRONLY, 0600));
  return mount("/proc/self/ns/mnt", "/tmp/rules/nsm", 0, MS_BIND, 0) ? errno : 0;
}

static int e3q(void) {
  if (prv()) return 9;
  close(open("/tmp/rules/nsm", O_CREAT | O_WRONLY, 0600));
  return mount("/proc/self/ns/uts", "/tmp/rules/nsm", 0, MS_BIND, 0) ? errno : 0;
}

static int e3r(void) { /* bind a younger mnt ns into an older one */
  if (prv()) return 9;
  int p[2];
  if (pipe(p)) return 9;
  pid_t c = fork();
  if (c == 0) {
    pds();
    unshare(CLONE_NEWNS);
    if (write(p[1], "x", 1)) {}
    pause();
  }
  char x;
  if (read(p[0], &x, 1)) {}
  char f[64];
  snprintf(f, 64, "/proc/%d/ns/mnt", c);
  close(open("/tmp/rules/nsm", O_CREAT | O_WRONLY, 0600));
  int e = mount(f, "/tmp/rules/nsm", 0, MS_BIND, 0) ? errno : 0;
  kill(c, 9);
  return e;
}

/* pid */
static void e4(char *b, int n) {
  int p[2];
  if (pipe(p)) return;
  unshare(CLONE_NEWPID);
  pid_t c = fork();
  if (c == 0) {
    int v[3] = {getpid(), getppid(), getsid(0)};
    if (write(p[1], v, 12)) {}
    pause();
  }
  int v[3];
  if (read(p[0], v, 12)) {}
  char f[64], s[128];
  snprintf(f, 64, "/proc/%d/status", c);
  stat_field(f, "NSpid", s, 128);
  int x, y;
  sscanf(s, "NSpid: %d %d", &x, &y);
  snprintf(b, n, "getpid %d getppid %d getsid %d; NSpid outer %s inner %d", v[0], v[1], v[2], x == c ? "=child" : "?", y);
  kill(c, 9);
}

static void e4b(char *b, int n) { /* init ignores default-action signals from inside */
  int p[2];
  if (pipe(p)) return;
  unshare(CLONE_NEWPID);
  pid_t c = fork();
  if (c == 0) {
    pid_t k = fork();
    if (k == 0) {
      int a = kill(1, SIGTERM) ? errno : 0;
      int d = kill(1, SIGKILL) ? errno : 0;
      usleep(20000);
      int v[3] = {a, d, kill(1, 0) ? errno : 0};
      if (write(p[1], v, 12)) {}
      _exit(0);
    }
    waitpid(k, 0, 0);
    int z[3] = {7, 7, 7};
    if (write(p[1], z, 12)) {}
    pause();
  }
  int v[3] = {-1}, z[3] = {-1};
  if (read(p[0], v, 12)) {}
  if (read(p[0], z, 12)) {}
  snprintf(b, n, "kill TERM %s KILL %s, init alive %d", en(v[0]), en(v[1]), z[0] == 7);
  kill(c, 9);
}

static void e4c(char *b, int n) {
  unshare(CLONE_NEWPID);
  pid_t c = fork();
  if (c == 0) {
    pause();
    _exit(0);
  }
  usleep(3000);
  kill(c, SIGTERM);
  usleep(20000);
  int st;
  int alive = waitpid(c, &st, WNOHANG) == 0;
  kill(c, SIGKILL);
  int d = waitpid(c, &st, 0);
  snprintf(b, n, "outer SIGTERM (no handler): alive %d; outer SIGKILL: %s", alive, WIFSIGNALED(st) && WTERMSIG(st) == 9 ? "killed" : "?");
}

static void hnd(int s) {
  _exit(42);
}

static void e4d(char *b, int n) {
  unshare(CLONE_NEWPID);
  pid_t c = fork();
  if (c == 0) {
    signal(SIGTERM, hnd);
    pause();
    _exit(0);
  }
  usleep(3000);
  kill(c, SIGTERM);
  int st;
  waitpid(c, &st, 0);
  snprintf(b, n, "handler ran %d", WIFEXITED(st) && WEXITSTATUS(st) == 42);
}

static void e4e(char *b, int n) { /* orphan adoption */
  int p[2];
  if (pipe(p)) return;
  unshare(CLONE_NEWPID);
  pid_t c = fork();
  if (c == 0) {
    pid_t k = fork();
    if (k == 0) {
      pid_t g = fork();
      if (g == 0) {
        usleep(20000);
        int v = getppid();
        if (write(p[1], &v, 4)) {}
        _exit(0);
      }
      _exit(0);
    }
    waitpid(k, 0, 0);
    pause();
  }
  int v = -1;
  if (read(p[0], &v, 4)) {}
  snprintf(b, n, "orphan's getppid %d", v);
  kill(c, 9);
}

static void e4f(char *b, int n) { /* init exits: all members killed; exit waits */
  int p[2], q[2];
  if (pipe(p) || pipe(q)) return;
  unshare(CLONE_NEWPID);
  pid_t c = fork();
  if (c == 0) {
    pid_t k = fork();
    if (k == 0) {
      close(q[0]);
      if (write(p[1], "x", 1)) {}
      for (;;) pause();
    }
    usleep(5000);
    _exit(3);
  }
  close(q[1]);
  char x;
  if (read(p[0], &x, 1)) {}
  int st;
  waitpid(c, &st, 0);
  char y;
  int r = read(q[0], &y, 1);
  pid_t f = fork();
  if (f == 0) _exit(0);
  snprintf(b, n, "init exit %d, member gone %d, next fork %s", WEXITSTATUS(st), r == 0, f < 0 ? en(errno) : "ok");
}

static void e4g(char *b, int n) { /* child injected by setns is reparented/killed too */
  unshare(CLONE_NEWPID);
  pid_t c = fork();
  if (c == 0) {
    pause();
  }
  pid_t d = fork();
  if (d == 0) {
    pause();
  }
  usleep(3000);
  kill(c, 9);
  int st;
  waitpid(d, &st, 0);
  snprintf(b, n, "second child (ppid outside) died by %d", WIFSIGNALED(st) ? WTERMSIG(st) : 0);
}

static void e4h(char *b, int n) { /* init is not reapable until members gone: zombie member whose parent is outside */
  unshare(CLONE_NEWPID);
  pid_t c = fork();
  if (c == 0) {
    pause();
  }
  pid_t d = fork();
  if (d == 0) {
    pause();
  }
  usleep(3000);
  kill(c, 9);
  usleep(30000);
  int st;
  int r = waitpid(c, &st, WNOHANG);
  int r2 = waitpid(d, &st, 0);
  usleep(20000);
  int r3 = waitpid(c, &st, WNOHANG);
  snprintf(b, n, "init reapable before the outside-parented zombie is reaped: %d, after: %d", r == c, r3 == c);
}

static void e4i(char *b, int n) { /* kill(-1) from inside does not reach outside, pid invisible */
  int p[2];
  if (pipe(p)) return;
  pid_t me = getpid();
  unshare(CLONE_NEWPID);
  pid_t c = fork();
  if (c == 0) {
    int e = kill(me, 0) ? errno : 0;
    if (write(p[1], &e, 4)) {}
    _exit(0);
  }
  int e;
  if (read(p[0], &e, 4)) {}
  snprintf(b, n, "kill(outer pid) from inside: %s", me > 2 ? en(e) : "?");
}

static void e4j(char *b, int n) {
  unshare(CLONE_NEWPID);
  pid_t c = fork();
  if (c == 0) {
    pds();
    pause();
  }
  char f[64], s[128];
  snprintf(f, 64, "/proc/%d/status", c);
  stat_field(f, "NStgid", s, 128);
  int k = 0;
  for (char *q = s; *q; q++)
    if (*q == '\t') k++;
  char t[128];
  stat_field(f, "NSsid", t, 128);
  int z = -1;
  char *l = strrchr(t, '\t');
  if (l) z = atoi(l + 1);
  snprintf(b, n, "NStgid columns %d, inner NSsid %d", k, z);
  kill(c, 9);
}

static void e4k(char *b, int n) {
  int p[2];
  if (pipe(p)) return;
  unshare(CLONE_NEWPID);
  pid_t c = fork();
  if (c == 0) {
    int s = syscall(SYS_reboot, 0xfee1dead, 672274793, 0x01234567, 0);
    int e = errno;
    if (write(p[1], &e, 4)) {}
    _exit(5);
  }
  int st;
  waitpid(c, &st, 0);
  snprintf(b, n, "reboot(RESTART) in a child pid ns: init dies by signal %d", WIFSIGNALED(st) ? WTERMSIG(st) : -WEXITSTATUS(st));
}

static void e4l(char *b, int n) {
  int p[2];
  if (pipe(p)) return;
  unshare(CLONE_NEWPID);
  pid_t c = fork();
  if (c == 0) {
    syscall(SYS_reboot, 0xfee1dead, 672274793, 0x4321fedc, 0);
    _exit(5);
  }
  int st;
  waitpid(c, &st, 0);
  snprintf(b, n, "reboot(POWER_OFF): signal %d", WIFSIGNALED(st) ? WTERMSIG(st) : -WEXITSTATUS(st));
}

/* net */
static void e5(char *b, int n) {
  unshare(CLONE_NEWNET);
  struct if_nameindex *i = if_nameindex();
  int k = 0;
  char nm[20] = "";
  for (struct if_nameindex *j = i; j->if_index; j++) {
    k++;
    snprintf(nm, 20, "%s", j->if_name);
  }
  int s = socket(AF_INET, SOCK_DGRAM, 0);
  struct ifreq r;
  memset(&r, 0, sizeof r);
  strcpy(r.ifr_name, "lo");
  ioctl(s, SIOCGIFFLAGS, &r);
  snprintf(b, n, "%d interface(s): %s, up %d", k, nm, !!(r.ifr_flags & IFF_UP));
}

static int e5b(void) {
  drop();
  unshare(CLONE_NEWUSER);
  int s = socket(AF_INET, SOCK_DGRAM, 0);
  struct ifreq r;
  memset(&r, 0, sizeof r);
  strcpy(r.ifr_name, "lo");
  ioctl(s, SIOCGIFFLAGS, &r);
  r.ifr_flags |= IFF_UP;
  return ioctl(s, SIOCSIFFLAGS, &r) ? errno : 0;
}

static int e5c(void) {
  drop();
  unshare(CLONE_NEWUSER | CLONE_NEWNET);
  int s = socket(AF_INET, SOCK_DGRAM, 0);
  struct ifreq r;
  memset(&r, 0, sizeof r);
  strcpy(r.ifr_name, "lo");
  ioctl(s, SIOCGIFFLAGS, &r);
  r.ifr_flags |= IFF_UP;
  return ioctl(s, SIOCSIFFLAGS, &r) ? errno : 0;
}

static void e5d(char *b, int n) { /* socket keeps its ns */
  int s = socket(AF_INET, SOCK_DGRAM, 0);
  ino_t o = myns("net");
  unshare(CLONE_NEWNET);
  int f = ioctl(s, 0x894c /*SIOCGSKNS*/);
  struct stat st;
  fstat(f, &st);
  snprintf(b, n, "%s", st.st_ino == o ? "socket stays in the old net ns" : "?");
}

/* cgroup */
static void e7(char *b, int n) {
  int p[2];
  if (pipe(p)) return;
  mkdir(cgroup2("/ksem"), 0755);
  char pid[16];
  pid_t c = fork();
  if (c == 0) {
    snprintf(pid, 16, "%d", getpid());
    int e = wr(cgroup2("/ksem/cgroup.procs"), pid);
    char s1[200] = "", s2[200] = "";
    stat_field("/proc/self/cgroup", "0::", s1, 200);
    unshare(CLONE_NEWCGROUP);
    stat_field("/proc/self/cgroup", "0::", s2, 200);
    char s3[200] = "";
    char f[64];
    snprintf(f, 64, "/proc/%d/cgroup", getppid());
    stat_field(f, "0::", s3, 200);
    char o[400];
    int z = snprintf(o, 400, "%s %s then %s; other process %s", en(e), s1, s2, s3);
    if (write(p[1], o, z + 1)) {}
    _exit(0);
  }
  if (read(p[0], b, n)) {}
  waitpid(c, 0, 0);
  usleep(20000);
  rmdir(cgroup2("/ksem"));
}

int main(void) {
  prepare();
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  mkdir("/tmp/rules/jail", 0755);
  chks("E1", "uts copied, then independent", "copied 1, parent unchanged", e1);
  chk("E1b", "sethostname unpriv", EPERM, e1b);
  chk("E1c", "sethostname 65 bytes", EINVAL, e1c);
  chk("E1d", "sethostname 64 bytes", 0, e1d);
  chk("E1e", "NEWUSER only, then sethostname: uts is owned by the parent userns", EPERM, e1e);
  chk("E1f", "NEWUSER|NEWUTS, sethostname", 0, e1f);
  chk("E1g", "setdomainname", 0, e1g);
  chk("E1h", "sethostname empty", 0, e1h);
  chks("E2", "sysv ipc: new ns empty, ids restart", "msg ENOENT shm ENOENT new id 0; parent keeps its own 1", e2);
  chks("E2b", "posix mq", "new ns mq_open ENOENT, inherited mqd still works 1", e2b);
  chks("E2c", "children share the new ipc ns", "child of the new ns sees the queue 1", e2c);
  chk("E2d", "shm attached before unshare(NEWIPC): id no longer resolvable", EINVAL, e2d);
  chk("E2e", "msgget in unpriv userns+ipcns", 0, e2e);
  chks("E3", "mount in a private copy", "private: dir visible 1, mount visible 0", e3);
  chks("E3b", "propagation private", "child->parent 0, parent->child 0", e3b);
  chks("E3c", "propagation shared, same userns", "child->parent 1, parent->child 1", e3c);
  chks("E3d", "propagation shared, NEWUSER|NEWNS: slave", "child->parent 0, parent->child 1", e3d);
  chks("E3e", "slave of a private = private", "child->parent 0, parent->child 0", e3e);
  chks("E3f", "private, NEWUSER|NEWNS", "child->parent 0, parent->child 0", e3f);
  chks("E3o", "mountinfo tags of a shared mount seen in NEWUSER|NEWNS", "[master]", e3o);
  chks("E3o2", "same, but the old mnt ns died with the switch: no master left", "[]", e3o2);
  chk("E3g", "umount of an inherited mount in less privileged mnt ns (MNT_LOCKED)", EINVAL, e3g);
  chk("E3h", "umount of an inherited mount, same userns", 0, e3h);
  chk("E3i", "remount ro->rw of an inherited mount (locked flag)", EPERM, e3i);
  chk("E3j", "NEWUSER only: mount", EPERM, e3j);
  chk("E3k", "NEWUSER|NEWNS: mount tmpfs", 0, e3k);
  chk("E3l", "NEWUSER|NEWNS: mount a block device", EPERM, e3l);
  chk("E3m", "NEWUSER|NEWNS without NEWPID: mount proc", EPERM, e3m);
  chk("E3m2", "NEWUSER|NEWNS|NEWPID child: mount proc", 0, e3m2);
  chk("E3n", "NEWUSER|NEWNS without NEWNET: mount sysfs", EPERM, e3n);
  chk("E3p", "bind mount own mnt ns file (loop)", EINVAL, e3p);
  chk("E3q", "bind mount uts ns file", 0, e3q);
  chk("E3r", "bind mount a younger mnt ns file", 0, e3r);
  chks("E4", "pid ns init", "getpid 1 getppid 0 getsid 0; NSpid outer =child inner 1", e4);
  chks("E4b", "signals from inside to init", "kill TERM OK KILL OK, init alive 1", e4b);
  chks("E4c", "signals from the parent ns to init", "outer SIGTERM (no handler): alive 1; outer SIGKILL: killed", e4c);
  chks("E4d", "outer SIGTERM with a handler", "handler ran 1", e4d);
  chks("E4e", "orphans go to pid 1", "orphan's getppid 1", e4e);
  chks("E4f", "exit of init", "init exit 3, member gone 1, next fork ENOMEM", e4f);
  chks("E4g", "member whose parent is outside", "second child (ppid outside) died by 9", e4g);
  chks("E4h", "init waits for zombies of outside parents", "init reapable before the outside-parented zombie is reaped: 0, after: 1", e4h);
  chks("E4i", "outer pids invisible", "kill(outer pid) from inside: ESRCH", e4i);
  chks("E4j", "status fields", "NStgid columns 2, inner NSsid 0", e4j);
  chks("E4k", "reboot in pid ns", "reboot(RESTART) in a child pid ns: init dies by signal 1", e4k);
  chks("E4l", "poweroff in pid ns", "reboot(POWER_OFF): signal 2", e4l);
  chks("E5", "fresh net ns", "1 interface(s): lo, up 0", e5);
  chk("E5b", "NEWUSER only: ifup lo", EPERM, e5b);
  chk("E5c", "NEWUSER|NEWNET: ifup lo", 0, e5c);
  chks("E5d", "sockets keep their net ns", "socket stays in the old net ns", e5d);
  chks("E7", "cgroup view", "OK 0::/ksem then 0::/; other process 0::/..", e7);
  summary();
  return 0;
}
