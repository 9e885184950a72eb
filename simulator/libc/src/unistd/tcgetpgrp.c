#define _GNU_SOURCE
#include <sys/ioctl.h>
#include <unistd.h>
pid_t tcgetpgrp(int fd) {
  pid_t group;
  return ioctl(fd, TIOCGPGRP, &group) < 0 ? -1 : group;
}
int tcsetpgrp(int fd, pid_t group) { return ioctl(fd, TIOCSPGRP, &group); }
