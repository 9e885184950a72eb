/* uid_map, gid_map, setgroups, and capabilities in user namespaces [F…]. */
#include "rules.h"

static void capline(const char *k, char *o) {
  FILE *f = fopen("/proc/self/status", "r");
  char l[200];
  o[0] = 0;
  while (f && fgets(l, 200, f))
    if (!strncmp(l, k, strlen(k))) sscanf(l + strlen(k), ": %31s", o);
  if (f) fclose(f);
}

static void f1(char *b, int n) {
  drop();
  char c0[32], c1[32], c2[32], c3[32];
  capline("CapEff", c0);
  unshare(CLONE_NEWUSER);
  capline("CapEff", c1);
  capline("CapBnd", c2);
  capline("CapInh", c3);
  gid_t g[10];
  int k = getgroups(10, g);
  snprintf(b, n, "before %s after %s bnd %s inh %s uid %d gid %d groups %d", c0, c1, c2, c3, getuid(), getgid(), k);
}

static void f2(char *b, int n) {
  drop();
  unshare(CLONE_NEWUSER);
  char l[100] = "";
  int f = open("/proc/self/uid_map", O_RDONLY);
  int k = read(f, l, 99);
  char s[20] = "";
  int g = open("/proc/self/setgroups", O_RDONLY);
  if (read(g, s, 19)) {}
  s[strcspn(s, "\n")] = 0;
  snprintf(b, n, "uid_map %d bytes, setgroups %s", k, s);
}

static int U(const char *m) {
  return wr("/proc/self/uid_map", m);
}

static int G(const char *m) {
  return wr("/proc/self/gid_map", m);
}

static int S(const char *m) {
  return wr("/proc/self/setgroups", m);
}

#define N(nm, e)                                                                                                                                     \
  static int nm(void) {                                                                                                                              \
    drop();                                                                                                                                          \
    if (unshare(CLONE_NEWUSER)) return 900;                                                                                                          \
    return e;                                                                                                                                        \
  }
#define R(nm, e)                                                                                                                                     \
  static int nm(void) {                                                                                                                              \
    if (unshare(CLONE_NEWUSER)) return 900;                                                                                                          \
    return e;                                                                                                                                        \
  }
N(f3a, U("0 1000 1"))
N(f3b, U("0 1000 1\n"))
N(f3c, U("5 1000 1"))
N(f3d, U("0 1001 1"))
N(f3e, U("0 1000 2"))
N(f3f, U("0 1000 1\n1 1001 1"))
N(f3g, (U("0 1000 1"), U("0 1000 1")))
N(f3h, U(""))
N(f3i, U("0 1000"))
N(f3j, U("abc"))
N(f3k, U("0 1000 0"))
N(f3l, U("0 1000 1 x"))
N(f3m, U("4294967295 1000 1"))
N(f3n, U("0 1000 1\n0 2000 1"))
N(f3o, U("0 1000 1\n\n"))
N(f3p, U("-1 1000 1"))
N(f3q, U("0 1000 4294967295"))
N(f4a, G("0 1000 1"))
N(f4b, (S("deny"), G("0 1000 1")))
N(f4c, (G("0 1000 1"), S("deny")))
N(f4d, (S("deny"), S("allow")))
N(f4e, S("allow"))
N(f4f, S("deny"))
N(f4g, S("no"))
N(f4h, (S("deny"), G("0 1000 1"), S("deny")))
N(f4i, S("deny "))
N(f4j, (S("deny"), G("0 1001 1")))

static int f4k(void) {
  drop();
  unshare(CLONE_NEWUSER);
  S("deny");
  G("0 1000 1");
  gid_t g = 0;
  return setgroups(1, &g) ? errno : 0;
}

static int f4l(void) {
  drop();
  unshare(CLONE_NEWUSER);
  return setgroups(0, 0) ? errno : 0;
}

