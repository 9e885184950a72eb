#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utmp.h>

int posix_openpt(int flags) { return open("/dev/ptmx", flags); }
int getpt(void) { return posix_openpt(O_RDWR); }
int grantpt(int fd) {
  unsigned number;
  int error = errno;
  if (ioctl(fd, TIOCGPTN, &number) < 0) {
    if (errno == ENOTTY) errno = EINVAL;
    return -1;
  }
  errno = error;
  return 0;
}
int unlockpt(int fd) {
  int lock = 0;
  if (ioctl(fd, TIOCSPTLCK, &lock) == 0) return 0;
  if (errno == ENOTTY) errno = EINVAL;
  return -1;
}
int ptsname_r(int fd, char *to, size_t size) {
  unsigned number;
  char name[32];
  if (ioctl(fd, TIOCGPTN, &number) < 0) return errno;
  sprintf(name, "/dev/pts/%u", number);
  if (strlen(name) >= size) return errno = ERANGE;
  strcpy(to, name);
  return 0;
}
char *ptsname(int fd) {
  static char name[32];
  return ptsname_r(fd, name, sizeof name) ? 0 : name;
}

int openpty(int *master, int *slave, char *name, const struct termios *t, const struct winsize *size) {
  char path[32];
  int a = posix_openpt(O_RDWR | O_NOCTTY), b = -1;
  if (a < 0) return -1;
  if (grantpt(a) == 0 && unlockpt(a) == 0 && ptsname_r(a, path, sizeof path) == 0) b = open(path, O_RDWR | O_NOCTTY);
  if (b < 0) {
    close(a);
    return -1;
  }
  if (t) tcsetattr(b, TCSAFLUSH, t);
  if (size) ioctl(b, TIOCSWINSZ, size);
  if (name) strcpy(name, path);
  *master = a;
  *slave = b;
  return 0;
}

int login_tty(int fd) {
  setsid();
  if (ioctl(fd, TIOCSCTTY, 0) < 0) return -1;
  for (int i = 0; i < 3; i++) dup2(fd, i);
  if (fd > 2) close(fd);
  return 0;
}

pid_t forkpty(int *master, char *name, const struct termios *t, const struct winsize *size) {
  int slave;
  if (openpty(master, &slave, name, t, size) < 0) return -1;
  pid_t pid = fork();
  if (pid == 0) {
    close(*master);
    if (login_tty(slave) < 0) _exit(1);
    return 0;
  }
  close(slave);
  if (pid < 0) close(*master);
  return pid;
}
