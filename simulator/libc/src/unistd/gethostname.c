#define _GNU_SOURCE
#include <errno.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

int gethostname(char *to, size_t size) {
  struct utsname name;
  if (uname(&name) < 0) return -1;
  size_t length = strlen(name.nodename) + 1;
  memcpy(to, name.nodename, length < size ? length : size);
  if (length <= size) return 0;
  errno = ENAMETOOLONG;
  return -1;
}
int getdomainname(char *to, size_t size) {
  struct utsname name;
  if (uname(&name) < 0) return -1;
  strncpy(to, name.domainname, size);
  return 0;
}
long gethostid(void) { return 0; }
