#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <libc/time.h>
#include <string.h>

/* Counted from a March: leap days come at the year's end. */
long __days_before(long year, int month) {
  long m = month + 1;
  if (m <= 2) year--;
  long era = (year >= 0 ? year : year - 399) / 400, of_era = year - era * 400;
  long of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

int __break_down(time_t seconds, struct tm *to) {
  long days = seconds / 86400, rest = seconds % 86400;
  if (rest < 0) {
    rest += 86400;
    days--;
  }
  long year = 1970 + (days >= 0 ? days : days - 365) / 366;
  while (__days_before(year + 1, 0) <= days) {
    long more = (days - __days_before(year, 0)) / 366;
    year += more > 0 ? more : 1;
  }
  while (__days_before(year, 0) > days) year--;
  if (year - 1900 > INT_MAX || year - 1900 < INT_MIN) {
    errno = EOVERFLOW;
    return -1;
  }
  int month = 0;
  while (month < 11 && __days_before(year, month + 1) <= days) month++;
  memset(to, 0, sizeof *to);
  to->tm_year = (int)(year - 1900);
  to->tm_mon = month;
  to->tm_mday = (int)(days - __days_before(year, month)) + 1;
  to->tm_yday = (int)(days - __days_before(year, 0));
  to->tm_wday = (int)(((days + 4) % 7 + 7) % 7);
  to->tm_hour = (int)(rest / 3600);
  to->tm_min = (int)(rest % 3600 / 60);
  to->tm_sec = (int)(rest % 60);
  return 0;
}