/* privileged writer = process in the parent userns */
static int outer(const char *um, const char *gm, int sg) {
  int p[2], q[2];
  if (pipe(p) || pipe(q)) return 1;
  pid_t c = fork();
  if (c == 0) {
    drop();
    if (unshare(CLONE_NEWUSER)) _exit(1);
    if (write(p[1], "x", 1)) {}
    char x;
    if (read(q[0], &x, 1)) {}
    int e = 0;
    if (sg) {
      gid_t g = 0;
      e = setgroups(1, &g) ? errno : 0;
    }
    if (write(p[1], &e, 4)) {}
    pause();
  }
  char x;
  if (read(p[0], &x, 1)) {}
  char f[64];
  int e = 0;
  snprintf(f, 64, "/proc/%d/uid_map", c);
  if (um) e = wr(f, um);
  snprintf(f, 64, "/proc/%d/gid_map", c);
  if (!e && gm) e = wr(f, gm);
  if (!e && sg) {
    if (write(q[1], "x", 1)) {}
    if (read(p[0], &e, 4)) {}
  }
  kill(c, 9);
  return e;
}

static int f5a(void) {
  return outer("0 100000 65536", "0 100000 65536", 0);
}

static int f5b(void) {
  return outer("0 100000 65536", "0 100000 65536", 1);
}

static int f5c(void) {
  return outer("0 0 1", 0, 0);
}

static int f5d(void) {
  return outer("0 1000 1\n1 100000 65535", 0, 0);
}

static int f5e(void) { /* 340 lines ok */
  static char m[4096];
  int o = 0;
  for (int i = 0; i < 340; i++) o += sprintf(m + o, "%d %d 1\n", i, i * 2);
  return outer(m, 0, 0);
}

static int f5f(void) {
  static char m[8000];
  int o = 0;
  for (int i = 0; i < 341; i++) o += sprintf(m + o, "%d %d 1\n", i, i * 2);
  return outer(m, 0, 0);
}

static int f5g(void) {
  return outer("0 1000 1\n0 2000 1", 0, 0);
}

static int f5h(void) {
  return outer("0 1000 10\n20 1005 10", 0, 0);
}

static int f5i(void) {
  static char m[5000];
  memset(m, '\n', 4996);
  memcpy(m, "0 1000 1", 8);
  return outer(m, 0, 0);
}

/* init map */
static int f6(void) {
  return wr("/proc/self/uid_map", "0 0 1");
}

/* uid 0 mapping needs CAP_SETFCAP in the parent */
static int f7(void) { /* root without SETFCAP unshares and maps 0 0 1 */
  struct __user_cap_header_struct h = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct d[2];
  syscall(SYS_capget, &h, d);
  d[0].effective &= ~(1u << CAP_SETFCAP);
  syscall(SYS_capset, &h, d);
  if (unshare(CLONE_NEWUSER)) return 900;
  return U("0 0 1");
}

static int f7b(void) {
  if (unshare(CLONE_NEWUSER)) return 900;
  return U("0 0 1");
}

static int f7c(void) {
  struct __user_cap_header_struct h = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct d[2];
  syscall(SYS_capget, &h, d);
  d[0].effective &= ~(1u << CAP_SETFCAP);
  syscall(SYS_capset, &h, d);
  if (unshare(CLONE_NEWUSER)) return 900;
  return U("1 1 1");
}

static int f7d(void) {
  if (unshare(CLONE_NEWUSER)) return 900;
  return U("0 0 2");
}

static int f7e(void) {
  if (unshare(CLONE_NEWUSER)) return 900;
  S("deny");
  return G("0 0 1");
}

static int f7f(void) {
  if (unshare(CLONE_NEWUSER)) return 900;
  return G("0 0 1");
}

/* caps lost on exec when unmapped / kept when mapped to 0 */
static void ex(char *b, int n, const char *m) {
  int p[2];
  if (pipe(p)) return;
  pid_t c = fork();
  if (c == 0) {
    drop();
    unshare(CLONE_NEWUSER);
    if (m) {
      S("deny");
      U(m);
    }
    dup2(p[1], 1);
    execl("/bin/grep", "grep", "CapEff", "/proc/self/status", NULL);
    _exit(1);
  }
  waitpid(c, 0, 0);
  char o[100] = "";
  if (read(p[0], o, 99)) {}
  o[strcspn(o, "\n")] = 0;
  snprintf(b, n, "%s", o);
  for (char *q = b; *q; q++)
    if (*q == '\t') *q = ' ';
}

