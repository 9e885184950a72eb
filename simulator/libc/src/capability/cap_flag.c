#define _GNU_SOURCE
#include <errno.h>
#include <libc/capability.h>
#include <string.h>

static int invalid(void) {
  errno = EINVAL;
  return -1;
}
static int bad(cap_t caps, cap_flag_t set) { return !caps || caps->magic != CAP_MAGIC || (unsigned)set > CAP_INHERITABLE; }

int cap_get_flag(cap_t caps, cap_value_t cap, cap_flag_t set, cap_flag_value_t *value) {
  if (bad(caps, set) || !value || cap < 0 || cap > 63) return invalid();
  *value = caps->flat[cap / 32][set] >> (cap & 31) & 1 ? CAP_SET : CAP_CLEAR;
  return 0;
}
int cap_set_flag(cap_t caps, cap_flag_t set, int count, const cap_value_t *list, cap_flag_value_t value) {
  if (bad(caps, set) || count <= 0 || count > 64 || (value != CAP_SET && value != CAP_CLEAR)) return invalid();
  for (int i = 0; i < count; i++) {
    if (list[i] < 0 || list[i] > 63) return invalid();
    if (value == CAP_SET) caps->flat[list[i] / 32][set] |= CAP_TO_MASK(list[i]);
    else caps->flat[list[i] / 32][set] &= ~CAP_TO_MASK(list[i]);
  }
  return 0;
}
int cap_clear(cap_t caps) {
  if (bad(caps, 0)) return invalid();
  memset(caps->flat, 0, sizeof caps->flat);
  return 0;
}
int cap_clear_flag(cap_t caps, cap_flag_t set) {
  if (bad(caps, set)) return invalid();
  caps->flat[0][set] = caps->flat[1][set] = 0;
  return 0;
}
int cap_fill(cap_t caps, cap_flag_t to, cap_flag_t from) {
  if (bad(caps, to) || bad(caps, from)) return invalid();
  for (int i = 0; i < 2; i++) caps->flat[i][to] = caps->flat[i][from];
  return 0;
}
int cap_compare(cap_t a, cap_t b) {
  int result = 0;
  if (bad(a, 0) || bad(b, 0)) return invalid();
  for (int set = 0; set < 3; set++) if (a->flat[0][set] != b->flat[0][set] || a->flat[1][set] != b->flat[1][set]) result |= 1 << set;
  return result;
}
