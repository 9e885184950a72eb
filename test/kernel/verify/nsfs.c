/* ioctls and files of nsfs [D…]. */
#include "rules.h"
#define NSIO 0xb7
#define G_USERNS _IO(NSIO, 1)
#define G_PARENT _IO(NSIO, 2)
#define G_TYPE _IO(NSIO, 3)
#define G_OUID _IO(NSIO, 4)
#define G_MNTID _IOR(NSIO, 5, uint64_t)
#define G_PIDFROM _IOR(NSIO, 6, int)
#define G_TGIDFROM _IOR(NSIO, 7, int)
#define G_PIDIN _IOR(NSIO, 8, int)
#define G_TGIDIN _IOR(NSIO, 9, int)

struct mni {
  uint32_t size, nr;
  uint64_t id;
};

#define G_MINFO _IOR(NSIO, 10, struct mni)
#define G_MNEXT _IOR(NSIO, 11, struct mni)
#define G_MPREV _IOR(NSIO, 12, struct mni)
#define G_ID _IOR(NSIO, 13, uint64_t)

static int io(const char *k, unsigned long c, void *a) {
  int r = ioctl(openns(k), c, a);
  return r < 0 ? errno : 0;
}

static int d1(void) {
  return io("uts", G_USERNS, 0);
}

static int d1b(void) {
  return io("user", G_USERNS, 0);
}

static int d1c(void) {
  return io("mnt", G_USERNS, 0);
}

static int d1d(void) {
  unshare(CLONE_NEWUSER);
  return io("uts", G_USERNS, 0);
} /* owner is parent: not visible */

static int d1e(void) {
  unshare(CLONE_NEWUSER | CLONE_NEWUTS);
  return io("uts", G_USERNS, 0);
}

static int d1f(void) {
  unshare(CLONE_NEWUSER);
  return io("user", G_USERNS, 0);
}

static void d1g(char *b, int n) {
  unshare(CLONE_NEWUSER | CLONE_NEWUTS);
  int r = ioctl(openns("uts"), G_USERNS);
  struct stat s;
  fstat(r, &s);
  snprintf(b, n, "%s", s.st_ino == myns("user") ? "own user ns" : "other");
}

static void d1h(char *b, int n) { /* NS_GET_USERNS == NS_GET_PARENT for user ns */
  int p[2];
  if (pipe(p)) return;
  pid_t c = fork();
  if (c == 0) {
    pds();
    unshare(CLONE_NEWUSER);
    pds();
    if (write(p[1], "x", 1)) {}
    pause();
  }
  char x;
  if (read(p[0], &x, 1)) {}
  char f[64];
  snprintf(f, 64, "/proc/%d/ns/user", c);
  int fd = open(f, O_RDONLY);
  struct stat s, t;
  fstat(ioctl(fd, G_USERNS), &s);
  fstat(ioctl(fd, G_PARENT), &t);
  snprintf(b, n, "%s %s", s.st_ino == t.st_ino ? "equal" : "differ", s.st_ino == myns("user") ? "init" : "?");
  kill(c, 9);
}

static int d2a(void) {
  return io("uts", G_PARENT, 0);
}

static int d2b(void) {
  return io("mnt", G_PARENT, 0);
}

static int d2c(void) {
  return io("net", G_PARENT, 0);
}

static int d2d(void) {
  return io("ipc", G_PARENT, 0);
}

static int d2e(void) {
  return io("cgroup", G_PARENT, 0);
}

static int d2f(void) {
  return io("time", G_PARENT, 0);
}

static int d2g(void) {
  return io("pid", G_PARENT, 0);
}

static int d2h(void) {
  return io("user", G_PARENT, 0);
}

static int d2i(void) { /* from the parent pid ns on a child one */
  int p[2];
  if (pipe(p)) return 9;
  if (unshare(CLONE_NEWPID)) return 900;
  pid_t c = fork();
  if (c == 0) {
    pds();
    pause();
  }
  usleep(3000);
  int fd = openns("pid_for_children");
  int r = ioctl(fd, G_PARENT);
  int e = r < 0 ? errno : 0;
  kill(c, 9);
  return e;
}

static int d2j(void) { /* from inside on own */
  int p[2];
  if (pipe(p)) return 9;
  if (unshare(CLONE_NEWPID)) return 900;
  pid_t c = fork();
  if (c == 0) {
    int e = io("pid", G_PARENT, 0);
    if (write(p[1], &e, 4)) {}
    _exit(0);
  }
  int e = 9;
  if (read(p[0], &e, 4)) {}
  return e;
}

static int d2k(void) {
  unshare(CLONE_NEWUSER);
  return io("user", G_PARENT, 0);
}