static void f8a(char *b, int n) {
  ex(b, n, 0);
}

static void f8b(char *b, int n) {
  ex(b, n, "0 1000 1");
}

static void f8c(char *b, int n) {
  ex(b, n, "1000 1000 1");
}

static void f8d(char *b, int n) {
  drop();
  unshare(CLONE_NEWUSER);
  S("deny");
  U("0 1000 1\n");
  char c1[32], c2[32];
  capline("CapEff", c1);
  int r = setuid(1) ? errno : 0;
  snprintf(b, n, "%s setuid(unmapped) %s", c1, en(r));
}

static void f9(char *b, int n) { /* view of uid_map from inside vs outside */
  int p[2], q[2];
  if (pipe(p) || pipe(q)) return;
  pid_t c = fork();
  if (c == 0) {
    drop();
    unshare(CLONE_NEWUSER);
    if (write(p[1], "x", 1)) {}
    char x;
    if (read(q[0], &x, 1)) {}
    char o[64] = "";
    int f = open("/proc/self/uid_map", O_RDONLY);
    if (read(f, o, 63)) {}
    if (write(p[1], o, 64)) {}
    _exit(0);
  }
  char x;
  if (read(p[0], &x, 1)) {}
  char f[64], o[64] = "", i[64];
  snprintf(f, 64, "/proc/%d/uid_map", c);
  wr(f, "0 1000 1");
  int g = open(f, O_RDONLY);
  if (read(g, o, 63)) {}
  if (write(q[1], "x", 1)) {}
  if (read(p[0], i, 64)) {}
  unsigned a1, a2, a3, b1, b2, b3;
  sscanf(o, "%u %u %u", &a1, &a2, &a3);
  sscanf(i, "%u %u %u", &b1, &b2, &b3);
  snprintf(b, n, "outer %u %u %u inner %u %u %u", a1, a2, a3, b1, b2, b3);
}

static void f10(char *b, int n) { /* a process outside with same euid as owner has caps: kill across? */
  drop();
  int p[2];
  if (pipe(p)) return;
  pid_t c = fork();
  if (c == 0) {
    pds();
    unshare(CLONE_NEWUSER);
    prctl(PR_SET_DUMPABLE, 1);
    if (write(p[1], "x", 1)) {}
    pause();
  }
  char x;
  if (read(p[0], &x, 1)) {}
  char f[64];
  snprintf(f, 64, "/proc/%d/uid_map", c);
  int e = wr(f, "0 1000 1");
  snprintf(b, n, "owner writes uid_map from the parent ns: %s", en(e));
  kill(c, 9);
}

static int f11(void) { /* other uid in the parent writes */
  int p[2];
  if (pipe(p)) return 1;
  pid_t c = fork();
  if (c == 0) {
    drop();
    unshare(CLONE_NEWUSER);
    prctl(PR_SET_DUMPABLE, 1);
    alarm(3);
    if (write(p[1], "x", 1)) {}
    pause();
  }
  char x;
  if (read(p[0], &x, 1)) {}
  char f[64];
  snprintf(f, 64, "/proc/%d/uid_map", c);
  if (setresuid(2000, 2000, 2000)) {}
  int e = wr(f, "0 2000 1");
  return e;
}

static int f12(void) { /* writer in an unrelated userns (grandparent) */
  int p[2];
  if (pipe(p)) return 1;
  pid_t c = fork();
  if (c == 0) {
    pds();
    unshare(CLONE_NEWUSER);
    S("deny");
    U("0 0 1");
    G("0 0 1");
    unshare(CLONE_NEWUSER);
    if (write(p[1], "x", 1)) {}
    pause();
  }
  char x;
  if (read(p[0], &x, 1)) {}
  char f[64];
  snprintf(f, 64, "/proc/%d/uid_map", c);
  int e = wr(f, "0 0 1");
  kill(c, 9);
  return e;
}

