/* unshare(1) of util-linux: runs a program in namespaces of its own. */
#define _GNU_SOURCE
#include "lib/ul.h"
#include "lib/ul_idmap.h"
#include "lib/ul_namespaces.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <grp.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef CLONE_NEWTIME
#define CLONE_NEWTIME 0x80
#endif
#define NONE (-1L)

enum { GROUPS_AS_IS, GROUPS_DENY, GROUPS_ALLOW };
enum {
	OPT_MOUNTPROC = 256, OPT_PROPAGATION, OPT_SETGROUPS, OPT_KILLCHILD, OPT_KEEPCAPS, OPT_MONOTONIC, OPT_BOOTTIME, OPT_MAPUSER, OPT_MAPUSERS, OPT_MAPGROUP,
	OPT_MAPGROUPS, OPT_MAPAUTO,
};

static const struct option LONG[] = {
	{ "help", no_argument, NULL, 'h' }, { "version", no_argument, NULL, 'V' },
	{ "mount", optional_argument, NULL, 'm' }, { "uts", optional_argument, NULL, 'u' }, { "ipc", optional_argument, NULL, 'i' },
	{ "net", optional_argument, NULL, 'n' }, { "pid", optional_argument, NULL, 'p' }, { "user", optional_argument, NULL, 'U' },
	{ "cgroup", optional_argument, NULL, 'C' }, { "time", optional_argument, NULL, 'T' },
	{ "fork", no_argument, NULL, 'f' }, { "kill-child", optional_argument, NULL, OPT_KILLCHILD }, { "mount-proc", optional_argument, NULL, OPT_MOUNTPROC },
	{ "map-user", required_argument, NULL, OPT_MAPUSER }, { "map-users", required_argument, NULL, OPT_MAPUSERS }, { "map-group", required_argument, NULL, OPT_MAPGROUP },
	{ "map-groups", required_argument, NULL, OPT_MAPGROUPS }, { "map-root-user", no_argument, NULL, 'r' }, { "map-current-user", no_argument, NULL, 'c' },
	{ "map-auto", no_argument, NULL, OPT_MAPAUTO }, { "propagation", required_argument, NULL, OPT_PROPAGATION }, { "setgroups", required_argument, NULL, OPT_SETGROUPS },
	{ "keep-caps", no_argument, NULL, OPT_KEEPCAPS }, { "setuid", required_argument, NULL, 'S' }, { "setgid", required_argument, NULL, 'G' },
	{ "root", required_argument, NULL, 'R' }, { "wd", required_argument, NULL, 'w' }, { "monotonic", required_argument, NULL, OPT_MONOTONIC },
	{ "boottime", required_argument, NULL, OPT_BOOTTIME }, { NULL, 0, NULL, 0 },
};

/* Where each new namespace is to be kept: a file to mount it on, by the order of ul_namespaces. */
static const char *kept[UL_NAMESPACES];

static int flag_of(const char *name, const char *file)
{
	for (int i = 0; i < UL_NAMESPACES; i++)
		if (!strcmp(ul_namespaces[i].name, name)) {
			if (file)
				kept[i] = file;
			return ul_namespaces[i].flag;
		}
	return 0;
}

static bool keeps_any(void)
{
	for (int i = 0; i < UL_NAMESPACES; i++)
		if (kept[i])
			return true;
	return false;
}

/* The namespaces of a process, mounted on the files asked for. */
static void bind_namespaces(pid_t pid)
{
	for (int i = 0; i < UL_NAMESPACES; i++) {
		char source[64];
		if (!kept[i])
			continue;
		const char *file = ul_namespaces[i].flag == CLONE_NEWPID ? "ns/pid_for_children" : ul_namespaces[i].flag == CLONE_NEWTIME ? "ns/time_for_children" : ul_namespaces[i].file;
		snprintf(source, sizeof source, "/proc/%d/%s", (int)pid, file);
		if (mount(source, kept[i], NULL, MS_BIND, NULL) != 0)
			err(EXIT_FAILURE, "mount %s on %s failed", source, kept[i]);
	}
}

static unsigned long propagation_of(const char *word)
{
	if (!strcmp(word, "slave"))
		return MS_REC | MS_SLAVE;
	if (!strcmp(word, "private"))
		return MS_REC | MS_PRIVATE;
	if (!strcmp(word, "shared"))
		return MS_REC | MS_SHARED;
	if (!strcmp(word, "unchanged"))
		return 0;
	errx(EXIT_FAILURE, "unsupported propagation mode: %s", word);
}

