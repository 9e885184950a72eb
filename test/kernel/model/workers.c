/*
 * Does operations on namespaces that standard input names, one line each, with processes that it starts for them ("workers", 0 is there
 * from the start), and prints each one's errno and, for every living worker, which namespaces it is in, its pids and its host name.
 * `reset` ends all and begins anew. Run as root.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORKERS 8
struct command { char op[16]; unsigned long a, b; };
struct reply { int err; char host[65]; };
static int sockets[WORKERS][2];
static pid_t pids[WORKERS];
static int parents[WORKERS];
static const char *names[] = { "net", "uts", "ipc", "pid", "pid_for_children", "user", "mnt", "cgroup", "time", "time_for_children" };

static int result(long r) { return r < 0 ? errno : 0; }

/* Messages carry at most one descriptor; the sender's pid comes along as the receiver sees it. */
static void send_with(int to, const void *data, size_t size, int fd) {
  char room[CMSG_SPACE(sizeof(int))] = { 0 };
  struct iovec part = { (void *)data, size };
  struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
  if (fd >= 0) {
    message.msg_control = room;
    message.msg_controllen = sizeof room;
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET; head->cmsg_type = SCM_RIGHTS; head->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(head), &fd, sizeof fd);
  }
  if (sendmsg(to, &message, MSG_NOSIGNAL) < 0) {}
}

static ssize_t receive(int from, void *data, size_t size, int *fd, pid_t *sender) {
  char room[256];
  struct iovec part = { data, size };
  struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = room, .msg_controllen = sizeof room };
  ssize_t n = recvmsg(from, &message, MSG_CMSG_CLOEXEC);
  *fd = -1;
  for (struct cmsghdr *head = CMSG_FIRSTHDR(&message); n > 0 && head; head = CMSG_NXTHDR(&message, head)) {
    if (head->cmsg_type == SCM_RIGHTS) memcpy(fd, CMSG_DATA(head), sizeof *fd);
    if (head->cmsg_type == SCM_CREDENTIALS && sender) { struct ucred c; memcpy(&c, CMSG_DATA(head), sizeof c); *sender = c.pid; }
  }
  return n;
}

static void worker(int me);

static void answer(int me, int err) {
  struct reply reply = { .err = err };
  gethostname(reply.host, sizeof reply.host);
  send_with(sockets[me][1], &reply, sizeof reply, -1);
}

static int drop(void) {
  if (setgroups(0, NULL)) return errno;
  if (setresgid(1000, 1000, 1000)) return errno;
  return result(setresuid(1000, 1000, 1000));
}

static void worker(int me) {
  struct command command;
  int fd;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  while (receive(sockets[me][1], &command, sizeof command, &fd, NULL) > 0) {
    int err = 0;
    if (!strcmp(command.op, "unshare")) err = result(unshare((int)command.a));
    else if (!strcmp(command.op, "setns")) err = result(setns(fd, (int)command.a));
    else if (!strcmp(command.op, "host")) { char name[16]; int n = snprintf(name, sizeof name, "h%lu", command.a); err = result(sethostname(name, (size_t)n)); }
    else if (!strcmp(command.op, "user")) err = drop();
    else if (!strcmp(command.op, "wait")) err = result(waitpid(-1, NULL, __WALL));
    else if (!strcmp(command.op, "exit")) { answer(me, 0); _exit(0); }
    else if (!strcmp(command.op, "clone")) {
      long pid = syscall(SYS_clone, command.a | SIGCHLD, 0L, 0L, 0L, 0L);
      if (pid == 0) { me = (int)command.b; prctl(PR_SET_PDEATHSIG, SIGKILL); answer(me, 0); continue; }
      err = result(pid);
    }
    if (fd >= 0) close(fd);
    answer(me, err);
  }
  _exit(0);
}

static struct reply ask(int who, const char *op, unsigned long a, unsigned long b, int fd) {
  struct command command = { .a = a, .b = b };
  struct reply reply = { .err = 9999 };
  int none;
  strncpy(command.op, op, sizeof command.op - 1);
  send_with(sockets[who][0], &command, sizeof command, fd);
  receive(sockets[who][0], &reply, sizeof reply, &none, NULL);
  return reply;
}

