#define _GNU_SOURCE
#include <errno.h>
#include <libc/capability.h>
#include <stdio.h>
#include <string.h>

/* Which of the sets a capability is in: effective 1, permitted 2, inheritable 4. */
static int sets_of(cap_t caps, int cap) {
  int sets = 0;
  for (int s = 0; s < 3; s++) if (caps->flat[cap / 32][s] >> (cap & 31) & 1) sets |= 1 << s;
  return sets;
}
static char *letters(char *to, int sets) { return to + sprintf(to, "%s%s%s", sets & 1 ? "e" : "", sets & 4 ? "i" : "", sets & 2 ? "p" : ""); }

/* ",cap_a,cap_b" for those that the kernel knows and that have exactly these sets; `to` null: how many there are. */
static char *list(char *to, cap_t caps, int most, int sets) {
  char *at = to;
  for (int i = 0; i < most; i++) {
    if (sets_of(caps, i) != sets) continue;
    at += i <= CAP_LAST_CAP ? sprintf(at, "%s%s", at == to ? "" : ",", __cap_names[i]) : sprintf(at, "%s%d", at == to ? "" : ",", i);
  }
  return at;
}

char *cap_to_text(cap_t caps, ssize_t *length) {
  char text[4096], *at = text;
  int counts[8] = { 0 }, most = cap_max_bits(), base = 7;
  if (!caps || caps->magic != CAP_MAGIC) {
    errno = EINVAL;
    return 0;
  }
  for (int i = 0; i < most; i++) counts[sets_of(caps, i)]++;
  /* what most of them have is said for all of them first */
  for (int sets = 6; sets >= 0; sets--) if (counts[sets] >= counts[base]) base = sets;
  if (base != 0 || counts[0] == most) at = letters(at + sprintf(at, "="), base);
  for (int sets = 7; sets >= 0; sets--) {
    if (sets == base || counts[sets] == 0) continue;
    int first = at == text;
    if (!first) *at++ = ' ';
    at = list(at, caps, most, sets);
    int more = sets & ~base, less = base & ~sets;
    if (more) {
      *at++ = first ? '=' : '+';
      at = letters(at, more);
    }
    if (less) {
      *at++ = '-';
      at = letters(at, less);
    }
  }
  *at = '\0';
  if (length) *length = at - text;
  return __cap_text(text);
}
