/* whoami(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <getopt.h>
#include <pwd.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	static const struct option longs[] = { CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 } };
	const struct passwd *user;

	core_start(argv[0], "[OPTION]...");
	core_getopt(argc, argv, "", longs);
	if (optind < argc)
		core_extra_operand(argv[optind]);
	user = getpwuid(geteuid());
	if (!user)
		core_error(1, 0, "cannot find name for user ID %u", geteuid());
	puts(user->pw_name);
	return 0;
}
