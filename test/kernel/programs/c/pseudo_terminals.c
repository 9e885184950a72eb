#define _GNU_SOURCE
#define _XOPEN_SOURCE 600
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <fcntl.h>
#include <termios.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <string.h>
#include <errno.h>
#include <pty.h>
/* link: -lutil */
int main(void) {
  int m = posix_openpt(O_RDWR | O_NOCTTY); if (m < 0) { perror("openpt"); return 1; } grantpt(m); unlockpt(m); printf("slave: %s\n", ptsname(m)); fflush(stdout);
  if (fork() == 0) { setsid(); int s = open(ptsname(m), O_RDWR); ioctl(s, TIOCSCTTY, 0); dup2(s, 0); dup2(s, 1); dup2(s, 2); close(m); execlp("sh", "sh", "-c", "tty; read x; echo got $x; test -t 0 && echo terminal", (char *)0); _exit(1); }
  write(m, "hello\n", 6); char b[1024]; int n, tot = 0; while ((n = read(m, b + tot, 1023 - tot)) > 0) tot += n; if (n < 0) printf("read: %s\n", strerror(errno)); b[tot] = 0; for (char *p = b; *p; p++) if (*p == '\r') fputs("\\r", stdout); else putchar(*p); wait(0);
  struct termios t; printf("tcgetattr %d %s\n", tcgetattr(1, &t), isatty(1) ? "tty" : "no tty"); struct winsize w; if (ioctl(1, TIOCGWINSZ, &w) == 0) printf("%dx%d\n", w.ws_col, w.ws_row); else perror("winsize"); int ma; fflush(stdout); pid_t p = forkpty(&ma, 0, 0, 0); if (p == 0) { printf("in forkpty\n"); exit(4); } tot = 0; while ((n = read(ma, b + tot, 100)) > 0) tot += n; int st; waitpid(p, &st, 0); printf("%.*s %d\n", tot > 2 ? tot - 2 : 0, b, WEXITSTATUS(st)); return 0;
}
