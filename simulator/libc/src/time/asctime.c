#define _GNU_SOURCE
#include <libc/names.h>
#include <stdio.h>
#include <time.h>
static char own[128];

static char *write_to(const struct tm *t, char *to, size_t size) {
  const char *day = t->tm_wday < 0 || t->tm_wday > 6 ? "???" : __day_names[t->tm_wday], *month = t->tm_mon < 0 || t->tm_mon > 11 ? "???" : __month_names[t->tm_mon];
  snprintf(to, size, "%.3s %.3s%3d %.2d:%.2d:%.2d %ld\n", day, month, t->tm_mday, t->tm_hour, t->tm_min, t->tm_sec, 1900l + t->tm_year);
  return to;
}
char *asctime_r(const struct tm *t, char *to) { return write_to(t, to, 64); }
char *asctime(const struct tm *t) { return write_to(t, own, sizeof own); }
char *ctime_r(const time_t *seconds, char *to) {
  struct tm t;
  return localtime_r(seconds, &t) ? asctime_r(&t, to) : 0;
}
char *ctime(const time_t *seconds) {
  struct tm *t = localtime(seconds);
  return t ? asctime(t) : 0;
}
