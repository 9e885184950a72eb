#define _GNU_SOURCE
#include <ctype.h>
#include <fcntl.h>
#include <libc/time.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ZONES "/usr/share/zoneinfo"
#define LARGEST 65536

char *tzname[2] = { "UTC", "UTC" };
int daylight;
long timezone;

/* When summer time begins and ends: day `weekday` of week `week` (5: the last) of a month, or a day of the year (leap days counted: kind 'n', not: 'J'). */
struct rule { char kind; int month, week, weekday; long time; };
static struct { char standard[16], summer[16]; long offset, summer_offset; struct rule begin, end; char text[64]; int known, bad; } zone;

/* A file of tzfile(5): what was when, up to its last change; from then on its rule counts, which is in `zone`. */
static struct { unsigned char *data, *times, *kinds, *types; char *names; long count, type_count; int rule; } file;

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

/* As POSIX writes it. What is none is UTC under the name it begins with. */
static void read_posix(const char *text) {
  const char *at = name(text, zone.standard);
  if (strlen(zone.standard) < 3) {
    zone.standard[0] = '\0';
    return;
  }
  zone.bad = !(isdigit((unsigned char)*at) || *at == '-' || *at == '+');
  if (zone.bad) return;
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

static long big_endian(const unsigned char *at, int bytes) {
  unsigned long value = bytes == 4 && *at & 0x80 ? ~0ul << 32 : 0;
  for (int i = 0; i < bytes; i++) value |= (unsigned long)at[i] << 8 * (bytes - 1 - i);
  return (long)value;
}

/* The block behind a header, whose times have so many bytes; where it ends. Null: it is not all there. */
static unsigned char *read_block(unsigned char *header, const unsigned char *end, int bytes) {
  if (end - header < 44 || memcmp(header, "TZif", 4)) return 0;
  long count[6];
  for (int i = 0; i < 6; i++) count[i] = big_endian(header + 20 + 4 * i, 4);
  for (int i = 0; i < 6; i++) if (count[i] < 0 || count[i] > LARGEST) return 0;
  file.count = count[3];
  file.type_count = count[4];
  file.times = header + 44;
  file.kinds = file.times + count[3] * bytes;
  file.types = file.kinds + count[3];
  file.names = (char *)file.types + count[4] * 6;
  unsigned char *next = (unsigned char *)file.names + count[5] + count[2] * (bytes + 4) + count[1] + count[0];
  return next > end || !count[4] ? 0 : next;
}

/* 0: it is such a file, and read. */
static int read_data(unsigned char *data, long size) {
  unsigned char *end = data + size, *next = read_block(data, end, 4);
  if (!next || data[4] < '2') return -1;
  next = read_block(next, end, 8);
  if (!next || next == end || *next != '\n') return -1;
  for (long i = 0; i < file.count; i++) if (file.kinds[i] >= file.type_count) return -1;
  unsigned char *last = memchr(next + 1, '\n', end - next - 1);
  if (!last) return -1;
  *last = '\0';
  file.rule = next[1] != '\0';
  if (file.rule) read_posix((char *)next + 1);
  return 0;
}

static int read_file(const char *text) {
  char path[PATH_MAX];
  const char *directory = getenv("TZDIR");
  snprintf(path, sizeof path, "%s%s%s", *text == '/' ? "" : directory && *directory ? directory : ZONES, *text == '/' ? "" : "/", text);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return -1;
  struct stat st;
  int failed = -1;
  if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size <= LARGEST && (file.data = malloc(st.st_size + 1))) {
    failed = read(fd, file.data, st.st_size) == st.st_size ? read_data(file.data, st.st_size) : -1;
    if (failed) {
      free(file.data);
      file.data = 0;
    }
  }
  close(fd);
  return failed;
}

static struct __zone of_type(long n) {
  unsigned char *type = file.types + 6 * n;
  return (struct __zone){ big_endian(type, 4), file.names + type[5], type[4] };
}

static void read_zone(const char *text) {
  memset(&zone, 0, sizeof zone);
  free(file.data);
  memset(&file, 0, sizeof file);
  zone.known = 1;
  strncpy(zone.text, text, sizeof zone.text - 1);
  if (*text == ':') text++;
  if (!*text) text = "UTC0";
  if (read_file(text) == 0) {
    /* without a rule its last types are what it has */
    for (long i = file.type_count; !file.rule && i-- > 0;) {
      struct __zone z = of_type(i);
      if (z.dst && !*zone.summer) snprintf(zone.summer, sizeof zone.summer, "%s", z.name), zone.summer_offset = z.offset;
      if (!z.dst && !*zone.standard) snprintf(zone.standard, sizeof zone.standard, "%s", z.name), zone.offset = z.offset;
    }
    return;
  }
  memset(&file, 0, sizeof file);
  memset(zone.standard, 0, sizeof zone.standard);
  read_posix(text);
}

void tzset(void) {
  const char *text = getenv("TZ");
  if (!text) text = "/etc/localtime";
  if (!zone.known || strncmp(text, zone.text, sizeof zone.text - 1)) read_zone(text);
  tzname[0] = zone.standard;
  tzname[1] = *zone.summer || zone.bad ? zone.summer : zone.standard;
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

/* What the file says of a moment before its last change, or for ever without a rule. */
static int in_file(time_t seconds, struct __zone *z) {
  long low = 0, high = file.count;
  if (!file.data || (file.rule && (!file.count || seconds >= big_endian(file.times + 8 * (file.count - 1), 8)))) return 0;
  while (low < high) {
    long middle = (low + high) / 2;
    if (big_endian(file.times + 8 * middle, 8) <= seconds) low = middle + 1;
    else high = middle;
  }
  *z = of_type(low ? file.kinds[low - 1] : 0);
  return 1;
}

struct __zone __zone_at(time_t seconds) {
  struct tm t;
  struct __zone z;
  tzset();
  if (in_file(seconds, &z)) return z;
  if (!*zone.summer || __break_down(seconds + zone.offset, &t) < 0) return standard();
  /* as glibc: the rules were made in 1970, and before it is always as it was at its beginning */
  long year = t.tm_year + 1900l < 1970 ? 1970 : t.tm_year + 1900l, begin = moment(&zone.begin, year) - zone.offset, end = moment(&zone.end, year) - zone.summer_offset;
  int in = begin < end ? seconds >= begin && seconds < end : seconds >= begin || seconds < end;
  return in ? summer() : standard();
}

/* For mktime: local time, and whether it is meant as summer time (negative: find out). */
struct __zone __zone_local(long local, int dst) {
  struct __zone z;
  tzset();
  /* an hour that is twice is the one of the zone that was meant last time, as in glibc */
  static long last;
  long offset = last;
  for (int i = 0; dst < 0 && i < 6; i++) {
    z = __zone_at(local - offset);
    if (z.offset == offset) {
      last = offset;
      return z;
    }
    offset = z.offset;
  }
  if (!*zone.summer || dst == 0) return standard();
  if (dst > 0) return summer();
  return __zone_at(local - zone.offset).dst && __zone_at(local - zone.summer_offset).dst ? summer() : standard();
}
