/* Which check comes first, and what protects process 1 of a pid namespace [M…]. */
#include "rules.h"
#include <sys/resource.h>

static int maproot(uid_t u, gid_t g) {
  char b[64];
  wr("/proc/self/setgroups", "deny");
  snprintf(b, 64, "0 %u 1", u);
  int e = wr("/proc/self/uid_map", b);
  if (e) return e;
  snprintf(b, 64, "0 %u 1", g);
  return wr("/proc/self/gid_map", b);
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

static int nsof(pid_t p, const char *n) {
  char f[64];
  snprintf(f, 64, "/proc/%d/ns/%s", p, n);
  return open(f, O_RDONLY | O_CLOEXEC);
}

static int SN(int fd, int t) {
  return syscall(SYS_setns, fd, t) ? errno : 0;
}

/* order of copy_* */
static int ord(const char *l, int fl) {
  int e = inuser();
  if (e) return e;
  if (unshare(CLONE_NEWPID)) return 700;
  if (lim(l, "0")) return 701;
  return unshare(CLONE_NEWPID | fl) ? errno : 0;
}

static int m1(void) {
  return ord("max_mnt_namespaces", CLONE_NEWNS);
}

static int m2(void) {
  return ord("max_uts_namespaces", CLONE_NEWUTS);
}

static int m3(void) {
  return ord("max_ipc_namespaces", CLONE_NEWIPC);
}

static int m4(void) {
  return ord("max_cgroup_namespaces", CLONE_NEWCGROUP);
}

static int m5(void) {
  return ord("max_net_namespaces", CLONE_NEWNET);
}

static int m6(void) {
  return ord("max_time_namespaces", CLONE_NEWTIME);
}

/* copy_process order */
static int m7(void) {
  drop();
  struct rlimit r = {0, 0};
  setrlimit(RLIMIT_NPROC, &r);
  return tryclone(CLONE_NEWUTS | SIGCHLD);
}

static int m8(void) {
  int p[2];
  mkdir("/tmp/rules/jail", 0755);
  if (chroot("/tmp/rules/jail")) return 901;
  drop();
  struct rlimit r = {0, 0};
  setrlimit(RLIMIT_NPROC, &r);
  return tryclone(CLONE_NEWUSER | SIGCHLD);
}

static int m9(void) {
  drop();
  struct rlimit r = {0, 0};
  setrlimit(RLIMIT_NPROC, &r);
  return tryclone(CLONE_NEWNS | CLONE_FS | SIGCHLD);
}

static int m9b(void) {
  drop();
  struct rlimit r = {0, 0};
  setrlimit(RLIMIT_NPROC, &r);
  return unshare(CLONE_NEWUSER) ? errno : 0;
}

/* pid ns owned by a userns that is not an ancestor of ours */
static int m10(void) {
  int p[2];
  if (pipe(p)) return 1;
  pid_t c = fork();
  if (c == 0) {
    pds();
    unshare(CLONE_NEWUSER | CLONE_NEWPID);
    pds();
    pid_t k = fork();
    if (k == 0) {
      pds();
      pause();
    }
    if (write(p[1], &k, 4)) {}
    pause();
  }
  int k;
  if (read(p[0], &k, 4)) {}
  int f = nsof(k, "pid");
  if (SN(f, 0)) return 701;
  int q[2];
  if (pipe(q)) return 1;
  pid_t d = fork();
  if (d == 0) {
    int e = unshare(CLONE_NEWPID) ? errno : 0;
    if (write(q[1], &e, 4)) {}
    _exit(0);
  }
  int e = -1;
  if (read(q[0], &e, 4)) {}
  waitpid(d, 0, 0);
  kill(c, 9);
  kill(k, 9);
  return e;
}

static int m11(void) { /* NEWUSER first makes it a descendant of init only -> still EINVAL */
  int p[2];
  if (pipe(p)) return 1;
  pid_t c = fork();
  if (c == 0) {
    pds();
    unshare(CLONE_NEWUSER | CLONE_NEWPID);
    pds();
    pid_t k = fork();
    if (k == 0) {
      pds();
      pause();
    }
    if (write(p[1], &k, 4)) {}
    pause();
  }
  int k;
  if (read(p[0], &k, 4)) {}
  int f = nsof(k, "pid");
  if (SN(f, 0)) return 701;
  int q[2];
  if (pipe(q)) return 1;
  pid_t d = fork();
  if (d == 0) {
    int e = unshare(CLONE_NEWUSER | CLONE_NEWPID) ? errno : 0;
    if (write(q[1], &e, 4)) {}
    _exit(0);
  }
  int e = -1;
  if (read(q[0], &e, 4)) {}
  waitpid(d, 0, 0);
  kill(c, 9);
  kill(k, 9);
  return e;
}

static void m12(char *b, int n) { /* pids are cyclic inside */
  int p[2];
  if (pipe(p)) return;
  unshare(CLONE_NEWPID);
  pid_t c = fork();
  if (c == 0) {
    int v[3];
    for (int i = 0; i < 3; i++) {
      pid_t k = fork();
      if (k == 0) _exit(0);
      waitpid(k, 0, 0);
      v[i] = k;
    }
    if (write(p[1], v, 12)) {}
    _exit(0);
  }
  int v[3];
  if (read(p[0], v, 12)) {}
  snprintf(b, n, "%d %d %d", v[0], v[1], v[2]);
}

static void m13(char *b, int n) {
  int p[2];
  if (pipe(p)) return;
  pid_t c = fork();
  if (c == 0) {
    unshare(CLONE_NEWPID);
    dup2(p[1], 1);
    execl("/bin/sh", "sh", "-c", "readlink /proc/self/ns/pid_for_children >/dev/null 2>&1; echo $?; (exec true); sh -c 'echo $$'", NULL);
    _exit(1);
  }
  waitpid(c, 0, 0);
  char o[64] = "";
  usleep(20000);
  if (read(p[0], o, 63)) {}
  for (char *q = o; *q; q++)
    if (*q == '\n') *q = ' ';
  snprintf(b, n, "%s", o);
}

static int m14(void) {
  int p[2];
  if (pipe(p)) return 1;
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
  int f = nsof(c, "user");
  mkdir("/tmp/rules/jail", 0755);
  if (chroot("/tmp/rules/jail")) return 901;
  int r = SN(f, 0);
  kill(c, 9);
  return r;
}

static int m15(void) {
  unshare(CLONE_NEWUSER);
  return mount("t", "/mnt", "tmpfs", 0, 0) ? errno : 0;
}

static int m16(void) { /* pidfd: user same (EINVAL) before time (EUSERS) */
  mkthread();
  int f = pidfd_open_(getpid(), 0);
  return SN(f, CLONE_NEWUSER | CLONE_NEWTIME);
}

static int m17(void) { /* pidfd: pid sibling (EINVAL) before time multithreaded (EUSERS) */
  int p[2];
  if (pipe(p)) return 1;
  pid_t c = fork();
  if (c == 0) {
    pds();
    unshare(CLONE_NEWPID);
    pid_t k = fork();
    if (k == 0) {
      pds();
      pause();
    }
    if (write(p[1], &k, 4)) {}
    pause();
  }
  int k;
  if (read(p[0], &k, 4)) {}
  int pf = pidfd_open_(k, 0);
  if (unshare(CLONE_NEWPID)) return 2;
  int q[2];
  if (pipe(q)) return 1;
  pid_t d = fork();
  if (d == 0) {
    mkthread();
    int e = SN(pf, CLONE_NEWPID | CLONE_NEWTIME);
    if (write(q[1], &e, 4)) {}
    _exit(0);
  }
  int e = -1;
  if (read(q[0], &e, 4)) {}
  kill(c, 9);
  kill(k, 9);
  return e;
}

static int m18(void) { /* SYS_pidfd_open of a pid in another ns by inner number */
  return 0;
}

static void m19(char *b, int n) { /* clone(NEWUSER): child has caps, parent none; child sees ppid */
  drop();
  int p[2];
  if (pipe(p)) return;
  long r = rawclone(CLONE_NEWUSER | CLONE_NEWPID | SIGCHLD);
  if (r == 0) {
    int v[3] = {getpid(), getppid(), getuid()};
    if (write(p[1], v, 12)) {}
    _exit(0);
  }
  int v[3];
  if (read(p[0], v, 12)) {}
  waitpid(r, 0, 0);
  snprintf(b, n, "pid %d ppid %d uid %d; parent uid %d", v[0], v[1], v[2], getuid());
}

static void m20(char *b, int n) { /* NEWCGROUP root = css_set of the caller at that time */
  snprintf(b, n, "-");
}

static void m21(char *b, int n) { /* fds stay valid over NEWNS; cwd follows into the copy */
  unshare(CLONE_NEWNS);
  mount("none", "/", 0, MS_REC | MS_PRIVATE, 0);
  mkdir("/tmp/rules/mm", 0755);
  mount("t", "/tmp/rules/mm", "tmpfs", 0, 0);
  chdir("/tmp/rules/mm");
  int p[2], q[2];
  if (pipe(p) || pipe(q)) return;
  pid_t c = fork();
  if (c == 0) {
    unshare(CLONE_NEWNS);
    char l[64];
    if (!getcwd(l, 64)) l[0] = 0;
    close(open("inner", O_CREAT | O_WRONLY, 0600));
    umount2("/tmp/rules/mm", MNT_DETACH);
    int s = access("/tmp/rules/mm/inner", F_OK) == 0;
    char o[128];
    int z = snprintf(o, 128, "cwd %s, after umount in the copy visible there %d", l, s);
    if (write(p[1], o, z + 1)) {}
    _exit(0);
  }
  if (read(p[0], b, n)) {}
  waitpid(c, 0, 0);
  sprintf(b + strlen(b), ", in the original %d", access("/tmp/rules/mm/inner", F_OK) == 0);
}

static void m22(char *b, int n) { /* unshare(NEWIPC) detaches? attached shm stays mapped; sem undo is applied */
  int s = semget(IPC_PRIVATE, 1, 0600);
  semctl(s, 0, SETVAL, 5);
  int p[2];
  if (pipe(p)) return;
  pid_t c = fork();
  if (c == 0) {
    struct sembuf o = {0, -2, SEM_UNDO};
    semop(s, &o, 1);
    int v1 = semctl(s, 0, GETVAL);
    unshare(CLONE_NEWIPC);
    if (write(p[1], &v1, 4)) {}
    pause();
  }
  int v1;
  if (read(p[0], &v1, 4)) {}
  int v2 = semctl(s, 0, GETVAL);
  kill(c, 9);
  waitpid(c, 0, 0);
  semctl(s, 0, IPC_RMID);
  snprintf(b, n, "before %d, after unshare(NEWIPC) %d", v1, v2);
}

static void m23(char *b, int n) {
  int s = semget(IPC_PRIVATE, 1, 0600);
  semctl(s, 0, SETVAL, 5);
  int p[2];
  if (pipe(p)) return;
  pid_t c = fork();
  if (c == 0) {
    struct sembuf o = {0, -2, SEM_UNDO};
    semop(s, &o, 1);
    int f = openns("ipc");
    syscall(SYS_setns, f, 0);
    int v = 0;
    if (write(p[1], &v, 4)) {}
    pause();
  }
  int v1;
  if (read(p[0], &v1, 4)) {}
  int v2 = semctl(s, 0, GETVAL);
  kill(c, 9);
  waitpid(c, 0, 0);
  semctl(s, 0, IPC_RMID);
  snprintf(b, n, "after setns(own ipc fd): %d", v2);
}

static void m23b(char *b, int n) {
  int s = semget(IPC_PRIVATE, 1, 0600);
  semctl(s, 0, SETVAL, 5);
  int p[2];
  if (pipe(p)) return;
  pid_t c = fork();
  if (c == 0) {
    struct sembuf o = {0, -2, SEM_UNDO};
    semop(s, &o, 1);
    unshare(CLONE_SYSVSEM);
    int v = 0;
    if (write(p[1], &v, 4)) {}
    pause();
  }
  int v1;
  if (read(p[0], &v1, 4)) {}
  int v2 = semctl(s, 0, GETVAL);
  kill(c, 9);
  waitpid(c, 0, 0);
  semctl(s, 0, IPC_RMID);
  snprintf(b, n, "after unshare(SYSVSEM): %d", v2);
}

static int m24(void) { /* EPERM: creating pid ns in userns where caps dropped */
  int e = inuser();
  if (e) return e;
  struct __user_cap_header_struct h = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct d[2];
  memset(d, 0, sizeof d);
  syscall(SYS_capset, &h, d);
  return unshare(CLONE_NEWUTS) ? errno : 0;
}

static int m24b(void) {
  int e = inuser();
  if (e) return e;
  struct __user_cap_header_struct h = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct d[2];
  memset(d, 0, sizeof d);
  syscall(SYS_capset, &h, d);
  return unshare(CLONE_NEWUSER | CLONE_NEWUTS) ? errno : 0;
}

static int m25(void) { /* setns(user) clears chroot? no; but exec */
  return 0;
}

static void m26(char *b, int n) { /* SIGSTOP from inside to init ignored, from outside works */
  unshare(CLONE_NEWPID);
  pid_t c = fork();
  if (c == 0) {
    pid_t k = fork();
    if (k == 0) {
      kill(1, SIGSTOP);
      usleep(20000);
      _exit(0);
    }
    waitpid(k, 0, 0);
    for (;;) pause();
  }
  usleep(60000);
  int st;
  int r = waitpid(c, &st, WNOHANG | WUNTRACED);
  int in = r == c;
  kill(c, SIGSTOP);
  usleep(20000);
  r = waitpid(c, &st, WNOHANG | WUNTRACED);
  snprintf(b, n, "inside: stopped %d, outside: stopped %d", in, r == c && WIFSTOPPED(st));
  kill(c, 9);
}

static void m27(char *b, int n) { /* init raising SIGABRT / kill(self) */
  unshare(CLONE_NEWPID);
  pid_t c = fork();
  if (c == 0) {
    kill(getpid(), SIGKILL);
    raise(SIGTERM);
    _exit(7);
  }
  int st;
  waitpid(c, &st, 0);
  snprintf(b, n, "exit %d", WIFEXITED(st) ? WEXITSTATUS(st) : -WTERMSIG(st));
}

static void m28(char *b, int n) { /* synchronous fault kills init */
  unshare(CLONE_NEWPID);
  pid_t c = fork();
  if (c == 0) {
    *(volatile int *)0 = 1;
    _exit(7);
  }
  int st;
  waitpid(c, &st, 0);
  snprintf(b, n, "%s %d", WIFSIGNALED(st) ? "signal" : "exit", WIFSIGNALED(st) ? WTERMSIG(st) : WEXITSTATUS(st));
}

static void *forks_later(void *to) {
  usleep(50000);
  pid_t k = fork();
  if (k == 0) _exit(0);
  int e = k < 0 ? errno : 0;
  write(*(int *)to, &e, 4);
  for (;;) pause();
}

static void m29(char *b, int n) { /* who is killed when only the leader thread of init exits */
  int p[2];
  if (pipe(p)) return;
  unshare(CLONE_NEWPID);
  pid_t c = fork();
  if (c == 0) {
    pthread_t t;
    pthread_create(&t, 0, forks_later, &p[1]);
    syscall(SYS_exit, 0);
  }
  int e = -1;
  read(p[0], &e, 4);
  snprintf(b, n, "fork in the ns after init's leader thread exited: %s", en(e));
  kill(c, 9);
}

int main(void) {
  prepare();
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  chk("M1", "order: mnt (ENOSPC) before pid (EINVAL)", ENOSPC, m1);
  chk("M2", "order: uts before pid", ENOSPC, m2);
  chk("M3", "order: ipc before pid", ENOSPC, m3);
  chk("M4", "order: pid before cgroup", EINVAL, m4);
  chk("M5", "order: pid before net", EINVAL, m5);
  chk("M6", "order: pid before time", EINVAL, m6);
  chk("M7", "RLIMIT_NPROC (EAGAIN) before copy_namespaces (EPERM)", EAGAIN, m7);
  chk("M8", "copy_creds (EPERM, chrooted) before RLIMIT_NPROC", EPERM, m8);
  chk("M9", "flag checks before RLIMIT_NPROC", EINVAL, m9);
  chk("M9b", "unshare(NEWUSER) is not limited by RLIMIT_NPROC=0", 0, m9b);
  chk("M10", "NEWPID when the pid ns owner is not an ancestor userns", EINVAL, m10);
  chk("M11", "NEWUSER|NEWPID there: still not a descendant", EINVAL, m11);
  chks("M12", "pid numbers are cyclic", "2 3 4", m12);
  chk("M14", "setns(user) while chrooted is allowed", 0, m14);
  chk("M15", "root after unshare(NEWUSER): mount in the old mnt ns", EPERM, m15);
  chk("M16", "pidfd order: user before time", EINVAL, m16);
  chk("M17", "pidfd order: pid before time", EINVAL, m17);
  chks("M19", "unpriv clone(NEWUSER|NEWPID)", "pid 1 ppid 0 uid 65534; parent uid 1000", m19);
  chks("M21", "cwd follows into the copied tree", "cwd /tmp/rules/mm, after umount in the copy visible there 0, in the original 1", m21);
  chks("M22", "unshare(NEWIPC) runs SEM_UNDO", "before 3, after unshare(NEWIPC) 5", m22);
  chks("M23", "setns(ipc) runs SEM_UNDO even for the own ns", "after setns(own ipc fd): 5", m23);
  chks("M23b", "unshare(SYSVSEM) runs SEM_UNDO", "after unshare(SYSVSEM): 5", m23b);
  chk("M24", "no caps in the own userns: NEWUTS", EPERM, m24);
  chk("M24b", "same + NEWUSER", 0, m24b);
  chks("M26", "SIGSTOP to a pid-ns init", "inside: stopped 0, outside: stopped 1", m26);
  chks("M27", "init kills itself with KILL/TERM", "exit 7", m27);
  chks("M28", "synchronous fault in init", "signal 11", m28);
  chks("M29", "init leader thread exits, another thread lives", "fork in the ns after init's leader thread exited: OK", m29);
  summary();
  return 0;
}
