// Thousands of generated conversions; the seed is fixed, and printed.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state = 20240615;
static uint64_t next(void) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  uint64_t x = state;
  x ^= x >> 33;
  x *= 0xff51afd7ed558ccdu;
  return x ^ x >> 29;
}
static int below(int n) { return (int)((next() >> 16) % (uint64_t)n); }

static void flags(char *to, const char *set) {
  for (; *set; set++) if (below(4) == 0) strncat(to, set, 1);
}

static void size(char *to) {
  if (below(2)) sprintf(to + strlen(to), "%d", 1 + below(30));
  if (below(3) == 0) sprintf(to + strlen(to), ".%d", below(25));
  else if (below(12) == 0) strcat(to, ".");
}

static void integers(int count) {
  static const char *lengths[] = { "hh", "h", "", "l", "ll", "j", "z", "t" };
  for (int i = 0; i < count; i++) {
    char format[64] = "%";
    int l = below(8);
    flags(format, "-+ #0'");
    size(format);
    strcat(format, lengths[l]);
    strncat(format, "diuoxX" + below(6), 1);
    uint64_t value = below(6) == 0 ? (uint64_t)below(3) : next() >> below(64);
    if (below(3) == 0) value = -value;
    char out[300];
    int n = l < 3 ? snprintf(out, sizeof out, format, (int)value) : snprintf(out, sizeof out, format, (long)value);
    printf("%s|%s|%d\n", format, out, n);
  }
}

static double number(void) {
  uint64_t bits = next();
  double value;
  switch (below(8)) {
    case 0: return (double)(int64_t)(next() >> below(64));
    case 1: return (double)below(2000) / 8;
    case 2: return (double)below(100000) / 100;
    case 3: return 1.0 / (1 + below(1000));
    case 4: return 0;
    case 5: bits &= ~(0x7feull << 52); break;
    case 6: bits = (bits & ~(0x7ffull << 52)) | (uint64_t)(1023 - 30 + below(90)) << 52; break;
    default: break;
  }
  memcpy(&value, &bits, sizeof value);
  return value;
}

static void floats(int count) {
  for (int i = 0; i < count; i++) {
    char format[64] = "%";
    flags(format, "-+ #0");
    size(format);
    if (below(40) == 0) sprintf(format + strlen(format), "%s", strchr(format, '.') ? "" : ".330");
    strncat(format, "eEfFgGaA" + below(8), 1);
    double value = number();
    char out[1500];
    int n = snprintf(out, sizeof out, format, value);
    printf("%s|%s|%d\n", format, out, n);
  }
}

static void texts(int count) {
  static const char *words[] = { "", "a", "namespace", "a somewhat longer text, with a comma", "umlaut \xc3\xa4" };
  for (int i = 0; i < count; i++) {
    char format[64] = "%", out[300];
    flags(format, "-");
    size(format);
    strcat(format, "s");
    int n = snprintf(out, below(3) ? sizeof out : (size_t)below(12), format, words[below(5)]);
    printf("%s|%d\n", format, n);
    n = snprintf(out, sizeof out, format, words[below(5)]);
    printf("%s|%s|%d\n", format, out, n);
  }
}

int main(void) {
  printf("seed %lu\n", (unsigned long)state);
  integers(2500);
  floats(3500);
  texts(250);
  return 0;
}
