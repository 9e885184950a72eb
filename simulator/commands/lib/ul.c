#define _GNU_SOURCE
#include "ul.h"

#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

void ul_try_help(void)
{
	fprintf(stderr, "Try '%s --help' for more information.\n", program_invocation_short_name);
	exit(EXIT_FAILURE);
}

void ul_help(const char *text)
{
	printf("\nUsage:\n%s", text);
	exit(EXIT_SUCCESS);
}

void ul_version(void)
{
	printf("%s from util-linux 2.38.1\n", program_invocation_short_name);
	exit(EXIT_SUCCESS);
}

void ul_exec(char *argv[])
{
	if (argv && argv[0]) {
		execvp(argv[0], argv);
		err(errno == ENOENT ? 127 : 126, "failed to execute %s", argv[0]);
	}
	const char *shell = getenv("SHELL");
	if (!shell || !*shell)
		shell = "/bin/sh";
	const char *slash = strrchr(shell, '/');
	char *name;
	if (asprintf(&name, "-%s", slash ? slash + 1 : shell) < 0)
		err(EXIT_FAILURE, "cannot allocate string");
	execl(shell, name, (char *)NULL);
	err(errno == ENOENT ? 127 : 126, "failed to execute %s", shell);
}

unsigned long ul_number(const char *text, const char *message)
{
	char *end;
	errno = 0;
	unsigned long value = strtoul(text, &end, 0);
	if (errno)
		err(EXIT_FAILURE, "%s: '%s'", message, text);
	if (!*text || *end || *text == '-')
		errx(EXIT_FAILURE, "%s: '%s'", message, text);
	return value;
}

static bool as_id(const char *text, unsigned *id)
{
	char *end;
	unsigned long value = strtoul(text, &end, 10);
	if (!isdigit((unsigned char)*text) || *end || value > 0xfffffffeUL)
		return false;
	*id = value;
	return true;
}

bool ul_uid(const char *text, uid_t *uid)
{
	struct passwd *user = getpwnam(text);
	if (!user)
		return as_id(text, uid);
	*uid = user->pw_uid;
	return true;
}

bool ul_gid(const char *text, gid_t *gid)
{
	struct group *group = getgrnam(text);
	if (!group)
		return as_id(text, gid);
	*gid = group->gr_gid;
	return true;
}

static const struct { const char *name; int number; } SIGNALS[] = {
	{ "HUP", SIGHUP }, { "INT", SIGINT }, { "QUIT", SIGQUIT }, { "ILL", SIGILL }, { "TRAP", SIGTRAP }, { "ABRT", SIGABRT }, { "IOT", SIGABRT },
	{ "BUS", SIGBUS }, { "FPE", SIGFPE }, { "KILL", SIGKILL }, { "USR1", SIGUSR1 }, { "SEGV", SIGSEGV }, { "USR2", SIGUSR2 }, { "PIPE", SIGPIPE },
	{ "ALRM", SIGALRM }, { "TERM", SIGTERM }, { "STKFLT", 16 }, { "CHLD", SIGCHLD }, { "CLD", SIGCHLD }, { "CONT", SIGCONT }, { "STOP", SIGSTOP },
	{ "TSTP", SIGTSTP }, { "TTIN", SIGTTIN }, { "TTOU", SIGTTOU }, { "URG", SIGURG }, { "XCPU", SIGXCPU }, { "XFSZ", SIGXFSZ }, { "VTALRM", SIGVTALRM },
	{ "PROF", SIGPROF }, { "WINCH", SIGWINCH }, { "IO", 29 }, { "POLL", 29 }, { "PWR", 30 }, { "SYS", SIGSYS },
};

int ul_signal(const char *text)
{
	unsigned number;
	if (as_id(text, &number))
		return number > 0 && number <= 64 ? (int)number : 0;
	if (!strncasecmp(text, "SIG", 3))
		text += 3;
	for (size_t i = 0; i < sizeof SIGNALS / sizeof *SIGNALS; i++)
		if (!strcasecmp(text, SIGNALS[i].name))
			return SIGNALS[i].number;
	return 0;
}

bool ul_write(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	bool done = write(fd, text, strlen(text)) == (ssize_t)strlen(text);
	int error = errno;
	close(fd);
	errno = error;
	return done;
}
