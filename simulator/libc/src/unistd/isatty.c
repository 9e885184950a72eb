#define _GNU_SOURCE
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

int isatty(int fd) {
  char kernel_termios[64];
  return ioctl(fd, TCGETS, kernel_termios) == 0;
}
