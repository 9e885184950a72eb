/*
 * The actors of a test world: processes that make, enter and hold namespaces on command, and report what they are in.
 *
 *   actor DIR    the supervisor: forks the first actor, `0`, and passes on what the actors report
 *
 * Each actor reads commands from the FIFO DIR/ID and answers through the supervisor's standard output:
 *   command: SEQ NAME [ARG …]\n        answer: ID SEQ ok [VALUE …]\n   or   ID SEQ err ERRNO\n
 * A new actor reports itself with SEQ 0 and its pid on the host.
 *
 * What an actor says of itself it reads through a descriptor of the host's /proc that it inherited: `self` there is its pid
 * on the host, whatever pid namespace, mount namespace or /proc of its own it has.
 *
 * All of it ends when the supervisor's standard input is closed, however the test ended: the actors see the end of
 * the life pipe, and the supervisor, whom orphans are given to, kills what does not go by itself.
 */
#define _GNU_SOURCE
#include "actor.h"

#include <poll.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>

static const struct { const char *name; unsigned long long flag; } types[] = {
	{ "cgroup", CLONE_NEWCGROUP }, { "ipc", CLONE_NEWIPC }, { "mnt", CLONE_NEWNS }, { "net", CLONE_NEWNET },
	{ "pid", CLONE_NEWPID }, { "time", CLONE_NEWTIME }, { "user", CLONE_NEWUSER }, { "uts", CLONE_NEWUTS },
};
static const char *const links[] = { "cgroup", "ipc", "mnt", "net", "pid", "time", "user", "uts", "pid_for_children", "time_for_children" };

const char *actor_id;

unsigned long long flags_of(const char *list)
{
	unsigned long long flags = 0;
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
		const size_t length = strlen(types[i].name);
		for (const char *at = list; (at = strstr(at, types[i].name)); at += length)
			if ((at == list || at[-1] == ',') && (at[length] == ',' || !at[length]))
				flags |= types[i].flag;
	}
	return flags;
}

void answer(const char *seq, const char *format, ...)
{
	char line[PIPE_BUF];
	int length = snprintf(line, sizeof(line), "%s %s ", actor_id, seq);
	va_list arguments;
	va_start(arguments, format);
	length += vsnprintf(line + length, sizeof(line) - (size_t)length - 1, format, arguments);
	va_end(arguments);
	line[length++] = '\n';
	/* one write of at most PIPE_BUF bytes: lines of different actors never mix */
	if (write(REPORT, line, (size_t)length) != length)
		_exit(1);
}

void answer_result(const char *seq, int result)
{
	if (result < 0)
		answer(seq, "err %s", strerrorname_np(errno));
	else
		answer(seq, "ok %d", result);
}

void answer_links(const char *seq)
{
	char text[1024], path[64], target[64];
	int length = 0;
	ssize_t got = readlinkat(HOST_PROC, "thread-self", target, sizeof(target) - 1);
	target[got < 0 ? 0 : got] = '\0';
	length += snprintf(text, sizeof(text), "%s", target);
	for (size_t i = 0; i < sizeof(links) / sizeof(*links); i++) {
		snprintf(path, sizeof(path), "thread-self/ns/%s", links[i]);
		got = readlinkat(HOST_PROC, path, target, sizeof(target) - 1);
		target[got < 0 ? 0 : got] = '\0';
		const char *number = strchr(target, '[');
		length += snprintf(text + length, sizeof(text) - (size_t)length, " %lu", number ? strtoul(number + 1, NULL, 10) : 0UL);
	}
	answer(seq, "ok %s", text);
}

