// strptime fills in what follows from what it read: the day of the week and of the year.
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <time.h>
static void read_date(const char *text, const char *format) {
  struct tm tm;
  memset(&tm, 0, sizeof tm);
  char *rest = strptime(text, format, &tm);
  if (!rest) { printf("%s: no\n", format); return; }
  printf("%-28s %d-%d-%d %02d:%02d:%02d wday %d yday %d rest '%s'\n", format, tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec, tm.tm_wday, tm.tm_yday, rest);
}
int main(void) {
  read_date("2024-03-15 10:20:30", "%Y-%m-%d %H:%M:%S");
  read_date("Fri, 01 Mar 2024 00:00:00 +0100", "%a, %d %b %Y %T %z");
  read_date("060 2023", "%j %Y");
  read_date("366 2024x", "%j %Y");
  read_date("12/25/99 11:30 PM", "%D %I:%M %p");
  read_date("Sun Feb 29 12:00:00 2004", "%c");
  read_date("07:08:09 AM", "%r");
  read_date("2024-13-01", "%F");
  return 0;
}
