#define _GNU_SOURCE
#include <errno.h>
#include <sys/ioctl.h>
#include <termios.h>
void cfmakeraw(struct termios *t) {
  t->c_iflag &= ~(unsigned)(IGNBRK | BRKINT | PARMRK | ISTRIP | INLCR | IGNCR | ICRNL | IXON);
  t->c_oflag &= ~(unsigned)OPOST;
  t->c_lflag &= ~(unsigned)(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
  t->c_cflag = (t->c_cflag & ~(unsigned)(CSIZE | PARENB)) | CS8;
  t->c_cc[VMIN] = 1;
  t->c_cc[VTIME] = 0;
}
speed_t cfgetospeed(const struct termios *t) { return t->c_cflag & 0x100f; }
speed_t cfgetispeed(const struct termios *t) { return cfgetospeed(t); }
int cfsetospeed(struct termios *t, speed_t speed) {
  if (speed & ~0x100fu) {
    errno = EINVAL;
    return -1;
  }
  t->c_ospeed = speed;
  t->c_cflag = (t->c_cflag & ~0x100fu) | speed;
  return 0;
}
int cfsetispeed(struct termios *t, speed_t speed) {
  t->c_ispeed = speed;
  return speed ? cfsetospeed(t, speed) : 0;
}
int cfsetspeed(struct termios *t, speed_t speed) { return cfsetispeed(t, speed); }
int tcsendbreak(int fd, int duration) { return ioctl(fd, TCSBRK, duration > 0 ? 0 : 0); }
int tcdrain(int fd) { return ioctl(fd, TCSBRK, 1); }
int tcflush(int fd, int queue) { return ioctl(fd, TCFLSH, queue); }
int tcflow(int fd, int action) { return ioctl(fd, TCXONC, action); }
pid_t tcgetsid(int fd) {
  pid_t session;
  return ioctl(fd, TIOCGSID, &session) < 0 ? -1 : session;
}
