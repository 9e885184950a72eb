#define _GNU_SOURCE
#include <ctype.h>
#include <libc/names.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* The text so far and its room; `length` goes on counting. `pad`: the flag of the conversion, or 0. */
struct out { char *to; size_t length, size; char pad; int width, upper, swap; };

static void put(struct out *o, char c) {
  if (o->length < o->size) o->to[o->length] = c;
  o->length++;
}

static void text(struct out *o, const char *s) {
  for (int n = (int)strlen(s); n < o->width; n++) put(o, o->pad == '0' ? '0' : ' ');
  for (; *s; s++) put(o, (char)(o->upper ? toupper((unsigned char)*s) : o->swap ? tolower((unsigned char)*s) : *s));
}

static void number(struct out *o, long value, int digits, char pad) {
  char digit[24];
  if (o->pad) pad = o->pad;
  if (o->width > digits) digits = o->width;
  if (pad == '-') digits = 1;
  int n = snprintf(digit, sizeof digit, "%lu", value < 0 ? -(unsigned long)value : (unsigned long)value);
  if (value < 0 && pad != '_' && pad != ' ') put(o, '-');
  for (int i = n + (value < 0); i < digits; i++) put(o, pad == '_' || pad == ' ' ? ' ' : '0');
  if (value < 0 && (pad == '_' || pad == ' ')) put(o, '-');
  for (int i = 0; i < n; i++) put(o, digit[i]);
}

