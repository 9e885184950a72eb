#define _GNU_SOURCE
#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>

struct kernel_termios { tcflag_t c_iflag, c_oflag, c_cflag, c_lflag; cc_t c_line, c_cc[19]; };

int tcgetattr(int fd, struct termios *t) {
  struct kernel_termios k;
  if (ioctl(fd, TCGETS, &k) < 0) return -1;
  memset(t, 0, sizeof *t);
  t->c_iflag = k.c_iflag;
  t->c_oflag = k.c_oflag;
  t->c_cflag = k.c_cflag;
  t->c_lflag = k.c_lflag;
  t->c_line = k.c_line;
  t->c_ispeed = t->c_ospeed = k.c_cflag & 0x100f;
  memcpy(t->c_cc, k.c_cc, sizeof k.c_cc);
  return 0;
}

int tcsetattr(int fd, int when, const struct termios *t) {
  struct kernel_termios k = { t->c_iflag & ~0x80000000u, t->c_oflag, t->c_cflag, t->c_lflag, t->c_line, { 0 } };
  if (when < TCSANOW || when > TCSAFLUSH) {
    errno = EINVAL;
    return -1;
  }
  memcpy(k.c_cc, t->c_cc, sizeof k.c_cc);
  return ioctl(fd, (unsigned long)(TCSETS + when), &k);
}
