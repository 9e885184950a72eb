#define _GNU_SOURCE
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <string.h>

static int four(const char *text, unsigned char *to) {
  for (int i = 0; i < 4; i++) {
    int value = 0, digits = 0;
    for (; isdigit((unsigned char)*text); text++, digits++) {
      if (digits && value == 0) return 0;
      value = value * 10 + (*text - '0');
      if (value > 255) return 0;
    }
    if (digits == 0 || (i < 3 && *text++ != '.')) return 0;
    to[i] = (unsigned char)value;
  }
  return *text == '\0';
}

static int hex(int c) { return isdigit(c) ? c - '0' : isxdigit(c) ? tolower(c) - 'a' + 10 : -1; }

static int six(const char *text, unsigned char *to) {
  unsigned char all[16] = { 0 };
  int at = 0, gap = -1;
  if (*text == ':' && *++text != ':') return 0;
  while (*text) {
    const char *group = text;
    unsigned value = 0;
    int digits = 0;
    if (*text == ':') {
      if (gap >= 0) return 0;
      gap = at;
      text++;
      continue;
    }
    for (; hex((unsigned char)*text) >= 0; text++) {
      if (++digits > 4) return 0;
      value = value << 4 | (unsigned)hex((unsigned char)*text);
    }
    if (*text == '.' && at <= 12) {
      if (!four(group, all + at)) return 0;
      at += 4;
      break;
    }
    if (digits == 0 || at > 14) return 0;
    all[at++] = (unsigned char)(value >> 8);
    all[at++] = (unsigned char)value;
    if (*text == ':' && text[1] == '\0') return 0;
    if (*text == ':') text++;
    else if (*text) return 0;
  }
  if (gap >= 0) {
    if (at == 16) return 0;
    int moved = at - gap;
    memmove(all + 16 - moved, all + gap, (size_t)moved);
    memset(all + gap, 0, (size_t)(16 - at));
  } else if (at != 16) return 0;
  memcpy(to, all, 16);
  return 1;
}

int inet_pton(int family, const char *text, void *to) {
  unsigned char bytes[4];
  if (family == AF_INET6) return six(text, to);
  if (family != AF_INET) {
    errno = EAFNOSUPPORT;
    return -1;
  }
  if (!four(text, bytes)) return 0;
  memcpy(to, bytes, 4);
  return 1;
}
