#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *ecvt(double value, int digits, int *point, int *negative) {
  static char text[400];
  char all[400];
  if (digits > 17) digits = 17;
  snprintf(all, sizeof all, "%.*e", digits > 0 ? digits - 1 : 0, value);
  char *at = all + (*all == '-');
  *negative = *all == '-';
  text[0] = *at;
  char *e = strchr(at, 'e');
  memcpy(text + 1, at + 2, digits > 1 ? (size_t)(digits - 1) : 0);
  text[digits] = '\0';
  *point = value == 0 ? 1 : (int)strtol(e + 1, 0, 10) + 1;
  return text;
}
char *fcvt(double value, int places, int *point, int *negative) {
  static char text[400];
  char all[400];
  snprintf(all, sizeof all, "%.*f", places, value);
  char *at = all + (*all == '-'), *to = text;
  *negative = *all == '-';
  char *dot = strchrnul(at, '.');
  *point = (int)(dot - at);
  if (*at == '0') {
    *point = 0;
    at = *dot ? dot + 1 : dot;
    while (*at == '0' && at[1]) at++, --*point;
  }
  for (; *at; at++) if (*at != '.') *to++ = *at;
  *to = '\0';
  return text;
}
char *gcvt(double value, int digits, char *to) {
  sprintf(to, "%.*g", digits > 17 ? 17 : digits, value);
  return to;
}
