#define _GNU_SOURCE
#include <arpa/inet.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

/* One to four numbers, decimal, octal or hexadecimal; the last fills what is left. */
int inet_aton(const char *text, struct in_addr *to) {
  unsigned long part[4];
  int count = 0;
  char *end;
  for (;;) {
    if (!isdigit((unsigned char)*text) || count == 4) return 0;
    part[count++] = strtoul(text, &end, 0);
    if (*end != '.') break;
    text = end + 1;
  }
  if (*end && !isspace((unsigned char)*end)) return 0;
  unsigned long value = part[count - 1];
  if (value >> (8 * (5 - count))) return 0;
  for (int i = 0; i < count - 1; i++) {
    if (part[i] > 255) return 0;
    value |= part[i] << (24 - 8 * i);
  }
  if (to) to->s_addr = htonl((uint32_t)value);
  return 1;
}
in_addr_t inet_addr(const char *text) {
  struct in_addr a;
  return inet_aton(text, &a) ? a.s_addr : INADDR_NONE;
}
in_addr_t inet_network(const char *text) {
  in_addr_t a = inet_addr(text);
  return a == INADDR_NONE ? a : ntohl(a);
}
char *inet_ntoa(struct in_addr a) {
  static _Thread_local char text[16];
  const unsigned char *b = (const unsigned char *)&a;
  snprintf(text, sizeof text, "%d.%d.%d.%d", b[0], b[1], b[2], b[3]);
  return text;
}
