/* What an actor can be told to do. Each command answers exactly once; `spawn` answers in the parent, the child reports itself. */
#define _GNU_SOURCE
#include "actor.h"

#include <grp.h>
#include <pthread.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>

enum { MOST = 32 };

static struct { char id[32]; pid_t pid; } children[4096];
static size_t child_count;

/* "6c73" → "ls"; any byte but NUL can be said so. */
static char *unhex(char *text)
{
	char *to = text;
	for (const char *from = text; from[0] && from[1]; from += 2) {
		const char pair[] = { from[0], from[1], '\0' };
		*to++ = (char)strtoul(pair, NULL, 16);
	}
	*to = '\0';
	return text;
}

static int open_link(const char *pid, const char *link)
{
	char path[64];
	snprintf(path, sizeof(path), "%s/ns/%s", pid, link);
	return openat(HOST_PROC, path, O_RDONLY | O_CLOEXEC);
}

/* spawn ID TYPES */
static void do_spawn(const char *seq, char **arguments)
{
	const uid_t uid = geteuid();
	const gid_t gid = getegid();
	const unsigned long long flags = flags_of(arguments[1]);
	if (child_count == sizeof(children) / sizeof(*children)) {
		errno = EAGAIN;
		return answer_result(seq, -1);
	}
	if (mkfifoat(DIRECTORY, arguments[0], 0666) < 0)
		return answer_result(seq, -1);
	const pid_t pid = fork_into(flags);
	if (pid == 0) {
		/* what the parent holds is the parent's alone */
		close_range(REPORT + 1, ~0U, 0);
		child_count = 0;
		if ((flags & CLONE_NEWUSER) && map_root(uid, gid) < 0) {
			actor_id = arguments[0];
			answer_result("0", -1);
			_exit(1);
		}
		act(arguments[0]);
	}
	if (pid > 0) {
		snprintf(children[child_count].id, sizeof(children[child_count].id), "%s", arguments[0]);
		children[child_count++].pid = pid;
	}
	answer_result(seq, pid);
}

/* kill ID: ends a child and reaps it. Without `reap` it is left a zombie. */
static void end_child(const char *seq, const char *id, int reap)
{
	for (size_t i = 0; i < child_count; i++) {
		if (strcmp(children[i].id, id))
			continue;
		const pid_t pid = children[i].pid;
		int result = kill(pid, SIGKILL);
		siginfo_t info;
		if (result == 0)
			result = waitid(P_PID, (id_t)pid, &info, WEXITED | (reap ? 0 : WNOWAIT));
		if (result == 0 && reap)
			children[i] = children[--child_count];
		return answer_result(seq, result);
	}
	errno = ECHILD;
	answer_result(seq, -1);
}

/* unshare TYPES */
static void do_unshare(const char *seq, unsigned long long flags)
{
	const uid_t uid = geteuid();
	const gid_t gid = getegid();
	int result = unshare((int)flags);
	if (result == 0 && (flags & CLONE_NEWUSER))
		result = map_root(uid, gid);
	answer_result(seq, result);
}

struct thread_order { char seq[16]; unsigned long long flags; };

static void *thread_main(void *argument)
{
	struct thread_order *order = argument;
	if (unshare((int)order->flags) < 0)
		answer_result(order->seq, -1);
	else
		answer_links(order->seq);
	free(order);
	for (;;)
		pause();
	return NULL;
}

/* thread TYPES: a thread that unshares; it answers itself, as `links` does */
static void do_thread(const char *seq, const char *types)
{
	pthread_t thread;
	struct thread_order *order = calloc(1, sizeof(*order));
	snprintf(order->seq, sizeof(order->seq), "%s", seq);
	order->flags = flags_of(types);
	errno = pthread_create(&thread, NULL, thread_main, order);
	if (errno)
		answer_result(seq, -1);
}

/* bind PID LINK HEX: a bind mount of that namespace's file on a new file of this name */
static void do_bind(const char *seq, char **arguments)
{
	char from[64];
	const char *path = unhex(arguments[2]);
	const int file = open(path, O_RDONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0444);
	const int fd = file < 0 ? -1 : open_link(arguments[0], arguments[1]);
	if (file >= 0)
		close(file);
	if (fd < 0)
		return answer_result(seq, -1);
	snprintf(from, sizeof(from), "/proc/self/fd/%d", fd);
	const int result = mount(from, path, NULL, MS_BIND, NULL);
	const int problem = errno;
	close(fd);
	errno = problem;
	answer_result(seq, result);
}

/* again HEX …: executes this program again with these arguments */
static void do_again(const char *seq, char **arguments, int count)
{
	char *with[MOST + 1];
	for (int i = 0; i < count; i++)
		with[i] = unhex(arguments[i]);
	with[count] = NULL;
	setenv("ACTOR", actor_id, 1);
	execv("/proc/self/exe", with);
	answer_result(seq, -1);
}

