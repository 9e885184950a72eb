/* How long the machine has been up, and its load. */
#include "uptime_line.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

double uptime_seconds(void)
{
	FILE *file = fopen("/proc/uptime", "r");
	double seconds = 0;

	if (!file || fscanf(file, "%lf", &seconds) != 1) {
		fputs("Error: /proc must be mounted\n  To mount /proc at boot you need an /etc/fstab line like:\n      proc   /proc   proc    defaults\n"
		      "  In the meantime, run \"mount proc /proc -t proc\"\n", stderr);
		exit(102);
	}
	fclose(file);
	return seconds;
}

void uptime_line(void)
{
	double load[3] = { 0, 0, 0 };
	int seconds = (int)uptime_seconds(), days = seconds / 86400, hours = seconds / 3600 % 24, minutes = seconds / 60 % 60;
	time_t now = time(NULL);
	struct tm tm;
	FILE *file = fopen("/proc/loadavg", "r");

	localtime_r(&now, &tm);
	printf(" %02d:%02d:%02d up ", tm.tm_hour, tm.tm_min, tm.tm_sec);
	if (days)
		printf("%d %s, ", days, days > 1 ? "days" : "day");
	if (hours)
		printf("%2d:%02d, ", hours, minutes);
	else
		printf("%d min, ", minutes);
	if (file) {
		if (fscanf(file, "%lf %lf %lf", &load[0], &load[1], &load[2]) != 3)
			load[0] = load[1] = load[2] = 0;
		fclose(file);
	}
	printf("%2d %s, ", 0, "user");
	printf(" load average: %.2f, %.2f, %.2f\n", load[0], load[1], load[2]);
}

void uptime_pretty(void)
{
	int seconds = (int)uptime_seconds(), parts[5], i, any = 0;
	static const char *const names[] = { "year", "week", "day", "hour", "minute" };

	parts[0] = seconds / (60 * 60 * 24 * 365);
	seconds %= 60 * 60 * 24 * 365;
	parts[1] = seconds / (60 * 60 * 24 * 7);
	seconds %= 60 * 60 * 24 * 7;
	parts[2] = seconds / 86400;
	parts[3] = seconds / 3600 % 24;
	parts[4] = seconds / 60 % 60;
	printf("up ");
	for (i = 0; i < 5; i++)
		if (parts[i] || (i == 4 && !any)) {
			printf("%s%d %s%s", any ? ", " : "", parts[i], names[i], parts[i] == 1 ? "" : "s");
			any = 1;
		}
	putchar('\n');
}
