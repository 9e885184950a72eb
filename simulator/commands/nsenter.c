/* nsenter(1) of util-linux: runs a program in the namespaces of another process. */
#define _GNU_SOURCE
#include "lib/ul.h"
#include "lib/ul_namespaces.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { OPT_PRESERVE = 256 };
static const struct option LONG[] = {
	{ "all", no_argument, NULL, 'a' }, { "help", no_argument, NULL, 'h' }, { "version", no_argument, NULL, 'V' }, { "target", required_argument, NULL, 't' },
	{ "mount", optional_argument, NULL, 'm' }, { "uts", optional_argument, NULL, 'u' }, { "ipc", optional_argument, NULL, 'i' }, { "net", optional_argument, NULL, 'n' },
	{ "pid", optional_argument, NULL, 'p' }, { "user", optional_argument, NULL, 'U' }, { "cgroup", optional_argument, NULL, 'C' }, { "time", optional_argument, NULL, 'T' },
	{ "setuid", required_argument, NULL, 'S' }, { "setgid", required_argument, NULL, 'G' }, { "root", optional_argument, NULL, 'r' }, { "wd", optional_argument, NULL, 'w' },
	{ "wdns", required_argument, NULL, 'W' }, { "no-fork", no_argument, NULL, 'F' }, { "preserve-credentials", no_argument, NULL, OPT_PRESERVE },
	{ "follow-context", no_argument, NULL, 'Z' }, { NULL, 0, NULL, 0 },
};

static pid_t target;
static int descriptors[UL_NAMESPACES];

/* Opens a file of the target's /proc directory, or the one that was named. */
static int open_target(const char *file, const char *path)
{
	char made[64];
	if (!path && !target)
		errx(EXIT_FAILURE, "neither filename nor target pid supplied for %s", file);
	if (!path) {
		snprintf(made, sizeof made, "/proc/%d/%s", (int)target, file);
		path = made;
	}
	int fd = open(path, O_RDONLY);
	if (fd < 0)
		err(EXIT_FAILURE, "cannot open %s", path);
	return fd;
}

static int index_of(const char *name)
{
	for (int i = 0; i < UL_NAMESPACES; i++)
		if (!strcmp(ul_namespaces[i].name, name))
			return i;
	abort();
}

static void open_namespace(int i, const char *path)
{
	int before = descriptors[i];
	descriptors[i] = open_target(ul_namespaces[i].file, path);
	if (before >= 0)
		close(before);
}

static void identity(pid_t pid, const char *file, struct stat *out)
{
	char path[64];
	snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, file);
	if (stat(path, out) != 0)
		err(EXIT_FAILURE, "stat of %s failed", path);
}

/* For --all: does this kernel have the type, and may it be entered? One's own user namespace may not. */
static bool enterable(int i)
{
	char path[64];
	struct stat own, theirs;
	snprintf(path, sizeof path, "/proc/%d/%s", (int)getpid(), ul_namespaces[i].file);
	if (access(path, F_OK) < 0 && errno == ENOENT)
		return false;
	if (ul_namespaces[i].flag != CLONE_NEWUSER)
		return true;
	identity(getpid(), ul_namespaces[i].file, &own);
	identity(target, ul_namespaces[i].file, &theirs);
	return own.st_dev != theirs.st_dev || own.st_ino != theirs.st_ino;
}

/* Goes on in a child, since only children are in a pid namespace that was entered; the parent stops, goes on and ends with it. */
static void continue_as_child(void)
{
	pid_t pid = fork();
	int status;
	if (pid < 0)
		err(EXIT_FAILURE, "fork failed");
	if (pid == 0)
		return;
	for (;;) {
		pid_t got = waitpid(pid, &status, WUNTRACED);
		if (got == pid && WIFSTOPPED(status)) {
			kill(getpid(), SIGSTOP);
			kill(pid, SIGCONT);
		} else {
			break;
		}
	}
	if (WIFEXITED(status))
		exit(WEXITSTATUS(status));
	if (WIFSIGNALED(status))
		kill(getpid(), WTERMSIG(status));
	exit(EXIT_FAILURE);
}

static void enter_namespaces(int *forks)
{
	/* without the user namespace first; then with it, and what its capabilities were needed for */
	for (int pass = 0; pass < 2; pass++)
		for (int i = 1 - pass; i < UL_NAMESPACES; i++) {
			if (descriptors[i] < 0)
				continue;
			if (ul_namespaces[i].flag == CLONE_NEWPID && *forks == -1)
				*forks = 1;
			if (setns(descriptors[i], ul_namespaces[i].flag)) {
				if (pass == 0)
					continue;
				err(EXIT_FAILURE, "reassociate to namespace '%s' failed", ul_namespaces[i].file);
			}
			close(descriptors[i]);
			descriptors[i] = -1;
		}
}