/* storm COUNT: that many processes that end at once, one after the other */
static void do_storm(const char *seq, int count)
{
	for (int i = 0; i < count; i++) {
		const pid_t pid = fork();
		if (pid == 0)
			_exit(0);
		if (pid < 0 || waitpid(pid, NULL, 0) < 0)
			return answer_result(seq, -1);
	}
	answer_result(seq, count);
}

/* next-pid N: the next process in this actor's pid namespace gets pid N, unless that is taken */
static void do_next_pid(const char *seq, int next)
{
	const int fd = openat(HOST_PROC, "sys/kernel/ns_last_pid", O_WRONLY | O_CLOEXEC);
	const int result = fd < 0 ? -1 : dprintf(fd, "%d", next - 1) < 0 ? -1 : 0;
	const int problem = errno;
	if (fd >= 0)
		close(fd);
	errno = problem;
	answer_result(seq, result);
}

static int stay_on_one_cpu(void)
{
	cpu_set_t cpu;
	CPU_ZERO(&cpu);
	CPU_SET(sched_getcpu(), &cpu);
	return sched_setaffinity(0, sizeof(cpu), &cpu);
}

static int become(uid_t id)
{
	if (setgroups(0, NULL) < 0 || setresgid(id, id, id) < 0 || setresuid(id, id, id) < 0)
		return -1;
	/* else nobody but root may look at it */
	return prctl(PR_SET_DUMPABLE, 1);
}

void obey(char *line)
{
	char *words[MOST + 3] = { NULL }, *rest = NULL;
	int count = 0;
	for (char *word = strtok_r(line, " ", &rest); word && count < MOST + 2; word = strtok_r(NULL, " ", &rest))
		words[count++] = word;
	if (count < 2)
		return;
	const char *seq = words[0], *name = words[1];
	char **arguments = words + 2;
	count -= 2;
	const struct { const char *name; int needs; } known[] = {
		{ "spawn", 2 }, { "kill", 1 }, { "zombie", 1 }, { "thread", 1 }, { "bind", 3 }, { "again", 1 }, { "storm", 1 }, { "next-pid", 1 },
		{ "links", 0 }, { "unshare", 1 }, { "join", 2 }, { "hold", 2 }, { "close", 1 }, { "become", 1 }, { "comm", 1 }, { "hostname", 1 },
		{ "private", 0 }, { "mount", 3 }, { "unmount", 1 }, { "socket", 0 },
	};
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (!strcmp(name, known[i].name) && count < known[i].needs)
			return answer(seq, "err EINVAL");
	if (!strcmp(name, "spawn"))
		do_spawn(seq, arguments);
	else if (!strcmp(name, "kill"))
		end_child(seq, arguments[0], 1);
	else if (!strcmp(name, "zombie"))
		end_child(seq, arguments[0], 0);
	else if (!strcmp(name, "thread"))
		do_thread(seq, arguments[0]);
	else if (!strcmp(name, "bind"))
		do_bind(seq, arguments);
	else if (!strcmp(name, "again"))
		do_again(seq, arguments, count);
	else if (!strcmp(name, "storm"))
		do_storm(seq, atoi(arguments[0]));
	else if (!strcmp(name, "next-pid"))
		do_next_pid(seq, atoi(arguments[0]));
	else if (!strcmp(name, "links"))
		answer_links(seq);
	else if (!strcmp(name, "unshare"))
		do_unshare(seq, flags_of(arguments[0]));
	else if (!strcmp(name, "join")) {
		const int fd = open_link(arguments[0], arguments[1]);
		const int result = fd < 0 ? -1 : setns(fd, 0);
		const int problem = errno;
		if (fd >= 0)
			close(fd);
		errno = problem;
		answer_result(seq, result);
	} else if (!strcmp(name, "hold"))
		answer_result(seq, open_link(arguments[0], arguments[1]));
	else if (!strcmp(name, "close"))
		answer_result(seq, close(atoi(arguments[0])));
	else if (!strcmp(name, "one-cpu"))
		answer_result(seq, stay_on_one_cpu());
	else if (!strcmp(name, "become"))
		answer_result(seq, become((uid_t)atoi(arguments[0])));
	else if (!strcmp(name, "comm"))
		answer_result(seq, prctl(PR_SET_NAME, unhex(arguments[0])));
	else if (!strcmp(name, "hostname")) {
		const char *text = unhex(arguments[0]);
		answer_result(seq, sethostname(text, strlen(text)));
	} else if (!strcmp(name, "private"))
		answer_result(seq, mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL));
	else if (!strcmp(name, "mount")) /* mount TYPE PATH OPTIONS */
		answer_result(seq, mount(arguments[0], arguments[1], arguments[0], 0, strcmp(arguments[2], "-") ? arguments[2] : NULL));
	else if (!strcmp(name, "unmount"))
		answer_result(seq, umount2(arguments[0], MNT_DETACH));
	else if (!strcmp(name, "socket"))
		answer_result(seq, socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
	else
		answer(seq, "err ENOSYS");
}
