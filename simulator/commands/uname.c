/* uname(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <errno.h>
#include <getopt.h>
#include <sys/utsname.h>

enum { KERNEL = 1, NODE = 2, RELEASE = 4, VERSION = 8, MACHINE = 16, PROCESSOR = 32, PLATFORM = 64, SYSTEM = 128 };

static void put(const char *text)
{
	static int any;

	if (any++)
		putchar(' ');
	fputs(text, stdout);
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "all", 0, NULL, 'a' }, { "kernel-name", 0, NULL, 's' }, { "nodename", 0, NULL, 'n' }, { "kernel-release", 0, NULL, 'r' },
		{ "kernel-version", 0, NULL, 'v' }, { "machine", 0, NULL, 'm' }, { "processor", 0, NULL, 'p' }, { "hardware-platform", 0, NULL, 'i' },
		{ "operating-system", 0, NULL, 'o' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	struct utsname names;
	int option, what = 0, all = 0;

	core_start(argv[0], "[OPTION]...");
	while ((option = core_getopt(argc, argv, "asnrvmpio", longs)) != -1) {
		switch (option) {
		case 'a': all = 1; break;
		case 's': what |= KERNEL; break;
		case 'n': what |= NODE; break;
		case 'r': what |= RELEASE; break;
		case 'v': what |= VERSION; break;
		case 'm': what |= MACHINE; break;
		case 'p': what |= PROCESSOR; break;
		case 'i': what |= PLATFORM; break;
		case 'o': what |= SYSTEM; break;
		}
	}
	if (optind < argc)
		core_extra_operand(argv[optind]);
	if (all)
		what |= KERNEL | NODE | RELEASE | VERSION | MACHINE | SYSTEM;
	if (!what)
		what = KERNEL;
	if (uname(&names) != 0)
		core_error(1, errno, "cannot get system name");
	if (what & KERNEL)
		put(names.sysname);
	if (what & NODE)
		put(names.nodename);
	if (what & RELEASE)
		put(names.release);
	if (what & VERSION)
		put(names.version);
	if (what & MACHINE)
		put(names.machine);
	if (what & PROCESSOR)
		put("unknown");
	if (what & PLATFORM)
		put("unknown");
	if (what & SYSTEM)
		put("GNU/Linux");
	putchar('\n');
	return 0;
}
