#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <libc/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int cap_from_name(const char *name, cap_value_t *value) {
  char *end;
  for (int i = 0; i <= CAP_LAST_CAP; i++) {
    if (strcasecmp(name, __cap_names[i])) continue;
    *value = i;
    return 0;
  }
  long number = isdigit((unsigned char)*name) ? strtol(name, &end, 10) : -1;
  if (number >= 0 && number < 64 && *end == '\0') {
    *value = (int)number;
    return 0;
  }
  errno = EINVAL;
  return -1;
}
char *cap_to_name(cap_value_t cap) {
  char number[16];
  if (cap >= 0 && cap <= CAP_LAST_CAP) return __cap_text(__cap_names[cap]);
  snprintf(number, sizeof number, "%u", (unsigned)cap);
  return __cap_text(number);
}