static void f13(char *b, int n) { /* unmapped parent ids: child maps must be inside the parent's map */
  drop();
  unshare(CLONE_NEWUSER);
  S("deny");
  U("0 1000 1");
  G("0 1000 1");
  unshare(CLONE_NEWUSER);
  int e1 = U("0 5 1");
  int e2 = U("0 0 1");
  snprintf(b, n, "id not in the parent map: %s, in it: %s", en(e1), en(e2));
}

static int f14(void) {
  chmod("/tmp/rules", 0755);
  unlink("/tmp/rules/uf");
  int f = open("/tmp/rules/uf", O_CREAT | O_RDWR, 0666);
  if (fchown(f, 1000, 1000)) return 950;
  close(f);
  drop();
  unshare(CLONE_NEWUSER);
  S("deny");
  U("0 1000 1");
  G("0 1000 1");
  return chown("/tmp/rules/uf", 1, 1) ? errno : 0;
}

static void f15(char *b, int n) {
  drop();
  unshare(CLONE_NEWUSER);
  S("deny");
  U("0 1000 1");
  struct stat s;
  stat("/etc/passwd", &s);
  snprintf(b, n, "/etc/passwd owner %u", s.st_uid);
}

static int f16(void) {
  int f;
  drop();
  unshare(CLONE_NEWUSER);
  f = open("/proc/self/uid_map", O_WRONLY);
  if (f < 0) return errno;
  if (lseek(f, 1, SEEK_SET) < 0) return 700;
  return write(f, "0 1000 1", 8) < 0 ? errno : 0;
}

static void f17(char *b, int n) { /* setgroups inherits deny */
  drop();
  unshare(CLONE_NEWUSER);
  S("deny");
  U("0 1000 1");
  G("0 1000 1");
  unshare(CLONE_NEWUSER);
  char s[20] = "";
  int g = open("/proc/self/setgroups", O_RDONLY);
  if (read(g, s, 19)) {}
  s[strcspn(s, "\n")] = 0;
  snprintf(b, n, "%s", s);
}

static int f18(void) {
  drop();
  if (unshare(CLONE_NEWUSER)) return 900;
  return wr("/proc/self/projid_map", "0 5 1");
}

static void f19(char *b, int n) { /* keep-caps: securebits reset */
  prctl(PR_SET_SECUREBITS, 1);
  unshare(CLONE_NEWUSER);
  snprintf(b, n, "securebits %d", (int)prctl(PR_GET_SECUREBITS));
}

static void f20(char *b, int n) { /* NNP does not prevent NEWUSER */
  drop();
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  int r = unshare(CLONE_NEWUSER) ? errno : 0;
  snprintf(b, n, "%s", en(r));
}

