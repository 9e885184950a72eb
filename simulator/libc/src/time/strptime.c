#define _GNU_SOURCE
#include <ctype.h>
#include <libc/names.h>
#include <libc/time.h>
#include <string.h>
#include <time.h>

static const char *number(const char *at, int low, int high, int *to) {
  int value = 0, digits = 0, most = high > 999 ? 4 : high > 99 ? 3 : 2;
  while (isspace((unsigned char)*at)) at++;
  for (; isdigit((unsigned char)*at) && digits < most; at++, digits++) value = value * 10 + (*at - '0');
  if (digits == 0 || value < low || value > high) return 0;
  *to = value;
  return at;
}

static const char *name(const char *at, const char *const *names, int count, int *to) {
  for (int i = 0; i < count; i++) {
    size_t length = strlen(names[i]);
    if (strncasecmp(at, names[i], length) == 0) return *to = i, at + length;
  }
  for (int i = 0; i < count; i++) if (strncasecmp(at, names[i], 3) == 0) return *to = i, at + 3;
  return 0;
}

static const char *half(const char *at, struct tm *t) {
  int pm = strncasecmp(at, "pm", 2) == 0;
  if (!pm && strncasecmp(at, "am", 2)) return 0;
  t->tm_hour = t->tm_hour % 12 + (pm ? 12 : 0);
  return at + 2;
}

static const char *offset(const char *at, struct tm *t) {
  int hours, minutes = 0, negative = *at == '-';
  if (*at == 'Z') {
    t->tm_gmtoff = 0;
    return at + 1;
  }
  if (*at != '-' && *at != '+') return 0;
  at = number(at + 1, 0, 24, &hours);
  if (at && *at == ':') at++;
  if (at && isdigit((unsigned char)*at)) at = number(at, 0, 59, &minutes);
  t->tm_gmtoff = (hours * 60l + minutes) * (negative ? -60 : 60);
  return at;
}

/* Which parts of a date were read: the others follow from them. */
enum { MONTH = 1, DAY = 2, WEEKDAY = 4, YEARDAY = 8, DATE = 16 };

static const char *parse(const char *at, const char *f, struct tm *t, int *seen);

static int seen_by(char c) {
  switch (c) {
    case 'Y': case 'y': case 'C': return DATE;
    case 'm': case 'b': case 'B': case 'h': return MONTH | DATE;
    case 'd': case 'e': return DAY | DATE;
    case 'j': return YEARDAY | DATE;
    case 'a': case 'A': return WEEKDAY;
    default: return 0;
  }
}

/* Day of the week and of the year of a date; or the date of a day of the year. */
static void complete(struct tm *t, int seen) {
  if (!(seen & DATE)) return;
  long year = t->tm_year + 1900l, first = __days_before(year, 0);
  if (!(seen & WEEKDAY)) {
    if ((seen & YEARDAY) && (seen & (MONTH | DAY)) != (MONTH | DAY)) {
      int month = 11;
      while (month > 0 && __days_before(year, month) - first > t->tm_yday) month--;
      if (!(seen & MONTH)) t->tm_mon = month;
      if (!(seen & DAY)) t->tm_mday = t->tm_yday - (int)(__days_before(year, month) - first) + 1;
    }
    long days = __days_before(year, t->tm_mon) + t->tm_mday - 1;
    t->tm_wday = (int)(((days + 4) % 7 + 7) % 7);
  }
  if (!(seen & YEARDAY)) t->tm_yday = (int)(__days_before(year, t->tm_mon) - first) + t->tm_mday - 1;
}

static const char *one(const char *at, char c, struct tm *t, int *seen) {
  int value;
  *seen |= seen_by(c);
  switch (c) {
    case 'Y': if ((at = number(at, 0, 9999, &value))) t->tm_year = value - 1900; return at;
    case 'y': if ((at = number(at, 0, 99, &value))) t->tm_year = value < 69 ? value + 100 : value; return at;
    case 'm': if ((at = number(at, 1, 12, &value))) t->tm_mon = value - 1; return at;
    case 'd': case 'e': return number(at, 1, 31, &t->tm_mday);
    case 'j': if ((at = number(at, 1, 366, &value))) t->tm_yday = value - 1; return at;
    case 'H': case 'k': return number(at, 0, 23, &t->tm_hour);
    case 'I': case 'l': if ((at = number(at, 1, 12, &value))) t->tm_hour = value % 12; return at;
    case 'M': return number(at, 0, 59, &t->tm_min);
    case 'S': return number(at, 0, 61, &t->tm_sec);
    case 'p': return half(at, t);
    case 'a': case 'A': return name(at, __day_names, 7, &t->tm_wday);
    case 'b': case 'B': case 'h': return name(at, __month_names, 12, &t->tm_mon);
    case 'z': return offset(at, t);
    case 'n': case 't':
      while (isspace((unsigned char)*at)) at++;
      return at;
    case 'F': return parse(at, "%Y-%m-%d", t, seen);
    case 'T': return parse(at, "%H:%M:%S", t, seen);
    case 'c': return parse(at, "%a %b %e %H:%M:%S %Y", t, seen);
    case 'x': return parse(at, "%m/%d/%y", t, seen);
    case 'X': return parse(at, "%H:%M:%S", t, seen);
    case 'r': return parse(at, "%I:%M:%S %p", t, seen);
    case 'Z': return at;
    case 'R': return parse(at, "%H:%M", t, seen);
    case 'D': return parse(at, "%m/%d/%y", t, seen);
    case 's': {
      time_t seconds = 0;
      if (!isdigit((unsigned char)*at)) return 0;
      while (isdigit((unsigned char)*at)) seconds = seconds * 10 + (*at++ - '0');
      return localtime_r(&seconds, t) ? at : 0;
    }
    case '%': return *at == '%' ? at + 1 : 0;
    default: return 0;
  }
}

static const char *parse(const char *at, const char *f, struct tm *t, int *seen) {
  for (; *f; f++) {
    if (isspace((unsigned char)*f)) {
      while (isspace((unsigned char)*at)) at++;
    } else if (*f != '%') {
      if (*at++ != *f) return 0;
    } else if (!(at = one(at, *++f, t, seen))) return 0;
  }
  return at;
}

char *strptime(const char *at, const char *f, struct tm *t) {
  int seen = 0;
  at = parse(at, f, t, &seen);
  if (at) complete(t, seen);
  return (char *)at;
}
