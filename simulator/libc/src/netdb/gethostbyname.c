#define _GNU_SOURCE
#include <arpa/inet.h>
#include <libc/hosts.h>
#include <netdb.h>
#include <string.h>

static _Thread_local int error;
int *__h_errno_location(void) { return &error; }

static struct hostent entry;
static char name[256], address[16], *no_aliases[1], *list[2] = { address, 0 };

static struct hostent *found(int family) {
  entry = (struct hostent){ name, no_aliases, family, family == AF_INET ? 4 : 16, list };
  return &entry;
}
struct hostent *gethostbyname(const char *text) {
  strncpy(name, text, sizeof name - 1);
  if (inet_aton(text, (struct in_addr *)address) || __hosts_look_up(text, AF_INET, address, name, sizeof name)) return found(AF_INET);
  error = TRY_AGAIN;
  return 0;
}
struct hostent *gethostbyaddr(const void *bytes, socklen_t length, int family) {
  if ((family == AF_INET && length == 4) || (family == AF_INET6 && length == 16)) {
    memcpy(address, bytes, length);
    if (__hosts_name_of(bytes, family, name, sizeof name)) return found(family);
  }
  error = HOST_NOT_FOUND;
  return 0;
}