static int leap(long year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

/* ISO 8601: weeks begin on Monday, and the first has the year's first Thursday. */
static int iso_week(const struct tm *t, long *year) {
  int monday = (t->tm_wday + 6) % 7, days = t->tm_yday - monday + 3;
  *year = t->tm_year + 1900l;
  if (days < 0) {
    --*year;
    return (t->tm_yday + (leap(*year) ? 366 : 365) - monday + 3) / 7 + 1;
  }
  if (days >= (leap(*year) ? 366 : 365)) {
    ++*year;
    return 1;
  }
  return days / 7 + 1;
}

static void format(struct out *o, const char *f, const struct tm *t);

static void inner(struct out *o, const char *f, const struct tm *t) {
  char piece[100];
  struct out in = { piece, 0, sizeof piece - 1, 0, 0, o->upper, 0 };
  format(&in, f, t);
  piece[in.length < sizeof piece ? in.length : sizeof piece - 1] = '\0';
  text(o, piece);
}

static void zone_offset(struct out *o, const struct tm *t) {
  long minutes = t->tm_gmtoff / 60;
  put(o, t->tm_gmtoff < 0 ? '-' : '+');
  if (minutes < 0) minutes = -minutes;
  number(o, minutes / 60 * 100 + minutes % 60, 4, '0');
}

static int century(long year) { return (int)(year / 100 - (year % 100 < 0)); }

static int date(struct out *o, char c, const struct tm *t) {
  long year = t->tm_year + 1900l, of_week;
  int week;
  switch (c) {
    case 'Y': number(o, year, o->pad == '0' || o->width ? o->width : 1, '0'); return 1;
    case 'C': number(o, century(year), 1, '0'); return 1;
    case 'y': number(o, (year % 100 + 100) % 100, 2, '0'); return 1;
    case 'm': number(o, t->tm_mon + 1, 2, '0'); return 1;
    case 'd': number(o, t->tm_mday, 2, '0'); return 1;
    case 'e': number(o, t->tm_mday, 2, '_'); return 1;
    case 'j': number(o, t->tm_yday + 1, 3, '0'); return 1;
    case 'u': number(o, t->tm_wday ? t->tm_wday : 7, 1, '0'); return 1;
    case 'w': number(o, t->tm_wday, 1, '0'); return 1;
    case 'U': number(o, (t->tm_yday + 7 - t->tm_wday) / 7, 2, '0'); return 1;
    case 'W': number(o, (t->tm_yday + 7 - (t->tm_wday + 6) % 7) / 7, 2, '0'); return 1;
    case 'V': case 'G': case 'g':
      week = iso_week(t, &of_week);
      if (c == 'V') number(o, week, 2, '0');
      else if (c == 'G') number(o, of_week, 1, '0');
      else number(o, (of_week % 100 + 100) % 100, 2, '0');
      return 1;
    default: return 0;
  }
}

static int hour12(const struct tm *t) { return t->tm_hour % 12 ? t->tm_hour % 12 : 12; }

static int clock_of(struct out *o, char c, const struct tm *t) {
  struct tm copy = *t;
  switch (c) {
    case 'H': number(o, t->tm_hour, 2, '0'); return 1;
    case 'I': number(o, hour12(t), 2, '0'); return 1;
    case 'k': number(o, t->tm_hour, 2, '_'); return 1;
    case 'l': number(o, hour12(t), 2, '_'); return 1;
    case 'M': number(o, t->tm_min, 2, '0'); return 1;
    case 'S': number(o, t->tm_sec, 2, '0'); return 1;
    case 's': number(o, mktime(&copy), 1, '0'); return 1;
    case 'z': zone_offset(o, t); return 1;
    default: return 0;
  }
}

static int names(struct out *o, char c, const struct tm *t) {
  char brief[4] = "";
  const char *day = t->tm_wday < 0 || t->tm_wday > 6 ? "?" : __day_names[t->tm_wday], *month = t->tm_mon < 0 || t->tm_mon > 11 ? "?" : __month_names[t->tm_mon];
  if (o->swap && strchr("aAbBh", c)) o->upper = 1, o->swap = 0;
  switch (c) {
    case 'a': text(o, strncpy(brief, day, 3)); return 1;
    case 'A': text(o, day); return 1;
    case 'b': case 'h': text(o, strncpy(brief, month, 3)); return 1;
    case 'B': text(o, month); return 1;
    case 'p': text(o, t->tm_hour >= 12 ? "PM" : "AM"); return 1;
    case 'P': text(o, t->tm_hour >= 12 ? "pm" : "am"); return 1;
    case 'Z': text(o, t->tm_zone ? t->tm_zone : tzname[t->tm_isdst > 0]); return 1;
    case 'n': text(o, "\n"); return 1;
    case 't': text(o, "\t"); return 1;
    case '%': text(o, "%"); return 1;
    default: return 0;
  }
}

static const char *composite(char c) {
  switch (c) {
    case 'c': return "%a %b %e %H:%M:%S %Y";
    case 'D': case 'x': return "%m/%d/%y";
    case 'F': return "%Y-%m-%d";
    case 'r': return "%I:%M:%S %p";
    case 'R': return "%H:%M";
    case 'T': case 'X': return "%H:%M:%S";
    case '+': return "%a %b %e %H:%M:%S %Z %Y";
    default: return 0;
  }
}

static void format(struct out *o, const char *f, const struct tm *t) {
  int upper = o->upper;
  for (; *f; f++) {
    if (*f != '%') {
      put(o, *f);
      continue;
    }
    const char *start = f++;
    o->pad = 0;
    o->width = 0;
    o->upper = upper;
    o->swap = 0;
    for (; *f && strchr("_-0^#", *f); f++) {
      if (*f == '^') o->upper = 1;
      else if (*f == '#') o->swap = 1;
      else o->pad = *f;
    }
    while (isdigit((unsigned char)*f)) o->width = o->width * 10 + (*f++ - '0');
    if (*f == 'E' || *f == 'O') f++;
    if (date(o, *f, t) || clock_of(o, *f, t) || names(o, *f, t)) continue;
    if (*f != '+' && composite(*f)) {
      inner(o, composite(*f), t);
      continue;
    }
    o->width = 0;
    o->upper = o->swap = 0;
    for (; start <= f && *start; start++) put(o, *start);
    if (!*f) f--;
  }
  o->upper = upper;
}

size_t strftime(char *to, size_t size, const char *f, const struct tm *t) {
  struct out o = { to, 0, size, 0, 0, 0, 0 };
  tzset();
  format(&o, f, t);
  if (o.length >= size) return 0;
  to[o.length] = '\0';
  return o.length;
}
