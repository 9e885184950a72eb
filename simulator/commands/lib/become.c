/* su and runuser of util-linux 2.38: a shell or a command as another user. There are no passwords: only root becomes somebody else. */
#define _GNU_SOURCE
#include "become.h"

#include <err.h>
#include <errno.h>
#include <getopt.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

int become_main(int argc, char **argv, int is_su)
{
	static const struct option longs[] = {
		{ "command", 1, NULL, 'c' }, { "login", 0, NULL, 'l' }, { "preserve-environment", 0, NULL, 'p' }, { "shell", 1, NULL, 's' }, { "group", 1, NULL, 'g' },
		{ "supp-group", 1, NULL, 'G' }, { "user", 1, NULL, 'u' }, { "fast", 0, NULL, 'f' }, { "session-command", 1, NULL, 'C' }, { "help", 0, NULL, 'h' },
		{ "version", 0, NULL, 'V' }, { NULL, 0, NULL, 0 },
	};
	const char *name = is_su ? "su" : "runuser", *command = NULL, *shell = NULL, *who = "root", *user_option = NULL;
	int option, login = 0, preserve = 0, count = 0, error;
	const struct passwd *user;
	char base[256], *args[256];
	gid_t gid, primary = (gid_t)-1;

	while ((option = getopt_long(argc, argv, is_su ? "c:flmps:g:G:hV" : "c:flmps:g:G:u:hV", longs, NULL)) != -1) {
		switch (option) {
		case 'c': case 'C': command = optarg; break;
		case 'l': login = 1; break;
		case 'm': case 'p': preserve = 1; break;
		case 's': shell = optarg; break;
		case 'u': user_option = optarg; break;
		case 'g': {
			const struct group *group = getgrnam(optarg);

			if (!group)
				errx(1, "group %s does not exist", optarg);
			primary = group->gr_gid;
			break;
		}
		case 'f': case 'G': break;
		case 'V': printf("%s from util-linux 2.38.1\n", name); return 0;
		case 'h': printf("\nUsage:\n %s [options] [-] [<user> [<argument>...]]\n", name); return 0;
		default: fprintf(stderr, "Try '%s --help' for more information.\n", name); return 1;
		}
	}
	if (optind < argc && strcmp(argv[optind], "-") == 0) {
		login = 1;
		optind++;
	}
	if (user_option)
		who = user_option;
	else if (optind < argc)
		who = argv[optind++];
	user = getpwnam(who);
	if (!user) {
		warnx("user %s does not exist or the user entry does not contain all the required fields", who);
		return 1;
	}
	if (getuid() != 0) {
		if (!is_su)
			errx(1, "may not be used by non-root users");
		fputs("Password: \n", stderr);
		errx(1, "Authentication failure");
	}
	gid = primary != (gid_t)-1 ? primary : user->pw_gid;
	if (!shell)
		shell = *user->pw_shell ? user->pw_shell : "/bin/sh";
	if (initgroups(user->pw_name, gid) != 0)
		err(1, "cannot set groups");
	if (setgid(gid) != 0)
		err(1, "cannot set group id");
	if (setuid(user->pw_uid) != 0)
		err(1, "cannot set user id");
	if (login) {
		const char *term = getenv("TERM");
		char *kept = term ? strdup(term) : NULL;

		clearenv();
		if (kept)
			setenv("TERM", kept, 1);
		setenv("PATH", user->pw_uid ? "/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games" : "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", 1);
	}
	if (!preserve && !user_option) {
		setenv("HOME", user->pw_dir, 1);
		setenv("SHELL", shell, 1);
		if (user->pw_uid || login) {
			setenv("USER", user->pw_name, 1);
			setenv("LOGNAME", user->pw_name, 1);
		}
	}
	if (login && chdir(user->pw_dir) != 0)
		warn("warning: cannot change directory to %s", user->pw_dir);
	if (user_option && optind < argc) {
		execvp(argv[optind], argv + optind);
		error = errno;
		warn("failed to execute %s", argv[optind]);
		return error == ENOENT ? 127 : 126;
	}
	snprintf(base, sizeof base, "%s%s", login ? "-" : "", strrchr(shell, '/') ? strrchr(shell, '/') + 1 : shell);
	args[count++] = base;
	if (command) {
		args[count++] = (char *)"-c";
		args[count++] = (char *)command;
	}
	for (; optind < argc && count < 255; optind++)
		args[count++] = argv[optind];
	args[count] = NULL;
	execve(shell, args, environ);
	error = errno;
	warn("failed to execute %s", shell);
	return error == ENOENT ? 127 : 126;
}
