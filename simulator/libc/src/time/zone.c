#define _GNU_SOURCE
#include <ctype.h>
#include <libc/time.h>
#include <stdlib.h>
#include <string.h>

char *tzname[2] = { "UTC", "UTC" };
int daylight;
long timezone;

/* When summer time begins and ends: day `weekday` of week `week` (5: the last) of a month, or a day of the year (leap days counted: kind 'n', not: 'J'). */
struct rule { char kind; int month, week, weekday; long time; };
static struct { char standard[16], summer[16]; long offset, summer_offset; struct rule begin, end; char text[64]; int known; } zone;

static const char *name(const char *at, char *to) {
  size_t n = 0;
  int quoted = *at == '<';
  if (quoted) at++;
  for (; quoted ? *at && *at != '>' : isalpha((unsigned char)*at); at++) if (n < 15) to[n++] = *at;
  to[n] = '\0';
  return quoted && *at ? at + 1 : at;
}

static const char *clock_time(const char *at, long *seconds) {
  long part[3] = { 0, 0, 0 };
  int negative = *at == '-';
  char *end = (char *)at;
  if (*at == '-' || *at == '+') at++;
  for (int i = 0; i < 3 && isdigit((unsigned char)*at); i++) {
    part[i] = strtol(at, &end, 10);
    at = *end == ':' && i < 2 ? end + 1 : end;
  }
  *seconds = (part[0] * 60 + part[1]) * 60 + part[2];
  if (negative) *seconds = -*seconds;
  return at;
}

static const char *read_rule(const char *at, struct rule *r) {
  char *end = (char *)at;
  r->time = 7200;
  r->kind = *at == 'M' || *at == 'J' ? *at : 'n';
  if (r->kind != 'n') at++;
  r->month = (int)strtol(at, &end, 10);
  if (r->kind == 'M' && *end == '.') r->week = (int)strtol(end + 1, &end, 10);
  if (r->kind == 'M' && *end == '.') r->weekday = (int)strtol(end + 1, &end, 10);
  at = end;
  return *at == '/' ? clock_time(at + 1, &r->time) : at;
}

static void read_zone(const char *text) {
  memset(&zone, 0, sizeof zone);
  zone.known = 1;
  strncpy(zone.text, text, sizeof zone.text - 1);
  if (*text == ':') text++;
  const char *at = name(text, zone.standard);
  if (strlen(zone.standard) < 3 || !(isdigit((unsigned char)*at) || *at == '-' || *at == '+')) {
    /* only UTC is known by a name of its own */
    strcpy(zone.standard, "UTC");
    return;
  }
  at = clock_time(at, &zone.offset);
  zone.offset = -zone.offset;
  if (!*at) return;
  at = name(at, zone.summer);
  zone.summer_offset = zone.offset + 3600;
  if (*at && *at != ',') {
    at = clock_time(at, &zone.summer_offset);
    zone.summer_offset = -zone.summer_offset;
  }
  if (*at != ',') at = ",M3.2.0,M11.1.0";
  at = read_rule(at + 1, &zone.begin);
  if (*at == ',') read_rule(at + 1, &zone.end);
}

void tzset(void) {
  const char *text = getenv("TZ");
  if (!text) text = "UTC0";
  if (!zone.known || strncmp(text, zone.text, sizeof zone.text - 1)) read_zone(text);
  tzname[0] = zone.standard;
  tzname[1] = *zone.summer ? zone.summer : zone.standard;
  timezone = -zone.offset;
  daylight = *zone.summer != '\0';
}

/* The moment of a rule in the year, as local time that ignores summer time. */
static long moment(const struct rule *r, long year) {
  long days = __days_before(year, 0);
  if (r->kind == 'n') days += r->month;
  else if (r->kind == 'J') days += r->month - 1 + (r->month > 59 && __days_before(year, 2) - days == 60);
  else {
    days = __days_before(year, r->month - 1);
    int weekday = (int)(((days + 4) % 7 + 7) % 7);
    days += (r->weekday - weekday + 7) % 7 + (r->week - 1) * 7;
    long next = r->month == 12 ? __days_before(year + 1, 0) : __days_before(year, r->month);
    while (days >= next) days -= 7;
  }
  return days * 86400 + r->time;
}

static struct __zone standard(void) { return (struct __zone){ zone.offset, zone.standard, 0 }; }
static struct __zone summer(void) { return (struct __zone){ zone.summer_offset, zone.summer, 1 }; }

struct __zone __zone_at(time_t seconds) {
  struct tm t;
  tzset();
  if (!*zone.summer || __break_down(seconds + zone.offset, &t) < 0) return standard();
  /* as glibc: the rules were made in 1970, and before it is always as it was at its beginning */
  long year = t.tm_year + 1900l < 1970 ? 1970 : t.tm_year + 1900l, begin = moment(&zone.begin, year) - zone.offset, end = moment(&zone.end, year) - zone.summer_offset;
  int in = begin < end ? seconds >= begin && seconds < end : seconds >= begin || seconds < end;
  return in ? summer() : standard();
}

/* For mktime: local time, and whether it is meant as summer time (negative: find out). */
struct __zone __zone_local(long local, int dst) {
  tzset();
  if (!*zone.summer || dst == 0) return standard();
  if (dst > 0) return summer();
  return __zone_at(local - zone.offset).dst && __zone_at(local - zone.summer_offset).dst ? summer() : standard();
}
