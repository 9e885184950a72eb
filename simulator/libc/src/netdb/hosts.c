#define _GNU_SOURCE
#include <arpa/inet.h>
#include <libc/hosts.h>
#include <stdio.h>
#include <string.h>

static int scan(int family, int (*fits)(const void *, const char *, const char *), const void *wanted, void *address, char *canonical, size_t size) {
  FILE *f = fopen("/etc/hosts", "re");
  char line[1024], bytes[16];
  int found = 0;
  while (f && !found && fgets(line, sizeof line, f)) {
    char *kept, *first, *name;
    line[strcspn(line, "#\n")] = '\0';
    char *number = strtok_r(line, " \t", &kept);
    if (!number || inet_pton(family, number, bytes) != 1 || !(first = strtok_r(0, " \t", &kept))) continue;
    for (name = first; name && !found; name = strtok_r(0, " \t", &kept)) found = fits(wanted, name, bytes);
    if (!found) continue;
    if (address) memcpy(address, bytes, family == AF_INET ? 4 : 16);
    if (canonical) snprintf(canonical, size, "%s", first);
  }
  if (f) fclose(f);
  return found;
}
static int by_name(const void *wanted, const char *name, const char *bytes) {
  (void)bytes;
  return strcasecmp(wanted, name) == 0;
}
static int by_four(const void *wanted, const char *name, const char *bytes) {
  (void)name;
  return memcmp(wanted, bytes, 4) == 0;
}
static int by_six(const void *wanted, const char *name, const char *bytes) {
  (void)name;
  return memcmp(wanted, bytes, 16) == 0;
}
int __hosts_look_up(const char *name, int family, void *address, char *canonical, size_t size) { return scan(family, by_name, name, address, canonical, size); }
int __hosts_name_of(const void *address, int family, char *name, size_t size) { return scan(family, family == AF_INET ? by_four : by_six, address, 0, name, size); }