static void write_setgroups(int what)
{
	const char *word = what == GROUPS_DENY ? "deny" : "allow";
	if (ul_write("/proc/self/setgroups", word))
		return;
	if (errno == ENOENT)
		return;
	err(EXIT_FAILURE, "write failed %s", "/proc/self/setgroups");
}

static void shift_clock(int clock, long seconds)
{
	char line[64];
	snprintf(line, sizeof line, "%d %ld 0", clock, seconds);
	if (!ul_write("/proc/self/timens_offsets", line))
		err(EXIT_FAILURE, "failed to write to %s", "/proc/self/timens_offsets");
}

/* Permitted capabilities become inheritable and ambient, so that they outlive exec. */
static void keep_capabilities(void)
{
	struct __user_cap_header_struct head = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2];
	if (syscall(SYS_capget, &head, data) < 0)
		err(EXIT_FAILURE, "capget failed");
	data[0].inheritable = data[0].permitted;
	data[1].inheritable = data[1].permitted;
	if (syscall(SYS_capset, &head, data) < 0)
		err(EXIT_FAILURE, "capset failed");
	unsigned long long set = (unsigned long long)data[1].effective << 32 | data[0].effective;
	for (int cap = 0; cap < 64; cap++)
		if (set >> cap & 1 && prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, cap, 0, 0) < 0 && errno != EINVAL)
			err(EXIT_FAILURE, "prctl(PR_CAP_AMBIENT) failed");
}

/* A child that waits for the parent to have called unshare(), then does `work` for it from outside. */
struct outside { pid_t pid; int go; };

static struct outside outside_start(void (*work)(pid_t))
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC) < 0)
		err(EXIT_FAILURE, "pipe failed");
	pid_t parent = getpid();
	pid_t pid = fork();
	if (pid < 0)
		err(EXIT_FAILURE, "fork failed");
	if (pid > 0) {
		close(ends[0]);
		return (struct outside){ pid, ends[1] };
	}
	close(ends[1]);
	char token;
	/* the parent gave up: nothing to do */
	if (read(ends[0], &token, 1) != 1)
		_exit(EXIT_FAILURE);
	work(parent);
	_exit(EXIT_SUCCESS);
}

static void outside_finish(struct outside *child)
{
	int status;
	if (write(child->go, "\6", 1) != 1)
		err(EXIT_FAILURE, "failed to synchronize with child");
	close(child->go);
	if (waitpid(child->pid, &status, 0) < 0)
		err(EXIT_FAILURE, "waitpid failed");
	if (!WIFEXITED(status) || WEXITSTATUS(status) != EXIT_SUCCESS)
		exit(WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILURE);
}

static struct ul_range users, groups;
static long map_user = NONE, map_group = NONE;

