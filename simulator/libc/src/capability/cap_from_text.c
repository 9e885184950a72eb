#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <libc/capability.h>
#include <string.h>

static cap_t invalid(cap_t caps) {
  cap_free(caps);
  errno = EINVAL;
  return 0;
}

/* The capabilities that a clause names, as a bit for each; behind them. Null: no such name. */
static const char *names(const char *at, unsigned long *which, int *count) {
  char name[40];
  *which = 0;
  *count = 0;
  for (;;) {
    size_t n = 0;
    while (isalnum((unsigned char)*at) || *at == '_') {
      if (n == sizeof name - 1) return 0;
      name[n++] = *at++;
    }
    name[n] = '\0';
    cap_value_t cap;
    if (n == 0) return *count == 0 ? at : 0;
    if (strcasecmp(name, "all") == 0) *which |= ~0ul >> (63 - CAP_LAST_CAP);
    else if (cap_from_name(name, &cap) == 0) *which |= 1ul << cap;
    else return 0;
    ++*count;
    if (*at != ',') return at;
    at++;
  }
}

static void change(cap_t caps, unsigned long which, int set, int on) {
  for (int i = 0; i < 2; i++) {
    unsigned bits = (unsigned)(which >> 32 * i);
    caps->flat[i][set] = on ? caps->flat[i][set] | bits : caps->flat[i][set] & ~bits;
  }
}

/* =eip, +e, -p … one after the other. */
static const char *actions(const char *at, cap_t caps, unsigned long which, int named) {
  int first = 1;
  if (!strchr("=+-", *at) || !*at) return 0;
  while (*at && strchr("=+-", *at)) {
    char operation = *at++;
    int any = 0;
    if (!named && operation != '=') return 0;
    if (operation == '=') {
      if (!first) return 0;
      for (int set = 0; set < 3; set++) change(caps, which, set, 0);
    }
    for (; *at && strchr("eip", *at); at++, any = 1) change(caps, which, *at == 'e' ? CAP_EFFECTIVE : *at == 'i' ? CAP_INHERITABLE : CAP_PERMITTED, operation != '-');
    if (!any && operation != '=') return 0;
    first = 0;
  }
  return at;
}

cap_t cap_from_text(const char *at) {
  cap_t caps = cap_init();
  unsigned long which;
  int count;
  if (!caps) return 0;
  if (!at) return invalid(caps);
  for (;;) {
    while (isspace((unsigned char)*at)) at++;
    if (*at == '\0') return caps;
    at = names(at, &which, &count);
    if (!at) return invalid(caps);
    at = actions(at, caps, count ? which : ~0ul >> (63 - CAP_LAST_CAP), count);
    if (!at || (*at && !isspace((unsigned char)*at))) return invalid(caps);
  }
}