static int write_file(const char *path, const char *text)
{
	const int fd = openat(HOST_PROC, path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	const ssize_t wrote = write(fd, text, strlen(text));
	const int problem = errno;
	close(fd);
	errno = problem;
	return wrote < 0 ? -1 : 0;
}

/* Maps root of a new user namespace to whoever made it, which needs no privilege. */
int map_root(uid_t uid, gid_t gid)
{
	char text[64];
	write_file("self/setgroups", "deny");
	snprintf(text, sizeof(text), "0 %u 1", uid);
	if (write_file("self/uid_map", text) < 0)
		return -1;
	snprintf(text, sizeof(text), "0 %u 1", gid);
	return write_file("self/gid_map", text);
}

/* fork(2) into new namespaces; CLONE_NEWTIME is accepted by clone3 only. */
pid_t fork_into(unsigned long long flags)
{
	struct clone_args arguments = { .flags = flags, .exit_signal = SIGCHLD };
	return (pid_t)syscall(SYS_clone3, &arguments, sizeof(arguments));
}

/* Reads and obeys commands until the world ends. */
void act(const char *id)
{
	char input[65536];
	size_t filled = 0;
	actor_id = strdup(id);
	const int commands = openat(DIRECTORY, id, O_RDWR | O_CLOEXEC);
	if (commands < 0)
		_exit(1);
	char self[32] = "";
	if (readlinkat(HOST_PROC, "self", self, sizeof(self) - 1) < 0)
		_exit(1);
	answer("0", "ok %s", self);
	for (;;) {
		struct pollfd waiting[] = { { .fd = LIFE, .events = POLLIN }, { .fd = commands, .events = POLLIN } };
		if (poll(waiting, 2, -1) < 0 && errno != EINTR)
			_exit(1);
		if (waiting[0].revents)
			_exit(0);
		if (!(waiting[1].revents & POLLIN))
			continue;
		const ssize_t got = read(commands, input + filled, sizeof(input) - filled - 1);
		if (got <= 0)
			_exit(1);
		filled += (size_t)got;
		input[filled] = '\0';
		char *line = input, *end;
		for (; (end = strchr(line, '\n')); line = end + 1) {
			*end = '\0';
			obey(line);
		}
		filled -= (size_t)(line - input);
		memmove(input, line, filled);
	}
}

/* Kills every child, and the orphans that its children's end leaves us, until nobody is left. */
static void end_all(void)
{
	char path[64];
	snprintf(path, sizeof(path), "/proc/self/task/%d/children", getpid());
	for (;;) {
		FILE *children = fopen(path, "re");
		int pid;
		while (children && fscanf(children, "%d", &pid) == 1)
			kill(pid, SIGKILL);
		if (children)
			fclose(children);
		if (wait(NULL) < 0 && errno == ECHILD)
			return;
	}
}

static int supervise(const char *directory)
{
	int life[2], report[2];
	umask(0);
	signal(SIGPIPE, SIG_IGN);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	const int proc = open("/proc", O_PATH | O_DIRECTORY), where = open(directory, O_PATH | O_DIRECTORY);
	if (proc < 0 || where < 0 || pipe(life) < 0 || pipe(report) < 0 || mkfifoat(where, "0", 0666) < 0) {
		perror(directory);
		return 1;
	}
	const pid_t first = fork();
	if (first == 0) {
		/* out of the way first: the numbers that the actors use are taken by the originals */
		const int from[] = { fcntl(proc, F_DUPFD, 20), fcntl(where, F_DUPFD, 20), fcntl(life[0], F_DUPFD, 20), fcntl(report[1], F_DUPFD, 20) };
		const int null = open("/dev/null", O_RDWR);
		for (int fd = 0; fd < 3; fd++)
			dup2(null, fd);
		for (int i = 0; i < 4; i++)
			dup2(from[i], HOST_PROC + i);
		if (close_range(HOST_PROC + 4, ~0U, 0) < 0)
			_exit(1);
		act("0");
	}
	close(life[0]);
	close(report[1]);
	for (;;) {
		char text[65536];
		struct pollfd waiting[] = { { .fd = STDIN_FILENO, .events = POLLIN }, { .fd = report[0], .events = POLLIN } };
		/* reap the orphans now and then: an actor whose parent ended is ours */
		const int ready = poll(waiting, 2, 50);
		while (waitpid(-1, NULL, WNOHANG) > 0)
			;
		if (ready <= 0)
			continue;
		if (waiting[1].revents & POLLIN) {
			const ssize_t got = read(report[0], text, sizeof(text));
			for (ssize_t at = 0, wrote; at < got; at += wrote)
				if ((wrote = write(STDOUT_FILENO, text + at, (size_t)(got - at))) <= 0)
					break;
		}
		if (waiting[0].revents)
			break;
	}
	close(life[1]);
	end_all();
	return 0;
}

int main(int count, char **arguments)
{
	const char *id = getenv("ACTOR");
	if (id) {
		/* an actor that executed itself again to get other arguments */
		static char name[32];
		snprintf(name, sizeof(name), "%s", id);
		act(name);
	}
	if (count != 2) {
		fprintf(stderr, "usage: actor DIR\n");
		return 2;
	}
	return supervise(arguments[1]);
}