static void d3(char *b, int n) {
  const char *k[] = {"mnt", "uts", "ipc", "user", "pid", "net", "cgroup", "time", "pid_for_children", "time_for_children"};
  b[0] = 0;
  for (int i = 0; i < 10; i++) sprintf(b + strlen(b), "%s%x", i ? " " : "", ioctl(openns(k[i]), G_TYPE));
}

static int d4(void) {
  uid_t u;
  return io("uts", G_OUID, &u);
}

static void d4b(char *b, int n) {
  uid_t u = 7;
  int r = io("user", G_OUID, &u);
  snprintf(b, n, "%s %u", en(r), u);
}

static void d4c(char *b, int n) {
  drop();
  unshare(CLONE_NEWUSER);
  uid_t u = 7;
  int r = io("user", G_OUID, &u);
  snprintf(b, n, "%s %u", en(r), u);
}

static int d4d(void) {
  return io("user", G_OUID, 0);
}

static int d5(void) {
  return io("uts", _IO(NSIO, 99), 0);
}

static int d5b(void) {
  return io("uts", _IO('x', 99), 0);
}

static int d6(void) {
  uint64_t v;
  return io("uts", G_MNTID, &v);
}

static int d6b(void) {
  uint64_t v;
  return io("mnt", G_MNTID, &v);
}

static int d6c(void) {
  uint64_t v;
  return io("uts", G_ID, &v);
}

static void d6d(char *b, int n) {
  const char *k[] = {"mnt", "uts", "ipc", "user", "pid", "net", "cgroup", "time"};
  b[0] = 0;
  for (int i = 0; i < 8; i++) {
    uint64_t v = 0;
    ioctl(openns(k[i]), G_ID, &v);
    sprintf(b + strlen(b), "%s%s=%lu", i ? " " : "", k[i], v);
  }
}

static int d7(void) {
  return io("uts", G_PIDIN, (void *)1);
}

static void d7b(char *b, int n) {
  if (unshare(CLONE_NEWPID)) return;
  pid_t c = fork();
  if (c == 0) {
    pds();
    pause();
  }
  usleep(2000);
  int fd = openns("pid_for_children");
  int a = ioctl(fd, G_PIDIN, c), d = ioctl(fd, G_PIDFROM, 1), e = ioctl(fd, G_PIDIN, getpid());
  int ee = errno;
  int g = ioctl(fd, G_PIDFROM, 77);
  int ge = errno;
  snprintf(b, n, "in=%d from %s; self %s; pid77 %s", a, d == c ? "match" : "?", e < 0 ? en(ee) : "?", g < 0 ? en(ge) : "?");
  kill(c, 9);
}

static int d8(void) {
  struct mni m = {sizeof m};
  return io("mnt", G_MINFO, &m);
}

static int d8b(void) {
  struct mni m = {sizeof m};
  return io("uts", G_MINFO, &m);
}

static int d8c(void) {
  return io("mnt", G_MINFO, 0);
}

static int d8d(void) {
  struct mni m;
  int r = io("mnt", G_MPREV, &m);
  return r;
}

static int d8e(void) {
  drop();
  struct mni m;
  return io("mnt", G_MNEXT, &m);
}

static int d8f(void) {
  struct mni m;
  int p[2];
  if (pipe(p)) return 1;
  pid_t c = fork();
  if (c == 0) {
    pds();
    unshare(CLONE_NEWNS);
    if (write(p[1], "x", 1)) {}
    pause();
  }
  char x;
  if (read(p[0], &x, 1)) {}
  int r = io("mnt", G_MNEXT, &m);
  kill(c, 9);
  return r;
}

static int d9(void) { /* fd from O_RDWR */
  int f = open("/proc/self/ns/uts", O_RDWR);
  return f < 0 ? errno : 0;
}

static int d9b(void) {
  int f = open("/proc/self/ns/uts", O_WRONLY);
  return f < 0 ? errno : 0;
}

static void d10(char *b, int n) {
  struct stat s;
  stat("/proc/self/ns/uts", &s);
  int f = open("/proc/self/ns/uts", O_RDONLY);
  char x;
  ssize_t k = read(f, &x, 1);
  int e = errno;
  char l[64], p[64];
  snprintf(p, 64, "/proc/self/fd/%d", f);
  ssize_t q = readlink(p, l, 63);
  l[q < 0 ? 0 : q] = 0;
  char m[64];
  snprintf(m, 64, "uts:[%lu]", s.st_ino);
  snprintf(b, n, "mode %o read %s fdlink %s", s.st_mode, k < 0 ? en(e) : "ok", !strcmp(l, m) ? "type:[ino]" : l);
}

