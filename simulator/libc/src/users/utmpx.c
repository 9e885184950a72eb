#define _GNU_SOURCE
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <utmp.h>

static char file[128] = _PATH_UTMP;
static int fd = -1;

void setutxent(void) {
  if (fd >= 0) lseek(fd, 0, SEEK_SET);
}
void endutxent(void) {
  if (fd >= 0) close(fd);
  fd = -1;
}
/* The next record; null at the end, or with errno set when there is no such file. */
struct utmpx *getutxent(void) {
  static struct utmpx found;
  if (fd < 0 && (fd = open(file, O_RDONLY | O_CLOEXEC)) < 0) return 0;
  return read(fd, &found, sizeof found) == sizeof found ? &found : 0;
}
int utmpxname(const char *name) {
  if (strlen(name) >= sizeof file) return -1;
  endutxent();
  strcpy(file, name);
  return 0;
}
void setutent(void) { setutxent(); }
void endutent(void) { endutxent(); }
struct utmpx *getutent(void) { return getutxent(); }
int utmpname(const char *name) { return utmpxname(name); }