int main(void) {
  prepare();
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  chks("F1", "NEWUSER: ids overflow, caps full",
       "before 0000000000000000 after 000001ffffffffff bnd 000001ffffffffff inh 0000000000000000 uid 65534 gid 65534 groups 0", f1);
  chks("F2", "initial maps empty", "uid_map 0 bytes, setgroups allow", f2);
  chk("F3a", "unpriv: map own euid, one line", 0, f3a);
  chk("F3b", "trailing newline ok", 0, f3b);
  chk("F3c", "map to inside id 5", 0, f3c);
  chk("F3d", "map someone else's id", EPERM, f3d);
  chk("F3e", "count 2", EPERM, f3e);
  chk("F3f", "two lines", EPERM, f3f);
  chk("F3g", "second write", EPERM, f3g);
  chk("F3h", "empty write: write(2) of 0 bytes", EINVAL, f3h);
  chk("F3i", "missing field", EINVAL, f3i);
  chk("F3j", "garbage", EINVAL, f3j);
  chk("F3k", "count 0", EINVAL, f3k);
  chk("F3l", "junk after the fields", EINVAL, f3l);
  chk("F3m", "first = 2^32-1", EINVAL, f3m);
  chk("F3n", "overlap inside", EINVAL, f3n);
  chk("F3o", "blank second line", EINVAL, f3o);
  chk("F3p", "negative", EINVAL, f3p);
  chk("F3q", "range wraps", EINVAL, f3q);
  chk("F4a", "unpriv gid_map without setgroups deny", EPERM, f4a);
  chk("F4b", "setgroups deny then gid_map", 0, f4b);
  chk("F4c", "setgroups deny after failed gid_map", 0, f4c);
  chk("F4d", "deny then allow", EPERM, f4d);
  chk("F4e", "allow when allowed", 0, f4e);
  chk("F4f", "deny", 0, f4f);
  chk("F4g", "setgroups garbage", EINVAL, f4g);
  chk("F4h", "deny after gid_map is set", EPERM, f4h);
  chk("F4i", "deny + trailing space", 0, f4i);
  chk("F4j", "gid_map of another gid", EPERM, f4j);
  chk("F4k", "setgroups(2) after deny", EPERM, f4k);
  chk("F4l", "setgroups(2) before gid_map", EPERM, f4l);
  chk("F5a", "privileged parent: big ranges, no setgroups deny needed", 0, f5a);
  chk("F5b", "then setgroups(2) inside works", 0, f5b);
  chk("F5c", "privileged parent maps 0->0", 0, f5c);
  chk("F5d", "two extents", 0, f5d);
  chk("F5e", "340 extents", 0, f5e);
  chk("F5f", "341 extents", EINVAL, f5f);
  chk("F5g", "overlapping inside ranges", EINVAL, f5g);
  chk("F5h", "overlapping outside ranges", EINVAL, f5h);
  chk("F5i", "write >= page size", EINVAL, f5i);
  chk("F6", "write uid_map of the init userns", EPERM, f6);
  chk("F7", "unshare w/o CAP_SETFCAP, then map 0->0", EPERM, f7);
  chk("F7b", "unshare with CAP_SETFCAP, map 0->0", 0, f7b);
  chk("F7c", "w/o SETFCAP map 1->1 (not own euid)", EPERM, f7c);
  chk("F7d", "root self-maps 2 ids: needs SETUID in the parent, lost after unshare", EPERM, f7d);
  chk("F7e", "root gid 0->0 after deny", 0, f7e);
  chk("F7f", "root gid 0->0 without deny", EPERM, f7f);
  chks("F8a", "exec with unmapped uid: caps lost", "CapEff: 0000000000000000", f8a);
  chks("F8b", "exec with uid mapped to 0: caps kept", "CapEff: 000001ffffffffff", f8b);
  chks("F8c", "exec with uid mapped to 1000: caps lost", "CapEff: 0000000000000000", f8c);
  chks("F8d", "setuid to an unmapped id", "000001ffffffffff setuid(unmapped) EINVAL", f8d);
  chks("F9", "map as seen from outside and inside", "outer 0 1000 1 inner 0 1000 1", f9);
  chks("F10", "owner outside", "owner writes uid_map from the parent ns: OK", f10);
  chk("F11", "another uid outside", EACCES, f11);
  chk("F12", "writer in the grandparent userns", EPERM, f12);
  chks("F13", "nested map", "id not in the parent map: EPERM, in it: OK", f13);
  chk("F14", "chown to an unmapped id", EINVAL, f14);
  chks("F15", "unmapped owners show as 65534", "/etc/passwd owner 65534", f15);
  chk("F16", "map write at offset 1", EINVAL, f16);
  chks("F17", "setgroups deny is inherited", "deny", f17);
  chk("F18", "projid_map needs no cap", 0, f18);
  chks("F19", "securebits reset by NEWUSER (kept from 7.3)", "securebits 0", f19);
  chks("F20", "no_new_privs does not block NEWUSER", "OK", f20);
  summary();
  return 0;
}
