#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

/* The longest run of zero groups, of two at least, is left out. */
static void six(const unsigned char *b, char *to) {
  int best = -1, longest = 1, at = 0;
  unsigned group[8];
  for (int i = 0; i < 8; i++) group[i] = (unsigned)b[2 * i] << 8 | b[2 * i + 1];
  for (int i = 0; i < 8; i++) {
    int n = 0;
    while (i + n < 8 && group[i + n] == 0) n++;
    if (n > longest) longest = n, best = i;
  }
  int mapped = best == 0 && (longest == 6 || (longest == 7 && group[7] != 1) || (longest == 5 && group[5] == 0xffff));
  for (int i = 0; i < 8; i++) {
    if (i == best) {
      at += sprintf(to + at, i == 0 ? "::" : ":");
      i += longest - 1;
      continue;
    }
    if (mapped && i == 6) {
      sprintf(to + at, "%d.%d.%d.%d", b[12], b[13], b[14], b[15]);
      return;
    }
    at += sprintf(to + at, "%x%s", group[i], i < 7 ? ":" : "");
  }
  to[at] = '\0';
}

const char *inet_ntop(int family, const void *from, char *to, socklen_t size) {
  char text[64];
  const unsigned char *b = from;
  if (family == AF_INET) sprintf(text, "%d.%d.%d.%d", b[0], b[1], b[2], b[3]);
  else if (family == AF_INET6) six(b, text);
  else {
    errno = EAFNOSUPPORT;
    return 0;
  }
  if (strlen(text) < size) return strcpy(to, text);
  errno = ENOSPC;
  return 0;
}
