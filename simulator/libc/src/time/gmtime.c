#define _GNU_SOURCE
#include <libc/time.h>
struct tm *gmtime_r(const time_t *seconds, struct tm *to) {
  if (__break_down(*seconds, to) < 0) return 0;
  to->tm_zone = "GMT";
  return to;
}
struct tm *localtime_r(const time_t *seconds, struct tm *to) {
  struct __zone z = __zone_at(*seconds);
  if (__break_down(*seconds + z.offset, to) < 0) return 0;
  to->tm_isdst = z.dst;
  to->tm_gmtoff = z.offset;
  to->tm_zone = z.name;
  return to;
}
static struct tm own;
struct tm *gmtime(const time_t *seconds) { return gmtime_r(seconds, &own); }
struct tm *localtime(const time_t *seconds) { return localtime_r(seconds, &own); }
