/*
 * Runs one program on this machine's kernel as the simulated computer would have it: fresh namespaces of every type but user, the mounts, the
 * host name, the network card, the users and the process numbers that a learner of Namespace Lab sees.
 *
 *   sandbox --uid N --lower DIR:DIR:/ --out DIR [--stdin FILE] [--tty | --pipes] [--before 'COMMAND LINE']... -- ARG...
 *
 * The program is ./a.out in /home/learner, with the given arguments (@P is the first --before's process). It writes to DIR: `status` ("exit N" or "signal N"),
 * and `transcript` (what the terminal shows), or `stdout` and `stderr`. Built and called by record.ts, as root.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <dirent.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { SHELL = 7000, COMPANION = 6000, MAX_BEFORE = 8, LONGEST = 8, ROUND_MS = 10, MAX_OUTPUT = 1 << 20 };

static int uid, tty = 1, out = -1, befores;
static const char *lower, *before[MAX_BEFORE];
static char input[65536];
static ssize_t input_size;
static char **given_argv;
static size_t given_size;

static void die(const char *what) {
  fprintf(stderr, "sandbox: %s: %s\n", what, strerror(errno));
  exit(99);
}

#define must(call) do { if ((call) < 0) die(#call); } while (0)

static void put(const char *file, const char *text) {
  int fd = open(file, O_WRONLY | O_CLOEXEC);
  if (fd < 0 || write(fd, text, strlen(text)) < 0) die(file);
  close(fd);
}

static void run_or_die(const char *format, ...) {
  char line[512];
  va_list list;
  va_start(list, format);
  vsnprintf(line, sizeof line, format, list);
  va_end(list);
  if (system(line) != 0) { errno = EINVAL; die(line); }
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

/* The next process will have this number. */
static void next_pid(int pid) {
  char text[16];
  snprintf(text, sizeof text, "%d", pid - 1);
  put("/proc/sys/kernel/ns_last_pid", text);
}

/* What ps shows of this process. */
static void pose_as(const char *name, const char *command) {
  must(prctl(PR_SET_NAME, name));
  memset(given_argv[0], 0, given_size);
  strcpy(given_argv[0], command);
}

static void mounted(const char *source, const char *at, const char *type, unsigned long flags, const char *data) {
  if (mount(source, at, type, flags, data) < 0) die(at);
}

static void device(const char *name, int minor_) {
  char at[64];
  snprintf(at, sizeof at, "/dev/%s", name);
  must(mknod(at, S_IFCHR | 0666, makedev(strcmp(name, "tty") ? 1 : 5, minor_)));
  must(chmod(at, 0666));
}

static void make_root(void) {
  char options[1024];
  must(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL));
  mounted("tmpfs", "/mnt", "tmpfs", 0, "mode=755");
  must(mkdir("/mnt/upper", 0755));
  must(mkdir("/mnt/work", 0755));
  must(mkdir("/mnt/root", 0755));
  snprintf(options, sizeof options, "lowerdir=%s,upperdir=/mnt/upper,workdir=/mnt/work", lower);
  mounted("overlay", "/mnt/root", "overlay", MS_RELATIME, options);
  must(chdir("/mnt/root"));
  must(syscall(SYS_pivot_root, ".", "."));
  must(umount2(".", MNT_DETACH));
  must(chdir("/"));
  const unsigned long strict = MS_NOSUID | MS_NODEV | MS_NOEXEC;
  mounted("proc", "/proc", "proc", strict, NULL);
  mounted("sysfs", "/sys", "sysfs", strict, NULL);
  mounted("cgroup2", "/sys/fs/cgroup", "cgroup2", strict, NULL);
  mounted("tmpfs", "/dev", "tmpfs", MS_NOSUID, "mode=755");
  must(mkdir("/dev/pts", 0755));
  must(mkdir("/dev/shm", 0755));
  must(mkdir("/dev/mqueue", 0755));
  mounted("devpts", "/dev/pts", "devpts", MS_NOSUID | MS_NOEXEC, "gid=5,mode=620,ptmxmode=666,newinstance");
  mounted("tmpfs", "/dev/shm", "tmpfs", MS_NOSUID | MS_NODEV, NULL);
  mounted("mqueue", "/dev/mqueue", "mqueue", strict, NULL);
  mounted("tmpfs", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV, NULL);
  mode_t mask = umask(0);
  device("null", 3); device("zero", 5); device("full", 7); device("random", 8); device("urandom", 9); device("tty", 0);
  umask(mask);
  must(symlink("pts/ptmx", "/dev/ptmx"));
  must(symlink("/proc/self/fd", "/dev/fd"));
  must(symlink("/proc/self/fd/0", "/dev/stdin"));
  must(symlink("/proc/self/fd/1", "/dev/stdout"));
  must(symlink("/proc/self/fd/2", "/dev/stderr"));
  must(mount(NULL, "/", NULL, MS_REC | MS_SHARED, NULL));
}