int main(int argc, char *argv[])
{
	static const char *const order[] = { "mnt", "uts", "ipc", "net", "pid", "cgroup", "user", "time" };
	bool wanted[UL_NAMESPACES] = { false }, all = false, preserve = false, set_uid = false, set_gid = false, want_root = false, want_directory = false;
	int forks = -1, root = -1, directory = -1, refused = 0, c;
	const char *directory_inside = NULL;
	uid_t uid = 0;
	gid_t gid = 0;

	for (int i = 0; i < UL_NAMESPACES; i++)
		descriptors[i] = -1;
	while ((c = getopt_long(argc, argv, "+ahVt:m::u::i::n::p::C::U::T::S:G:r::w::W:FZ", LONG, NULL)) != -1) {
		static const char letters[] = "muinpCUT";
		const char *letter = strchr(letters, c);
		if (c < 256 && letter) {
			int i = index_of(order[letter - letters]);
			if (optarg)
				open_namespace(i, optarg);
			else
				wanted[i] = true;
			continue;
		}
		switch (c) {
		case 'a': all = true; break;
		case 't': target = ul_number(optarg, "failed to parse pid"); break;
		case 'S':
			uid = ul_number(optarg, "failed to parse uid");
			set_uid = true;
			break;
		case 'G':
			gid = ul_number(optarg, "failed to parse gid");
			set_gid = true;
			break;
		case 'F': forks = 0; break;
		case 'r':
			if (optarg)
				root = open_target("root", optarg);
			else
				want_root = true;
			break;
		case 'w':
			if (optarg)
				directory = open_target("cwd", optarg);
			else
				want_directory = true;
			break;
		case 'W': directory_inside = optarg; break;
		case OPT_PRESERVE: preserve = true; break;
		/* there is no SELinux here: nothing to follow */
		case 'Z': break;
		case 'h': ul_help(" nsenter [options] [<program> [<argument>...]]\n\nNamespaces: -m -u -i -n -p -C -U -T, each of -t <pid> or =<file>; -a: all.\n"
			"See nsenter(1) for -S, -G, --preserve-credentials, -r, -w, -W and -F.\n");
		case 'V': ul_version();
		default: ul_try_help();
		}
	}
	if (all) {
		if (!target)
			errx(EXIT_FAILURE, "no target PID specified for --all");
		for (int i = 0; i < UL_NAMESPACES; i++)
			if (descriptors[i] < 0 && enterable(i))
				open_namespace(i, NULL);
	}
	for (int o = 0; o < UL_NAMESPACES; o++) {
		int i = index_of(order[o]);
		if (wanted[i])
			open_namespace(i, NULL);
	}
	if (want_root)
		root = open_target("root", NULL);
	if (want_directory)
		directory = open_target("cwd", NULL);

	if (descriptors[index_of("user")] >= 0 && !preserve) {
		set_uid = set_gid = true;
		/* tried again inside: only if both fail is something wrong */
		if (setgroups(0, NULL) != 0)
			refused++;
	}
	enter_namespaces(&forks);

	if (root >= 0 && directory < 0 && !directory_inside && (directory = open(".", O_RDONLY)) < 0)
		err(EXIT_FAILURE, "cannot open current working directory");
	if (root >= 0) {
		if (fchdir(root) < 0)
			err(EXIT_FAILURE, "change directory by root file descriptor failed");
		if (chroot(".") < 0)
			err(EXIT_FAILURE, "chroot failed");
		close(root);
	}
	if (directory_inside && (directory = open(directory_inside, O_RDONLY)) < 0)
		err(EXIT_FAILURE, "cannot open current working directory");
	if (directory >= 0) {
		if (fchdir(directory) < 0)
			err(EXIT_FAILURE, "change directory by working directory file descriptor failed");
		close(directory);
	}
	if (forks == 1)
		continue_as_child();
	if (set_gid) {
		if (setgroups(0, NULL) != 0 && (refused || !set_uid || preserve))
			err(EXIT_FAILURE, "setgroups failed");
		if (setgid(gid) < 0)
			err(EXIT_FAILURE, "setgid() failed");
	}
	if (set_uid && setuid(uid) < 0)
		err(EXIT_FAILURE, "setuid() failed");
	ul_exec(argv + optind);
}
