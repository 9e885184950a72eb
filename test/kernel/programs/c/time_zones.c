/* Time zones by their names: what /usr/share/zoneinfo has, what POSIX writes, and names that are none; localtime, mktime, strftime, tzname, date. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *zones[] = {
	"Europe/Berlin", ":Europe/Berlin", "Europe/London", "Europe/Dublin", "Europe/Moscow", "Europe/Istanbul", "America/New_York", "America/Argentina/Buenos_Aires", "America/Santiago",
	"Asia/Tokyo", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Shanghai", "Australia/Sydney", "Pacific/Auckland", "Africa/Cairo", "Asia/Jerusalem", "US/Pacific", "CET", "EST5EDT", "UTC", "Etc/UTC", "GMT",
	"", ":", "CET-1CEST,M3.5.0,M10.5.0/3", "<+0330>-3:30", "XYZ3", "/usr/share/zoneinfo/Asia/Tokyo", "Nowhere/Else", "Berlin", "Ab", "1abc", "../../../etc/passwd", "Europe",
};
static const time_t moments[] = { 1700000000, 1719831600, 1743296399, 1743296400, 1761440399, 1761440400, 1767225600, 1793491200 };

int main(void)
{
	char b[100];
	for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
		setenv("TZ", zones[i], 1);
		tzset();
		printf("\"%s\": %s %ld", zones[i], tzname[0], timezone);
		if (i < 4 || !strchr(zones[i], '/')) printf(" %s %d", tzname[1], daylight);
		printf("\n");
		for (size_t m = 0; m < sizeof moments / sizeof *moments; m++) {
			struct tm t = *localtime(&moments[m]);
			strftime(b, sizeof b, "%F %T %z %Z", &t);
			t.tm_isdst = -1;
			time_t back = mktime(&t);
			printf("  %s dst %d, back %ld\n", b, t.tm_isdst, (long)(back - moments[m]));
		}
	}
	/* a local time that is not, and one that is twice */
	setenv("TZ", "Europe/Berlin", 1);
	struct tm gap = { .tm_year = 125, .tm_mon = 2, .tm_mday = 30, .tm_hour = 2, .tm_min = 30, .tm_isdst = -1 };
	time_t g = mktime(&gap);
	strftime(b, sizeof b, "%F %T %Z", &gap);
	printf("%ld %s\n", (long)g, b);
	for (int dst = 0; dst < 2; dst++) {
		struct tm twice = { .tm_year = 125, .tm_mon = 9, .tm_mday = 26, .tm_hour = 2, .tm_min = 30, .tm_isdst = dst };
		g = mktime(&twice);
		strftime(b, sizeof b, "%F %T %Z", &twice);
		printf("%ld %s\n", (long)g, b);
	}
	unsetenv("TZ");
	time_t now = 1750000000;
	printf("%s", ctime(&now));
	return system("date -d @1750000000; TZ=America/Los_Angeles date -d @1750000000 '+%F %T %Z %z'; TZ=Asia/Kolkata date -d '2025-01-01 00:00' +%s; TZ=Europe/Paris date -d '2025-07-14 08:00' -u; "
		"readlink /etc/localtime; ls -L /usr/share/zoneinfo/Europe/Berlin; mkdir z; cp /usr/share/zoneinfo/Asia/Tokyo z/Mine; TZDIR=$PWD/z TZ=Mine date -d @0 '+%T %Z'");
}
