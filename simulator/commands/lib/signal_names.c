/* The names of the signals of Linux on x86_64. */
#include "signal_names.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const names[] = {
	"EXIT", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM", "STKFLT",
	"CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS",
};
enum { NAMED = sizeof names / sizeof *names, RT_MIN = 34, RT_MAX = 64 };

const char *signal_name(int number)
{
	static char real_time[16];

	if (number >= 0 && number < NAMED)
		return names[number];
	if (number < RT_MIN || number > RT_MAX)
		return NULL;
	if (number == RT_MIN)
		return "RTMIN";
	if (number == RT_MAX)
		return "RTMAX";
	if (number <= RT_MIN + 15)
		snprintf(real_time, sizeof real_time, "RTMIN+%d", number - RT_MIN);
	else
		snprintf(real_time, sizeof real_time, "RTMAX-%d", RT_MAX - number);
	return real_time;
}

int signal_number(const char *name)
{
	int i;

	if (*name && name[strspn(name, "0123456789")] == '\0') {
		i = atoi(name);
		return i <= RT_MAX ? i : -1;
	}
	if (strncasecmp(name, "SIG", 3) == 0)
		name += 3;
	for (i = 0; i <= RT_MAX; i++) {
		const char *known = signal_name(i);

		if (known && strcasecmp(known, name) == 0)
			return i;
	}
	if (strcasecmp(name, "POLL") == 0)
		return 29;
	if (strcasecmp(name, "CLD") == 0)
		return 17;
	if (strcasecmp(name, "IOT") == 0)
		return 6;
	return -1;
}
