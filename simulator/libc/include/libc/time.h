#ifndef _LIBC_TIME_H
#define _LIBC_TIME_H
#include <time.h>
/* Days from 1970-01-01 to the first of January (month 0) or another month of the year (as it is, not less 1900). */
long __days_before(long year, int month);
/* 0, or -1 with EOVERFLOW when the year does not fit. */
int __break_down(time_t seconds, struct tm *to);
/* The zone that TZ names, as of a moment: seconds east of Greenwich and the name; tm_isdst. */
struct __zone { long offset; const char *name; int dst; };
struct __zone __zone_at(time_t seconds);
struct __zone __zone_local(long seconds_local, int dst);
#endif
