#define _GNU_SOURCE
#include <sys/ioctl.h>
#include <sys/socket.h>
int sockatmark(int fd) {
  int mark;
  return ioctl(fd, 0x8905, &mark) < 0 ? -1 : mark;
}
