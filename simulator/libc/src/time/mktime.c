#define _GNU_SOURCE
#include <errno.h>
#include <libc/time.h>

static long count(const struct tm *t) {
  long months = t->tm_mon % 12, years = t->tm_year + 1900l + t->tm_mon / 12;
  if (months < 0) {
    months += 12;
    years--;
  }
  return (__days_before(years, (int)months) + t->tm_mday - 1) * 86400 + t->tm_hour * 3600l + t->tm_min * 60l + t->tm_sec;
}

time_t timegm(struct tm *t) {
  time_t seconds = count(t);
  return gmtime_r(&seconds, t) ? seconds : -1;
}
time_t mktime(struct tm *t) {
  long local = count(t);
  time_t seconds = local - __zone_local(local, t->tm_isdst).offset;
  return localtime_r(&seconds, t) ? seconds : -1;
}
time_t timelocal(struct tm *t) { return mktime(t); }
