/* chroot(8) of coreutils. Uses lib/core*.c. */
#define _GNU_SOURCE
#include "lib/core.h"

#include <errno.h>
#include <getopt.h>
#include <grp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static gid_t one_group(const char *text)
{
	const struct group *group = getgrnam(text);
	char *end;
	unsigned long value;

	if (group)
		return group->gr_gid;
	value = strtoul(text, &end, 10);
	if (!*text || *end)
		core_error(125, 0, "invalid group %s", core_quote(text));
	return (gid_t)value;
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "groups", 1, NULL, 'G' }, { "userspec", 1, NULL, 'U' }, { "skip-chdir", 0, NULL, 'S' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	const char *user = NULL, *group_list = NULL, *wrong, *shell;
	int option, skip = 0, error;
	uid_t uid = (uid_t)-1;
	gid_t gid = (gid_t)-1, groups[64];
	char *interactive[3];

	core_trouble = 125;
	core_start(argv[0], "[OPTION] NEWROOT [COMMAND [ARG]...]");
	while ((option = core_getopt(argc, argv, "+", longs)) != -1) {
		switch (option) {
		case 'G': group_list = optarg; break;
		case 'U': user = optarg; break;
		case 'S': skip = 1; break;
		}
	}
	if (optind == argc)
		core_missing_operand(NULL);
	if (chroot(argv[optind]) != 0)
		core_error(125, errno, "cannot change root directory to %s", core_quoteaf(argv[optind]));
	if (!skip && chdir("/") != 0)
		core_error(125, errno, "cannot chdir to root directory");
	if (user) {
		wrong = core_parse_owner(user, &uid, &gid);
		if (wrong)
			core_error(125, 0, "%s", wrong);
	}
	if (group_list) {
		char *copy = core_strdup(group_list), *part;
		size_t count = 0;

		for (part = strtok(copy, ","); part && count < 64; part = strtok(NULL, ","))
			groups[count++] = one_group(part);
		if (setgroups(count, groups) != 0)
			core_error(125, errno, "failed to set supplemental groups");
	} else if (user && setgroups(gid == (gid_t)-1 ? 0 : 1, &gid) != 0) {
		core_error(125, errno, "failed to set supplemental groups");
	}
	if (gid != (gid_t)-1 && setgid(gid) != 0)
		core_error(125, errno, "failed to set group-ID");
	if (uid != (uid_t)-1 && setuid(uid) != 0)
		core_error(125, errno, "failed to set user-ID");
	argv += optind + 1;
	if (!argv[0]) {
		shell = getenv("SHELL");
		interactive[0] = (char *)(shell ? shell : "/bin/sh");
		interactive[1] = (char *)"-i";
		interactive[2] = NULL;
		argv = interactive;
	}
	execvp(argv[0], argv);
	error = errno;
	core_error(0, error, "failed to run command %s", core_quote(argv[0]));
	return error == ENOENT ? 127 : 126;
}
