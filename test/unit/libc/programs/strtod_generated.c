// Numbers as text, read back: shortest, halves between neighbours, tiny and huge ones, hexadecimal.
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state = 77;
static uint64_t next(void) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  uint64_t x = state ^ state >> 33;
  x *= 0xff51afd7ed558ccdu;
  return x ^ x >> 29;
}

static void show(const char *text) {
  char *end, *endf;
  uint64_t bits;
  uint32_t narrow;
  errno = 0;
  double value = strtod(text, &end);
  int error = errno;
  errno = 0;
  float f = strtof(text, &endf);
  memcpy(&bits, &value, sizeof bits);
  memcpy(&narrow, &f, sizeof narrow);
  printf("%.60s: %016lx %d %ld, %08x %d %ld\n", text, (unsigned long)bits, error, (long)(end - text), narrow, errno, (long)(endf - text));
}

int main(void) {
  static const char *cases[] = {
    "", " ", "1", "  +1.5x", "-0", "0x", "0x1p", "0x1p-1074", "0x.8p1", "0x1.8", "0X1.FFFFFFFFFFFFF8p0", "0x1.fffffffffffffp1023", "0x1p1024", "0x1p-1075", "0x1.8p-1075",
    "inf", "-INFINITY", "infinit", "nan", "nan(123)", "nan(12", "-nan", ".", ".5", "5.", "1e", "1e+", "1e5", "1e+5", "1e-5", "1e400", "1e-400", "-1e400",
    "1.7976931348623157e308", "1.7976931348623158e308", "1.7976931348623159e308", "4.9e-324", "2.4703282292062327e-324", "2.4703282292062328e-324", "2.2250738585072011e-308",
    "2.2250738585072014e-308", "9007199254740993", "9007199254740992.99999999999999999999", "9007199254740993.00000000000000000000000001", "0.000001", "123456789012345678901234567890",
    "3.4028235e38", "3.4028236e38", "1.17549435e-38", "1.4e-45", "7e-46", "16777217", "1e0000000000000000000001", "1e99999999999999999999", "0e99999999999999", "0.1e-99999999999999999",
  };
  for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) show(cases[i]);
  printf("seed %lu\n", (unsigned long)state);
  for (int i = 0; i < 1500; i++) {
    char text[1300];
    uint64_t bits = next();
    double value;
    if (i % 4 == 0) bits &= ~(0x7f0ull << 52);
    memcpy(&value, &bits, sizeof value);
    if (value != value || value - value != 0) continue;
    switch (i % 5) {
      case 0: snprintf(text, sizeof text, "%.17g", value); break;
      case 1: snprintf(text, sizeof text, "%.16e", value); break;
      case 2: snprintf(text, sizeof text, "%.1100g", value); break;
      case 3: snprintf(text, sizeof text, "%lu.%lue%d", (unsigned long)(next() >> 20), (unsigned long)(next() >> 30), (int)(next() % 640) - 320); break;
      default: snprintf(text, sizeof text, "%.40g", (double)(float)value); break;
    }
    show(text);
  }
  return 0;
}