static void map_from_outside(pid_t parent)
{
	struct ul_range ranges[3];
	uid_t uid = geteuid();
	gid_t gid = getegid();
	if (users.count && groups.count) {
		pid_t pid = fork();
		int status;
		if (pid < 0)
			err(EXIT_FAILURE, "fork failed");
		if (pid == 0) {
			int n = map_group == NONE ? (ranges[0] = groups, 1) : ul_range_with_single(groups, gid, map_group, ranges);
			ul_map_exec("newgidmap", parent, ranges, n);
		}
		if (waitpid(pid, &status, 0) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
			exit(EXIT_FAILURE);
	}
	if (users.count) {
		int n = map_user == NONE ? (ranges[0] = users, 1) : ul_range_with_single(users, uid, map_user, ranges);
		ul_map_exec("newuidmap", parent, ranges, n);
	}
	int n = map_group == NONE ? (ranges[0] = groups, 1) : ul_range_with_single(groups, gid, map_group, ranges);
	ul_map_exec("newgidmap", parent, ranges, n);
}

/* The exit of the one who waits for the program: as the program ended. */
static void end_like(pid_t pid) __attribute__((noreturn));
static void end_like(pid_t pid)
{
	int status;
	if (waitpid(pid, &status, 0) < 0)
		err(EXIT_FAILURE, "waitpid failed");
	if (WIFEXITED(status))
		exit(WEXITSTATUS(status));
	if (WIFSIGNALED(status)) {
		int signo = WTERMSIG(status);
		sigset_t set;
		sigemptyset(&set);
		sigaddset(&set, signo);
		/* SIGKILL has no default that could be set: util-linux ends here, too, with this message */
		if (signal(signo, SIG_DFL) == SIG_ERR || sigprocmask(SIG_UNBLOCK, &set, NULL))
			err(EXIT_FAILURE, "sigprocmask unblock failed");
		kill(getpid(), signo);
	}
	errx(EXIT_FAILURE, "child exit failed");
}

int main(int argc, char *argv[])
{
	int flags = 0, groups_word = GROUPS_AS_IS, kill_child = 0, c;
	bool forks = false, keep_caps = false, set_uid = false, set_gid = false, has_monotonic = false, has_boottime = false;
	unsigned long propagation = MS_PRIVATE | MS_REC;
	const char *proc = NULL, *root = NULL, *directory = NULL;
	long monotonic = 0, boottime = 0;
	uid_t uid = 0, real_uid = geteuid();
	gid_t gid = 0, real_gid = getegid();

	while ((c = getopt_long(argc, argv, "+fhVmuinpCTUrR:w:S:G:c", LONG, NULL)) != -1) {
		switch (c) {
		case 'f': forks = true; break;
		case 'm': flags |= flag_of("mnt", optarg); break;
		case 'u': flags |= flag_of("uts", optarg); break;
		case 'i': flags |= flag_of("ipc", optarg); break;
		case 'n': flags |= flag_of("net", optarg); break;
		case 'p': flags |= flag_of("pid", optarg); break;
		case 'U': flags |= flag_of("user", optarg); break;
		case 'C': flags |= flag_of("cgroup", optarg); break;
		case 'T': flags |= flag_of("time", optarg); break;
		case OPT_MOUNTPROC:
			flags |= CLONE_NEWNS;
			proc = optarg ? optarg : "/proc";
			break;
		case OPT_MAPUSER:
			flags |= CLONE_NEWUSER;
			if (!ul_uid(optarg, &uid))
				errx(EXIT_FAILURE, "failed to parse uid: '%s'", optarg);
			map_user = uid;
			break;
		case OPT_MAPGROUP:
			flags |= CLONE_NEWUSER;
			if (!ul_gid(optarg, &gid))
				errx(EXIT_FAILURE, "failed to parse gid: '%s'", optarg);
			map_group = gid;
			break;
		case 'r':
			flags |= CLONE_NEWUSER;
			map_user = map_group = 0;
			break;
		case 'c':
			flags |= CLONE_NEWUSER;
			map_user = real_uid;
			map_group = real_gid;
			break;
		case OPT_MAPUSERS:
			flags |= CLONE_NEWUSER;
			users = strcmp(optarg, "auto") ? ul_range_parse(optarg) : ul_range_lent("/etc/subuid");
			break;
		case OPT_MAPGROUPS:
			flags |= CLONE_NEWUSER;
			groups = strcmp(optarg, "auto") ? ul_range_parse(optarg) : ul_range_lent("/etc/subgid");
			break;
		case OPT_MAPAUTO:
			flags |= CLONE_NEWUSER;
			users = ul_range_lent("/etc/subuid");
			groups = ul_range_lent("/etc/subgid");
			break;
		case OPT_SETGROUPS:
			groups_word = !strcmp(optarg, "allow") ? GROUPS_ALLOW : !strcmp(optarg, "deny") ? GROUPS_DENY : GROUPS_AS_IS;
			if (groups_word == GROUPS_AS_IS)
				errx(EXIT_FAILURE, "unsupported --setgroups argument '%s'", optarg);
			break;
		case OPT_PROPAGATION: propagation = propagation_of(optarg); break;
		case OPT_KILLCHILD:
			forks = true;
			kill_child = optarg ? ul_signal(optarg) : SIGKILL;
			if (kill_child == 0)
				errx(EXIT_FAILURE, "unknown signal: %s", optarg);
			break;
		case OPT_KEEPCAPS: keep_caps = true; break;
		case 'S':
			uid = ul_number(optarg, "failed to parse uid");
			set_uid = true;
			break;
		case 'G':
			gid = ul_number(optarg, "failed to parse gid");
			set_gid = true;
			break;
		case 'R': root = optarg; break;
		case 'w': directory = optarg; break;
		case OPT_MONOTONIC:
			monotonic = ul_number(*optarg == '-' ? optarg + 1 : optarg, "failed to parse monotonic offset") * (*optarg == '-' ? -1 : 1);
			has_monotonic = true;
			break;
		case OPT_BOOTTIME:
			boottime = ul_number(*optarg == '-' ? optarg + 1 : optarg, "failed to parse boottime offset") * (*optarg == '-' ? -1 : 1);
			has_boottime = true;
			break;
		case 'h': ul_help(" unshare [options] [<program> [<argument>...]]\n\nNamespaces: -m -u -i -n -p -U -C -T; each takes =<file> in its long form to keep it.\n"
			"See unshare(1) for -f, -r, -c, --map-*, --mount-proc, --kill-child, --propagation,\n--setgroups, --keep-caps, -R, -w, -S, -G, --monotonic and --boottime.\n");
		case 'V': ul_version();
		default: ul_try_help();
		}
	}
	if ((has_monotonic || has_boottime) && !(flags & CLONE_NEWTIME))
		errx(EXIT_FAILURE, "options --monotonic and --boottime require unsharing of a time namespace (-t)");

	/* whoever started us may have told us to ignore it; then there would be nothing to wait for */
	signal(SIGCHLD, SIG_DFL);
	bool keeps = keeps_any(), keeps_mount = keeps && (flags & CLONE_NEWNS), maps = users.count || groups.count;
	struct outside binder = { 0, -1 }, mapper = { 0, -1 };
	if (keeps_mount)
		binder = outside_start(bind_namespaces);
	if (maps)
		mapper = outside_start(map_from_outside);
	if (unshare(flags) == -1)
		err(EXIT_FAILURE, "unshare failed");
	if (maps)
		outside_finish(&mapper);
	if (has_boottime)
		shift_clock(7, boottime);
	if (has_monotonic)
		shift_clock(1, monotonic);

	if (forks) {
		sigset_t wanted, before;
		sigemptyset(&wanted);
		sigaddset(&wanted, SIGINT);
		sigaddset(&wanted, SIGTERM);
		sigprocmask(SIG_BLOCK, &wanted, &before);
		pid_t pid = fork();
		if (pid < 0)
			err(EXIT_FAILURE, "fork failed");
		if (pid > 0) {
			/* only now has a new pid namespace an init, without which it cannot be mounted */
			if (keeps_mount)
				outside_finish(&binder);
			else if (keeps)
				bind_namespaces(getpid());
			end_like(pid);
		}
		sigprocmask(SIG_SETMASK, &before, NULL);
		if (keeps_mount)
			close(binder.go);
	} else if (keeps_mount) {
		outside_finish(&binder);
	} else if (keeps) {
		bind_namespaces(getpid());
	}

	if (kill_child && prctl(PR_SET_PDEATHSIG, kill_child) < 0)
		err(EXIT_FAILURE, "prctl failed");
	if (map_user != NONE && !users.count)
		ul_map_self("/proc/self/uid_map", map_user, real_uid);
	if (map_group != NONE && !groups.count) {
		if (groups_word == GROUPS_ALLOW)
			errx(EXIT_FAILURE, "options --setgroups=allow and --map-group are mutually exclusive");
		write_setgroups(GROUPS_DENY);
		ul_map_self("/proc/self/gid_map", map_group, real_gid);
	}
	if (groups_word != GROUPS_AS_IS)
		write_setgroups(groups_word);
	if (flags & CLONE_NEWNS && propagation && mount("none", "/", NULL, propagation, NULL) != 0)
		err(EXIT_FAILURE, "cannot change root filesystem propagation");
	if (root) {
		if (chroot(root) != 0)
			err(EXIT_FAILURE, "cannot change root directory to '%s'", root);
		if (!directory)
			directory = "/";
	}
	if (directory && chdir(directory))
		err(EXIT_FAILURE, "cannot chdir to '%s'", directory);
	if (proc) {
		/* an old mount there must not send ours back to where it came from */
		if (!root && propagation != (MS_PRIVATE | MS_REC) && mount("none", proc, NULL, MS_PRIVATE | MS_REC, NULL) != 0 && errno != EINVAL)
			err(EXIT_FAILURE, "cannot change %s filesystem propagation", proc);
		if (mount("proc", proc, "proc", MS_NOSUID | MS_NOEXEC | MS_NODEV, NULL) != 0)
			err(EXIT_FAILURE, "mount %s failed", proc);
	}
	if (set_gid) {
		if (setgroups(0, NULL) != 0)
			err(EXIT_FAILURE, "setgroups failed");
		if (setgid(gid) < 0)
			err(EXIT_FAILURE, "setgid failed");
	}
	if (set_uid && setuid(uid) < 0)
		err(EXIT_FAILURE, "setuid failed");
	if (keep_caps && flags & CLONE_NEWUSER)
		keep_capabilities();
	ul_exec(argv + optind);
}