static int open_terminal(char *name, size_t size) {
  int master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC), unlocked = 0, number;
  struct winsize window = { .ws_row = 24, .ws_col = 80 };
  if (master < 0) die("/dev/ptmx");
  must(ioctl(master, TIOCSPTLCK, &unlocked));
  must(ioctl(master, TIOCGPTN, &number));
  snprintf(name, size, "/dev/pts/%d", number);
  must(chown(name, uid, 5));
  must(ioctl(master, TIOCSWINSZ, &window));
  return master;
}

/* A session of its own on that terminal, as a login makes it. */
static void log_in(const char *terminal) {
  must(setsid());
  int fd = open(terminal, O_RDWR | O_CLOEXEC);
  if (fd < 0) die(terminal);
  must(ioctl(fd, TIOCSCTTY, 0));
  must(dup2(fd, 0)); must(dup2(fd, 1)); must(dup2(fd, 2));
  close(fd);
  gid_t group = uid;
  must(setgroups(1, &group));
  must(setresgid(uid, uid, uid));
  must(setresuid(uid, uid, uid));
  must(prctl(PR_SET_DUMPABLE, 1));
  must(chdir("/home/learner"));
  signal(SIGTTOU, SIG_IGN);
}

static char **environment(void) {
  static char *root[] = { "PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "HOME=/root", "USER=root", "LANG=C.UTF-8", "TERM=xterm-256color", "SHELL=/bin/bash", NULL };
  static char *learner[] = { "PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "HOME=/home/learner", "USER=learner", "LANG=C.UTF-8", "TERM=xterm-256color", "SHELL=/bin/bash", NULL };
  return uid ? learner : root;
}

static void ordinary_signals(void) {
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  for (int number = 1; number < 65; number++) signal(number, SIG_DFL);
}

/* Process 7000: what the learner types into. It starts the program as 7001, in a process group of its own, and says how it ended. */
static void shell(const char *terminal, int in, int report, int to, int err, char **args) {
  log_in(terminal);
  pose_as("bash", "-bash");
  pid_t program = fork();
  if (program == 0) {
    setpgid(0, 0);
    tcsetpgrp(2, getpid());
    ordinary_signals();
    must(dup2(in, 0));
    if (to >= 0) { must(dup2(to, 1)); must(dup2(err, 2)); }
    execve("./a.out", args, environment());
    die("./a.out");
  }
  close(in);
  if (to >= 0) { close(to); close(err); }
  int status;
  waitpid(program, &status, 0);
  tcsetpgrp(2, getpid());
  if (write(report, &status, sizeof status) < 0) die("report");
  for (;;) pause();
}

static int companion(int number, const char *line) {
  char terminal[32];
  open_terminal(terminal, sizeof terminal);
  if (number == 0) next_pid(COMPANION);
  pid_t pid = fork();
  if (pid == 0) {
    log_in(terminal);
    ordinary_signals();
    execle("/bin/bash", "bash", "-c", line, (char *)NULL, environment());
    die("bash");
  }
  return pid;
}

/* How many processes there are but this one, the shell and the companions' numbers; `busy` counts those that do not sleep. */
static int others(int *busy) {
  int count = 0;
  DIR *dir = opendir("/proc");
  *busy = 0;
  for (struct dirent *entry; dir && (entry = readdir(dir));) {
    int pid = atoi(entry->d_name), parent;
    char file[300], text[512] = "", state, *after;
    if (pid <= 1) continue;
    snprintf(file, sizeof file, "/proc/%d/stat", pid);
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    if (fd < 0) continue;
    ssize_t size = read(fd, text, sizeof text - 1);
    close(fd);
    if (size <= 0 || !(after = strrchr(text, ')')) || sscanf(after + 1, " %c %d", &state, &parent) != 2) continue;
    if (state == 'R' || state == 'D') ++*busy;
    if (pid > SHELL && state != 'Z') count++;
  }
  if (dir) closedir(dir);
  return count;
}

struct stream { int from; int to; size_t size; };

/* Copies what has come; 0 when nothing more can come. */
static int copy(struct stream *stream) {
  char buffer[65536];
  if (stream->from < 0) return 0;
  ssize_t size = read(stream->from, buffer, sizeof buffer);
  if (size < 0 && (errno == EAGAIN || errno == EINTR)) return 1;
  if (size <= 0) { close(stream->from); stream->from = -1; return 0; }
  stream->size += size;
  if (stream->size <= MAX_OUTPUT && write(stream->to, buffer, size) < 0) die("output");
  return 1;
}

static struct stream stream_to(const char *name, int from) {
  struct stream made = { from, openat(out, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644), 0 };
  if (made.to < 0) die(name);
  fcntl(from, F_SETFL, O_NONBLOCK);
  return made;
}

/* Process 1: makes the computer, starts everybody, adopts orphans, and writes down what comes out. */
static int init(char **args) {
  struct rlimit no_core = { 0, RLIM_INFINITY }, descriptors;
  setrlimit(RLIMIT_CORE, &no_core);
  getrlimit(RLIMIT_NOFILE, &descriptors);
  descriptors.rlim_cur = 1024;
  setrlimit(RLIMIT_NOFILE, &descriptors);
  must(setsid());
  pose_as("init", "/sbin/init");
  make_root();
  must(sethostname("host", 4));
  must(setdomainname("(none)", 6));
  put("/proc/sys/kernel/pid_max", "32768");
  char terminal[32];
  int master = open_terminal(terminal, sizeof terminal);
  pid_t first = 0;
  for (int i = 0; i < befores; i++) {
    pid_t pid = companion(i, before[i]);
    if (i == 0) first = pid;
    int busy;
    double limit = now() + LONGEST;
    for (int calm = 0; calm < 5 && now() < limit;) {
      usleep(ROUND_MS * 1000);
      others(&busy);
      calm = busy ? 0 : calm + 1;
    }
  }
  for (int i = 0; args[i]; i++) if (!strcmp(args[i], "@P")) { args[i] = malloc(16); sprintf(args[i], "%d", first); }
  int in[2], report[2], one[2] = { -1, -1 }, two[2] = { -1, -1 };
  must(pipe2(in, O_CLOEXEC));
  must(pipe2(report, O_CLOEXEC));
  if (!tty) { must(pipe2(one, O_CLOEXEC)); must(pipe2(two, O_CLOEXEC)); }
  if (write(in[1], input, input_size) < 0) die("stdin");
  close(in[1]);
  next_pid(SHELL);
  pid_t pid = fork();
  if (pid == 0) shell(terminal, in[0], report[1], one[1], two[1], args);
  close(in[0]); close(report[1]);
  if (!tty) { close(one[1]); close(two[1]); }
  struct stream streams[3] = { stream_to(tty ? "transcript" : "terminal", master) };
  if (!tty) { streams[1] = stream_to("stdout", one[0]); streams[2] = stream_to("stderr", two[0]); }
  else streams[1].from = streams[2].from = -1;
  int status = 0, ended = 0, alone = 0, busy;
  fcntl(report[0], F_SETFL, O_NONBLOCK);
  for (double limit = now() + LONGEST; now() < limit && alone < 2;) {
    struct pollfd watched[4] = { { streams[0].from, POLLIN, 0 }, { streams[1].from, POLLIN, 0 }, { streams[2].from, POLLIN, 0 }, { ended ? -1 : report[0], POLLIN, 0 } };
    poll(watched, 4, ended ? 2 : ROUND_MS);
    for (int i = 0; i < 3; i++) copy(&streams[i]);
    if (!ended && read(report[0], &status, sizeof status) == sizeof status) ended = 1;
    while (waitpid(-1, NULL, WNOHANG) > 0);
    if (ended) alone = others(&busy) == 0 ? alone + 1 : 0;
  }
  for (int i = 0; i < 3; i++) copy(&streams[i]);
  char line[64];
  if (!ended) snprintf(line, sizeof line, "timeout\n");
  else if (WIFSIGNALED(status)) snprintf(line, sizeof line, "signal %d\n", WTERMSIG(status));
  else snprintf(line, sizeof line, "exit %d\n", WEXITSTATUS(status));
  int file = openat(out, "status", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0 || write(file, line, strlen(line)) < 0) die("status");
  return 0;
}

static void read_input(const char *name) {
  int fd = open(name, O_RDONLY | O_CLOEXEC);
  if (fd < 0 || (input_size = read(fd, input, sizeof input)) < 0) die(name);
  close(fd);
}

/* The card eth0, whose other end (index 2 there) is in a network namespace that nobody sees; it goes with the last process. */
static void make_network(void) {
  int go[2], done[2];
  char byte = 0;
  must(unshare(CLONE_NEWNET));
  must(pipe2(go, O_CLOEXEC));
  must(pipe2(done, O_CLOEXEC));
  pid_t outside = getpid(), child = fork();
  if (child == 0) {
    /* joins the namespace that the parent makes next, as far as `ip` is concerned */
    if (read(go[0], &byte, 1) != 1) _exit(1);
    run_or_die("ip link add v0 index 2 type veth peer name eth0 address 02:00:00:00:00:01 netns /proc/%d/ns/net && ip link set v0 up", outside);
    if (write(done[1], &byte, 1) != 1) _exit(1);
    for (;;) pause();
  }
  must(unshare(CLONE_NEWNET));
  if (write(go[1], &byte, 1) != 1) die("network");
  close(done[1]);
  if (read(done[0], &byte, 1) != 1) die("network");
  run_or_die("echo 1 > /proc/sys/net/ipv6/conf/eth0/disable_ipv6; ip link set lo up && ip addr add 192.0.2.10/24 dev eth0 && ip link set eth0 up && ip route add default via 192.0.2.1 dev eth0");
  char text[32];
  snprintf(text, sizeof text, "%d", child);
  setenv("SANDBOX_OUTSIDE", text, 1);
}

int main(int argc, char **argv) {
  given_argv = argv;
  given_size = argv[argc - 1] + strlen(argv[argc - 1]) - argv[0];
  int i = 1;
  must(syscall(SYS_close_range, 3U, ~0U, 0U));
  for (; i < argc && strcmp(argv[i], "--"); i++) {
    if (!strcmp(argv[i], "--tty")) tty = 1;
    else if (!strcmp(argv[i], "--pipes")) tty = 0;
    else if (i + 1 == argc) { errno = EINVAL; die(argv[i]); }
    else if (!strcmp(argv[i], "--uid")) uid = atoi(argv[++i]);
    else if (!strcmp(argv[i], "--lower")) lower = strdup(argv[++i]);
    else if (!strcmp(argv[i], "--out")) must(out = open(argv[++i], O_DIRECTORY | O_CLOEXEC));
    else if (!strcmp(argv[i], "--stdin")) read_input(argv[++i]);
    else if (!strcmp(argv[i], "--before") && befores < MAX_BEFORE) before[befores++] = strdup(argv[++i]);
    else { errno = EINVAL; die(argv[i]); }
  }
  char **args = calloc(argc - i + 2, sizeof *args);
  args[0] = "./a.out";
  for (int n = 1; i + n < argc; n++) args[n] = strdup(argv[i + n]);
  umask(022);
  make_network();
  must(unshare(CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWCGROUP | CLONE_NEWPID | CLONE_NEWTIME));
  pid_t first = fork();
  if (first == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    exit(init(args));
  }
  int status;
  waitpid(first, &status, 0);
  kill(atoi(getenv("SANDBOX_OUTSIDE")), SIGKILL);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 98;
}
