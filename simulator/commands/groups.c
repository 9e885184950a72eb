/* groups(1) of coreutils. Uses lib/core*.c. */
#define _GNU_SOURCE
#include "lib/core.h"

#include <getopt.h>
#include <grp.h>
#include <pwd.h>
#include <unistd.h>

static int status;

static void put(gid_t gid, int first)
{
	const struct group *group = getgrgid(gid);

	if (!first)
		putchar(' ');
	if (group) {
		fputs(group->gr_name, stdout);
	} else {
		core_error(0, 0, "cannot find name for group ID %u", gid);
		printf("%u", gid);
		status = 1;
	}
}

int main(int argc, char **argv)
{
	static const struct option longs[] = { CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 } };
	gid_t list[1024];
	int count, i;

	core_start(argv[0], "[OPTION]... [USERNAME]...");
	core_getopt(argc, argv, "", longs);
	if (optind == argc) {
		gid_t own = getgid(), effective = getegid();

		put(own, 1);
		if (effective != own)
			put(effective, 0);
		count = getgroups(1024, list);
		for (i = 0; i < count; i++)
			if (list[i] != own && list[i] != effective)
				put(list[i], 0);
		putchar('\n');
		return status;
	}
	for (; optind < argc; optind++) {
		const struct passwd *user = getpwnam(argv[optind]);
		gid_t own;

		if (!user) {
			core_error(0, 0, "%s: no such user", core_quote(argv[optind]));
			status = 1;
			continue;
		}
		printf("%s : ", argv[optind]);
		own = user->pw_gid;
		count = 1024;
		getgrouplist(argv[optind], own, list, &count);
		put(own, 1);
		for (i = 0; i < count; i++)
			if (list[i] != own)
				put(list[i], 0);
		putchar('\n');
	}
	return status;
}