/* file handles (6.18+) */
struct fh {
  unsigned bytes;
  int type;
  unsigned char d[64];
};

static void d11(char *b, int n) {
  struct fh h = {.bytes = 64};
  int mid;
  int fd = openns("uts");
  int r = syscall(SYS_name_to_handle_at, fd, "", &h, &mid, 0x1000);
  int e = errno;
  if (r < 0) {
    snprintf(b, n, "encode %s", en(e));
    return;
  }
  int f2 = syscall(SYS_open_by_handle_at, fd, &h, O_RDONLY);
  int e2 = errno;
  struct stat s, t;
  fstat(fd, &s);
  if (f2 >= 0) fstat(f2, &t);
  snprintf(b, n, "encode OK %u bytes; open %s %s", h.bytes, f2 < 0 ? en(e2) : "OK", f2 >= 0 && s.st_ino == t.st_ino ? "same ns" : "");
}

int main(void) {
  prepare();
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  chk("D1", "NS_GET_USERNS on init uts", 0, d1);
  chk("D1b", "NS_GET_USERNS on init user ns", EPERM, d1b);
  chk("D1c", "NS_GET_USERNS on mnt", 0, d1c);
  chk("D1d", "in a child userns, on a uts owned by the parent", EPERM, d1d);
  chk("D1e", "in a child userns, on a uts owned by it", 0, d1e);
  chk("D1f", "on own (child) user ns: owner is the parent", EPERM, d1f);
  chks("D1g", "owner of a ns created with NEWUSER", "own user ns", d1g);
  chks("D1h", "user ns: USERNS == PARENT", "equal init", d1h);
  chk("D2a", "NS_GET_PARENT uts", EINVAL, d2a);
  chk("D2b", "NS_GET_PARENT mnt", EINVAL, d2b);
  chk("D2c", "NS_GET_PARENT net", EINVAL, d2c);
  chk("D2d", "NS_GET_PARENT ipc", EINVAL, d2d);
  chk("D2e", "NS_GET_PARENT cgroup", EINVAL, d2e);
  chk("D2f", "NS_GET_PARENT time", EINVAL, d2f);
  chk("D2g", "NS_GET_PARENT init pid", EPERM, d2g);
  chk("D2h", "NS_GET_PARENT init user", EPERM, d2h);
  chk("D2i", "NS_GET_PARENT child pid ns from parent", 0, d2i);
  chk("D2j", "NS_GET_PARENT own pid ns from inside", EPERM, d2j);
  chk("D2k", "NS_GET_PARENT own user ns from inside", EPERM, d2k);
  chks("D3", "NS_GET_NSTYPE mnt uts ipc user pid net cgroup time pid_fc time_fc",
       "20000 4000000 8000000 10000000 20000000 40000000 2000000 80 20000000 80", d3);
  chk("D4", "NS_GET_OWNER_UID on uts", EINVAL, d4);
  chks("D4b", "NS_GET_OWNER_UID on init user", "OK 0", d4b);
  chks("D4c", "unpriv, inside own unmapped userns", "OK 65534", d4c);
  chk("D4d", "NS_GET_OWNER_UID NULL pointer", EFAULT, d4d);
  chk("D5", "unknown nsfs ioctl", ENOTTY, d5);
  chk("D5b", "foreign ioctl magic", ENOTTY, d5b);
  chk("D6", "NS_GET_MNTNS_ID on uts", EINVAL, d6);
  chk("D6b", "NS_GET_MNTNS_ID on mnt", 0, d6b);
  chk("D6c", "NS_GET_ID on uts (6.18+)", 0, d6c);
  chk("D7", "NS_GET_PID_IN_PIDNS on uts", EINVAL, d7);
  chks("D7b", "pid translation", "in=1 from match; self ESRCH; pid77 ESRCH", d7b);
  chk("D8", "NS_MNT_GET_INFO", 0, d8);
  chk("D8b", "NS_MNT_GET_INFO on uts", EINVAL, d8b);
  chk("D8c", "NS_MNT_GET_INFO NULL", EINVAL, d8c);
  chk("D8d", "NS_MNT_GET_PREV at the first", ENOENT, d8d);
  chk("D8e", "NS_MNT_GET_NEXT unpriv", EPERM, d8e);
  chk("D8f", "NS_MNT_GET_NEXT", 0, d8f);
  chk("D9", "open ns file O_RDWR (immutable inode)", EPERM, d9);
  chk("D9b", "open ns file O_WRONLY", EPERM, d9b);
  chks("D10", "stat/read/readlink of an ns fd", "mode 100444 read EINVAL fdlink type:[ino]", d10);
  chks("D11", "nsfs file handle", "encode OK 16 bytes; open OK same ns", d11);
  summary();
  return 0;
}
