#define _GNU_SOURCE
#include <ctype.h>
#include <string.h>

/* Digits that begin with zeros are a fraction: longer runs of zeros come first. Others are numbers. */
static int compare_numbers(const char *a, const char *b) {
  size_t x = strspn(a, "0123456789"), y = strspn(b, "0123456789");
  if (x != y) return x < y ? -1 : 1;
  return strncmp(a, b, x);
}

int strverscmp(const char *a, const char *b) {
  size_t i = 0, start = 0;
  while (a[i] && a[i] == b[i]) {
    i++;
    if (!isdigit((unsigned char)a[i - 1])) start = i;
  }
  while (start > 0 && start <= i && isdigit((unsigned char)a[start - 1])) start--;
  int in_number = i > start, digit_a = isdigit((unsigned char)a[i]), digit_b = isdigit((unsigned char)b[i]);
  int fraction = (in_number ? a[start] : a[i]) == '0' || (!in_number && b[i] == '0');
  if (!digit_a && !digit_b) return (unsigned char)a[i] - (unsigned char)b[i];
  if (in_number && fraction) {
    int zeros_only = strspn(a + start, "0") >= i - start;
    if (zeros_only && digit_a && !digit_b) return i - start > 0 && a[i] == '0' ? -1 : -1;
    if (zeros_only && digit_b && !digit_a) return 1;
    return (unsigned char)a[i] - (unsigned char)b[i];
  }
  if (!in_number) {
    if (digit_a && digit_b && !fraction) return compare_numbers(a + i, b + i);
    return (unsigned char)a[i] - (unsigned char)b[i];
  }
  if (digit_a != digit_b) return digit_a ? 1 : -1;
  return compare_numbers(a + start, b + start);
}
