#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char line[512], *aliases[1];

/* The line of a database like /etc/services that begins with the name; what stands behind it. */
static char *look_up(const char *file, const char *wanted, const char *behind) {
  FILE *f = fopen(file, "re");
  char *second = 0, *kept;
  while (f && fgets(line, sizeof line, f)) {
    line[strcspn(line, "#\n")] = '\0';
    char *first = strtok_r(line, " \t", &kept);
    if (!first || strcmp(first, wanted)) continue;
    second = strtok_r(0, " \t", &kept);
    if (second && (!behind || (strchr(second, '/') && strcmp(strchr(second, '/') + 1, behind) == 0))) break;
    second = 0;
  }
  if (f) fclose(f);
  return second;
}
struct servent *getservbyname(const char *name, const char *protocol) {
  static struct servent s;
  char *port = look_up("/etc/services", name, protocol);
  if (!port) return 0;
  s = (struct servent){ line, aliases, htons((uint16_t)strtol(port, 0, 10)), strchr(port, '/') + 1 };
  return &s;
}
struct servent *getservbyport(int port, const char *protocol) {
  static struct servent s;
  char name[64], number[32], rest[8];
  FILE *f = fopen("/etc/services", "re");
  int found = 0;
  while (f && !found && fgets(line, sizeof line, f))
    found = sscanf(line, "%63[^# \t] %31[0-9]/%7s", name, number, rest) == 3 && atoi(number) == ntohs((uint16_t)port) && (!protocol || strcmp(rest, protocol) == 0);
  if (f) fclose(f);
  if (!found) return 0;
  strcpy(line, name);
  strcpy(line + strlen(name) + 1, rest);
  s = (struct servent){ line, aliases, port, line + strlen(name) + 1 };
  return &s;
}
struct protoent *getprotobyname(const char *name) {
  static struct protoent p;
  char *number = look_up("/etc/protocols", name, 0);
  if (!number) return 0;
  p = (struct protoent){ line, aliases, (int)strtol(number, 0, 10) };
  return &p;
}
