/* id(1) of coreutils. Uses lib/core*.c. */
#define _GNU_SOURCE
#include "lib/core.h"

#include <errno.h>
#include <getopt.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int status, names, real, zero;
static char what;

static const char *separator(void)
{
	return zero ? "" : " ";
}

static void put_user(uid_t uid)
{
	const struct passwd *user = names ? getpwuid(uid) : NULL;

	if (names && !user) {
		core_error(0, 0, "cannot find name for user ID %u", uid);
		status = 1;
	}
	if (user)
		printf("%s", user->pw_name);
	else
		printf("%u", uid);
}

static void put_group(gid_t gid)
{
	const struct group *group = names ? getgrgid(gid) : NULL;

	if (names && !group) {
		core_error(0, 0, "cannot find name for group ID %u", gid);
		status = 1;
	}
	if (group)
		printf("%s", group->gr_name);
	else
		printf("%u", gid);
}

static gid_t *groups_of(const struct passwd *user, gid_t gid, int *count)
{
	gid_t *groups;
	int n, i;

	if (user) {
		*count = 64;
		groups = core_malloc((size_t)*count * sizeof *groups);
		if (getgrouplist(user->pw_name, gid, groups, count) < 0) {
			groups = core_realloc(groups, (size_t)*count * sizeof *groups);
			getgrouplist(user->pw_name, gid, groups, count);
		}
		return groups;
	}
	/* The effective group first, each one once. */
	n = getgroups(0, NULL);
	groups = core_malloc((size_t)(n + 1) * sizeof *groups);
	groups[0] = gid;
	n = getgroups(n, groups + 1);
	*count = 1;
	for (i = 1; i <= n; i++)
		if (groups[i] != groups[0] && groups[i] != groups[*count - 1])
			groups[(*count)++] = groups[i];
	return groups;
}

static void put_groups(const struct passwd *user, gid_t rgid, gid_t egid)
{
	int count, i;
	gid_t *groups = groups_of(user, rgid, &count);

	put_group(rgid);
	if (egid != rgid) {
		fputs(separator(), stdout);
		if (zero)
			putchar(0);
		put_group(egid);
	}
	for (i = 0; i < count; i++)
		if (groups[i] != rgid && groups[i] != egid) {
			if (zero)
				putchar(0);
			else
				putchar(' ');
			put_group(groups[i]);
		}
	free(groups);
}

static void pair(const char *label, unsigned number, const char *name)
{
	printf("%s=%u", label, number);
	if (name)
		printf("(%s)", name);
}

static const char *user_name(uid_t uid)
{
	const struct passwd *user = getpwuid(uid);

	return user ? user->pw_name : NULL;
}

static const char *group_name(gid_t gid)
{
	const struct group *group = getgrgid(gid);

	return group ? group->gr_name : NULL;
}

static void full(const struct passwd *user, uid_t ruid, uid_t euid, gid_t rgid, gid_t egid)
{
	int count, i;
	gid_t *groups;

	pair("uid", ruid, user_name(ruid));
	pair(" gid", rgid, group_name(rgid));
	if (euid != ruid)
		pair(" euid", euid, user_name(euid));
	if (egid != rgid)
		pair(" egid", egid, group_name(egid));
	groups = groups_of(user, user ? rgid : egid, &count);
	if (count > 0)
		fputs(" groups=", stdout);
	for (i = 0; i < count; i++) {
		const char *name = group_name(groups[i]);

		printf("%s%u", i ? "," : "", groups[i]);
		if (name)
			printf("(%s)", name);
	}
	free(groups);
	putchar('\n');
}

static void one(const struct passwd *user)
{
	uid_t ruid = user ? user->pw_uid : getuid(), euid = user ? user->pw_uid : geteuid();
	gid_t rgid = user ? user->pw_gid : getgid(), egid = user ? user->pw_gid : getegid();

	switch (what) {
	case 'u': put_user(real ? ruid : euid); break;
	case 'g': put_group(real ? rgid : egid); break;
	case 'G': put_groups(user, rgid, egid); break;
	default:
		full(user, ruid, euid, rgid, egid);
		return;
	}
	putchar(zero ? 0 : '\n');
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "context", 0, NULL, 'Z' }, { "group", 0, NULL, 'g' }, { "groups", 0, NULL, 'G' }, { "name", 0, NULL, 'n' }, { "real", 0, NULL, 'r' },
		{ "user", 0, NULL, 'u' }, { "zero", 0, NULL, 'z' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	int option;

	core_start(argv[0], "[OPTION]... [USER]...");
	while ((option = core_getopt(argc, argv, "agnruzGZ", longs)) != -1) {
		switch (option) {
		case 'a': break;
		case 'Z': core_error(1, 0, "--context (-Z) works only on an SELinux-enabled kernel"); break;
		case 'n': names = 1; break;
		case 'r': real = 1; break;
		case 'z': zero = 1; break;
		default:
			if (what && what != option)
				core_error(1, 0, "cannot print \"only\" of more than one choice");
			what = (char)option;
		}
	}
	if (!what && (names || real))
		core_error(1, 0, "cannot print only names or real IDs in default format");
	if (!what && zero)
		core_error(1, 0, "option --zero not permitted in default format");
	if (optind == argc) {
		one(NULL);
		return status;
	}
	for (; optind < argc; optind++) {
		const struct passwd *user = getpwnam(argv[optind]);
		char *end;
		struct passwd copy;

		if (!user) {
			unsigned long number = strtoul(argv[optind], &end, 10);

			if (*argv[optind] && !*end)
				user = getpwuid((uid_t)number);
		}
		if (!user) {
			core_error(0, 0, "%s: no such user", core_quote(argv[optind]));
			status = 1;
			continue;
		}
		copy = *user;
		copy.pw_name = core_strdup(user->pw_name);
		one(&copy);
	}
	return status;
}