static int write_map(pid_t pid, const char *name, const char *text) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/%s", pid, name);
  int fd = open(path, O_WRONLY | O_CLOEXEC);
  if (fd < 0) return errno;
  int err = result(write(fd, text, strlen(text)));
  close(fd);
  return err;
}

static int do_setns(int who, int target, unsigned long type, const char *kind) {
  char path[64];
  int fd;
  if (!strcmp(kind, "pidfd")) fd = (int)syscall(SYS_pidfd_open, pids[target], 0);
  else { snprintf(path, sizeof path, "/proc/%d/ns/%.16s", pids[target], kind); fd = open(path, O_RDONLY | O_CLOEXEC); }
  if (fd < 0) return errno;
  int err = ask(who, "setns", type, 0, fd).err;
  close(fd);
  return err;
}

static int do_clone(int who, unsigned long flags, int child) {
  int err = ask(who, "clone", flags, (unsigned long)child, -1).err;
  struct reply hello;
  int none;
  if (err) return err;
  receive(sockets[child][0], &hello, sizeof hello, &none, &pids[child]);
  parents[child] = flags & CLONE_PARENT ? parents[who] : who;
  return 0;
}

static void do_exit(int who) {
  ask(who, "exit", 0, 0, -1);
  if (parents[who] < 0) waitpid(pids[who], NULL, __WALL);
  else ask(parents[who], "wait", 0, 0, -1);
  pids[who] = 0;
}

static void show(int err) {
  char path[64], text[256], line[512];
  printf("result %d\n", err);
  for (int w = 0; w < WORKERS; w++) {
    if (!pids[w]) continue;
    printf("%d", w);
    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
      snprintf(path, sizeof path, "/proc/%d/ns/%s", pids[w], names[n]);
      ssize_t length = readlink(path, text, sizeof text - 1);
      if (length < 0) snprintf(text, sizeof text, "-"); else text[length] = 0;
      printf(" %s", text);
    }
    snprintf(path, sizeof path, "/proc/%d/status", pids[w]);
    FILE *status = fopen(path, "r");
    while (status && fgets(line, sizeof line, status)) if (!strncmp(line, "NSpid:", 6)) {
      char *rest = strtok(line + 6, "\t\n");
      printf(" pids");
      while ((rest = strtok(NULL, "\t\n"))) printf(",%s", rest);
    }
    if (status) fclose(status);
    printf(" %s\n", ask(w, "look", 0, 0, -1).host);
  }
  fflush(stdout);
}

static void end(void) {
  for (int w = WORKERS - 1; w >= 0; w--) if (pids[w]) kill(pids[w], SIGKILL);
  while (waitpid(-1, NULL, __WALL) > 0) {}
  for (int w = 0; w < WORKERS; w++) { pids[w] = 0; if (sockets[w][0]) { close(sockets[w][0]); close(sockets[w][1]); } }
}

static void begin(void) {
  int on = 1;
  for (int w = 0; w < WORKERS; w++) {
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets[w])) _exit(3);
    setsockopt(sockets[w][0], SOL_SOCKET, SO_PASSCRED, &on, sizeof on);
  }
  parents[0] = -1;
  pids[0] = fork();
  if (pids[0] == 0) { unshare(CLONE_NEWUTS); sethostname("host", 4); worker(0); }
  while (strcmp(ask(0, "look", 0, 0, -1).host, "host")) {}
}

int main(void) {
  char line[256], op[32], text[64];
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  while (fgets(line, sizeof line, stdin)) {
    int who = 0, other = 0, err = 9998;
    unsigned long flags = 0;
    if (!strncmp(line, "reset", 5)) { end(); begin(); show(0); continue; }
    if (sscanf(line, "%d %31s %lu %d %63s", &who, op, &flags, &other, text) < 5) return 2;
    if (!strcmp(op, "clone")) err = do_clone(who, flags, other);
    else if (!strcmp(op, "setns")) err = do_setns(who, other, flags, text);
    else if (!strcmp(op, "exit")) { do_exit(who); err = 0; }
    else if (!strcmp(op, "map")) { err = write_map(pids[who], "uid_map", "0 0 100000"); if (!err) err = write_map(pids[who], "gid_map", "0 0 100000"); }
    else err = ask(who, op, flags, (unsigned long)other, -1).err;
    show(err);
  }
  end();
  return 0;
}
