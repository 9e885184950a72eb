#define _GNU_SOURCE
#include <errno.h>
#include <libc/locale.h>
#include <wchar.h>

static size_t wrong(mbstate_t *state) {
  state->__count = 0;
  errno = EILSEQ;
  return (size_t)-1;
}

static int length_of(unsigned char lead) { return lead < 0x80 ? 1 : lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0; }

static int second_fits(int length, unsigned value) {
  return length == 3 ? value >= 0x20 && value >> 5 != 0x1b : length == 4 ? value >= 0x10 && value < 0x110 : 1;
}

/* The state holds how many bytes are wanted still (low byte of __count), of how many (next), and what came. */
size_t mbrtowc(wchar_t *to, const char *from, size_t size, mbstate_t *state) {
  static mbstate_t own;
  wchar_t dropped;
  size_t used = 0;
  if (!state) state = &own;
  if (!from) return mbrtowc(&dropped, "", 1, state);
  if (!to) to = &dropped;
  if (size == 0) return (size_t)-2;
  if (!__utf8) {
    if ((unsigned char)*from >= 0x80) return wrong(state);
    *to = *from;
    return *from != '\0';
  }
  if (state->__count == 0) {
    int length = length_of((unsigned char)*from);
    if (length == 0) return wrong(state);
    if (length == 1) {
      *to = *from;
      return *from != '\0';
    }
    state->__value = (unsigned char)*from & (0xff >> (length + 1));
    state->__count = length << 8 | (length - 1);
    used = 1;
  }
  for (; used < size; used++) {
    unsigned char byte = (unsigned char)from[used];
    int length = state->__count >> 8;
    if ((byte & 0xc0) != 0x80) return wrong(state);
    state->__value = state->__value << 6 | (byte & 63);
    /* the second byte decides whether it is too long a form, a surrogate or beyond the last character */
    if ((state->__count & 0xff) == length - 1 && !second_fits(length, state->__value)) return wrong(state);
    if ((--state->__count & 0xff) == 0) {
      state->__count = 0;
      *to = (wchar_t)state->__value;
      return used + 1;
    }
  }
  return (size_t)-2;
}

size_t mbrlen(const char *from, size_t size, mbstate_t *state) {
  static mbstate_t own;
  return mbrtowc(0, from, size, state ? state : &own);
}
int mbsinit(const mbstate_t *state) { return !state || state->__count == 0; }
