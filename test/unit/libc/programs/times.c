// Calendar: broken-down times over thousands of years, formats, zones, and back.
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static unsigned long state = 3;
static unsigned long next(void) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return state >> 20;
}
static void show(time_t t) {
  struct tm tm, local;
  char text[300], each[2000] = "";
  if (!gmtime_r(&t, &tm)) {
    printf("%ld does not fit\n", t);
    return;
  }
  localtime_r(&t, &local);
  for (const char *c = "aAbBcCdDeFgGhHIjklmMnpPrRsSTtuUVwWxXyYzZ%"; *c; c++) {
    char format[4] = { '%', *c, 0 };
    strftime(text, sizeof text, format, &local);
    strcat(strcat(each, text), "|");
  }
  printf("%ld %d %d %d %s %ld", t, tm.tm_wday, tm.tm_yday, local.tm_isdst, each, local.tm_gmtoff);
  printf(" %ld %ld %s", timegm(&tm), mktime(&local), asctime(&tm));
}
int main(void) {
  static const char *zones[] = { 0, "UTC", "EST5EDT,M3.2.0,M11.1.0", "CET-1CEST,M3.5.0,M10.5.0/3", "<+0530>-5:30", "AEST-10AEDT,M10.1.0,M4.1.0/3", "XYZ3" };
  for (int z = 0; z < 7; z++) {
    if (zones[z]) setenv("TZ", zones[z], 1);
    tzset();
    printf("%s %s %ld %d\n", tzname[0], tzname[1], timezone, daylight);
    show(0);
    show(-1);
    show(951782400);
    show(1767225600);
    show(4107542400);
    for (int i = 0; i < 40; i++) show((long)(next() % 8000000000) - 2000000000);
    for (int i = 0; i < 20; i++) show((long)(next() % 300000000000) - 100000000000);
  }
  show(67768036191676800);
  setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
  struct tm odd = { .tm_year = 126, .tm_mon = 14, .tm_mday = -5, .tm_hour = 30, .tm_min = -70, .tm_sec = 100, .tm_isdst = -1 };
  printf("%ld %s", mktime(&odd), asctime(&odd));
  char text[300];
  struct tm tm = { .tm_year = 126, .tm_mon = 0, .tm_mday = 5, .tm_hour = 3, .tm_min = 4, .tm_sec = 9, .tm_wday = 1, .tm_yday = 4 };
  static const char *formats[] = { "%-d %_d %05d %^a %#Z %10Y %-H:%-M", "%EY %Od", "%Q %", "%5n|", "%3p|%^B|%#b|%#p", "%010F|%+|", "%_5S %-S %03e", "" };
  for (int i = 0; i < 8; i++) printf("%zu [%s]\n", strftime(text, sizeof text, formats[i], &tm), text);
  printf("%zu %zu\n", strftime(text, 5, "%Y", &tm), strftime(text, 4, "%Y", &tm));
  memset(&tm, 0, sizeof tm);
  char *end = strptime("2026-03-04 05:06:07 pm rest", "%Y-%m-%d %I:%M:%S %p", &tm);
  printf("%s %d %d %d %d %d %d\n", end, tm.tm_year, tm.tm_mon, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
  end = strptime("Mon, 05 January 26 +0200", "%a, %d %B %y %z", &tm);
  printf("%s|%d %d %ld\n", end ? end : "null", tm.tm_wday, tm.tm_mon, tm.tm_gmtoff);
  printf("%s\n", strptime("x", "%d", &tm) ? "yes" : "no");
  return 0;
}
