/* top(1) of procps 4.0.2: batch mode, and on a terminal a page that is drawn anew until q. Uses lib/ps_process.c, lib/uptime_line.c. */
#define _GNU_SOURCE
#include "lib/ps.h"
#include "lib/uptime_line.h"

#include <ctype.h>
#include <dirent.h>
#include <getopt.h>
#include <poll.h>
#include <pwd.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

enum { MOST = 1024, FIXED = 69 };
static struct task { struct ps_process p; unsigned long long before; double cpu; long shared; } tasks[MOST];
static size_t n_tasks;
static unsigned long long times[2][8], total, unused, available, buffers, cached, reclaimable, swap_total, swap_free;
static pid_t only[20];
static int n_only, batch, commands, columns = 80, rows;
static uid_t only_user;
static int by_user;

static void usage(FILE *to)
{
	fputs("\nUsage:\n top [options]\n\nOptions:\n -b, --batch-mode                run in non-interactive batch mode\n -c, --cmdline-toggle            reverse last remembered 'c' state\n"
	      " -d, --delay =SECS [.TENTHS]     iterative delay as SECS [.TENTHS]\n -n, --iterations =NUMBER        exit on maximum iterations NUMBER\n"
	      " -p, --pid =PIDLIST              monitor only the tasks in PIDLIST\n -u, --filter-only-euser =USER   show only processes owned by USER\n"
	      " -w, --width [=COLUMNS]          change print width [,use COLUMNS]\n\n -h, --help                      display this help text, then exit\n"
	      " -V, --version                   output version information & exit\n\nFor more details see top(1).", to);
	if (to == stdout)
		putchar('\n');
	exit(to == stderr);
}

static void read_times(unsigned long long t[8])
{
	FILE *file = fopen("/proc/stat", "r");

	memset(t, 0, 8 * sizeof *t);
	if (file && fscanf(file, "cpu %llu %llu %llu %llu %llu %llu %llu %llu", t, t + 1, t + 2, t + 3, t + 4, t + 5, t + 6, t + 7) != 8)
		memset(t, 0, 8 * sizeof *t);
	if (file)
		fclose(file);
}

static void read_memory(void)
{
	static const struct { const char *name; unsigned long long *value; } known[] = {
		{ "MemTotal:", &total }, { "MemFree:", &unused }, { "MemAvailable:", &available }, { "Buffers:", &buffers }, { "Cached:", &cached }, { "SReclaimable:", &reclaimable },
		{ "SwapTotal:", &swap_total }, { "SwapFree:", &swap_free },
	};
	FILE *file = fopen("/proc/meminfo", "r");
	char name[64], line[256];
	unsigned long long value;
	size_t i;

	while (file && fgets(line, sizeof line, file))
		for (i = 0; sscanf(line, "%63s %llu", name, &value) == 2 && i < sizeof known / sizeof *known; i++)
			if (!strcmp(known[i].name, name))
				*known[i].value = value;
	if (file)
		fclose(file);
}

/* All processes; the time that each had before is kept from the last look. */
static void look(double seconds)
{
	static struct task last[MOST];
	size_t n_last = n_tasks, i;
	DIR *proc = opendir("/proc");
	struct dirent *entry;

	if (!proc) {
		fputs("top: failed /proc open\n", stderr);
		exit(1);
	}
	memcpy(last, tasks, n_tasks * sizeof *tasks);
	n_tasks = 0;
	while ((entry = readdir(proc)) && n_tasks < MOST) {
		struct task *t = &tasks[n_tasks];
		char path[64];
		FILE *file;
		pid_t pid = atoi(entry->d_name);
		int wanted = n_only == 0;

		for (i = 0; i < (size_t)n_only; i++)
			wanted |= only[i] == pid;
		memset(t, 0, sizeof *t);
		if (pid <= 0 || !wanted || !ps_read(pid, 0, &t->p))
			continue;
		snprintf(path, sizeof path, "/proc/%d/statm", pid);
		file = fopen(path, "r");
		if (file && fscanf(file, "%*d %*d %ld", &t->shared) != 1)
			t->shared = 0;
		if (file)
			fclose(file);
		t->before = t->p.utime + t->p.stime;
		for (i = 0; i < n_last; i++)
			if (last[i].p.pid == pid && last[i].p.start == t->p.start)
				t->cpu = seconds > 0 ? (double)(t->p.utime + t->p.stime - last[i].before) * 100 / (double)ps_hertz / seconds : 0;
		n_tasks++;
	}
	closedir(proc);
	memcpy(times[0], times[1], sizeof times[0]);
	read_times(times[1]);
	read_memory();
}

static int busiest(const void *a, const void *b)
{
	const struct task *x = a, *y = b;

	return x->cpu != y->cpu ? x->cpu < y->cpu ? 1 : -1 : x->p.pid - y->p.pid;
}

/* A number of KiB in so many columns; with a unit behind it where it is too long. */
static const char *kib(unsigned long long value, int width)
{
	static char texts[4][24];
	static int next;
	char *text = texts[next = (next + 1) % 4];
	static const char units[] = "mgtp";
	double scaled = (double)value;
	int i;

	if (snprintf(text, 24, "%llu", value) <= width)
		return text;
	for (i = 0; i < 4; i++) {
		scaled /= 1024;
		if (snprintf(text, 24, "%.1f%c", scaled, units[i]) <= width || snprintf(text, 24, "%.0f%c", scaled, units[i]) <= width)
			break;
	}
	return text;
}

/* What is printed is cut at the screen's edge. */
static char page[65536];
static size_t page_size;

static void put(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void put(const char *format, ...)
{
	char line[1024];
	va_list list;

	va_start(list, format);
	vsnprintf(line, sizeof line, format, list);
	va_end(list);
	if ((int)strlen(line) > columns)
		line[columns] = '\0';
	if (page_size + strlen(line) + 2 < sizeof page)
		page_size += (size_t)sprintf(page + page_size, "%s\n", line);
}

static void draw(void)
{
	unsigned long long delta[8], sum = 0;
	unsigned count[4] = { 0 };
	char user[16], command[1024], clock[24];
	FILE *memory;
	size_t i;
	int shown = 0, room = columns - FIXED, pid_width = 5;

	page_size = 0;
	/* the line of uptime(1) is written to standard output */
	fflush(stdout);
	fputs("top -", stdout);
	uptime_line();
	for (i = 0; i < n_tasks; i++) {
		char s = tasks[i].p.state;

		count[s == 'R' ? 0 : s == 'T' || s == 't' ? 2 : s == 'Z' ? 3 : 1]++;
	}
	put("Tasks: %3zu total, %3u running, %3u sleeping, %3u stopped, %3u zombie", n_tasks, count[0], count[1], count[2], count[3]);
	for (i = 0; i < 8; i++)
		sum += delta[i] = times[1][i] - times[0][i];
	if (sum == 0)
		sum = delta[3] = 1;
#define PART(n) ((double)delta[n] * 100 / (double)sum)
	put("%%Cpu(s):%5.1f us,%5.1f sy,%5.1f ni,%5.1f id,%5.1f wa,%5.1f hi,%5.1f si,%5.1f st ", PART(0), PART(2), PART(1), PART(3), PART(4), PART(5), PART(6), PART(7));
	put("MiB Mem : %8.1f total, %8.1f free, %8.1f used, %8.1f buff/cache     ", (double)total / 1024, (double)unused / 1024, (double)(total - available) / 1024, (double)(buffers + cached + reclaimable) / 1024);
	put("MiB Swap: %8.1f total, %8.1f free, %8.1f used. %8.1f avail Mem ", (double)swap_total / 1024, (double)swap_free / 1024, (double)(swap_total - swap_free) / 1024, (double)available / 1024);
	put("%s", "");
	memory = fopen("/proc/sys/kernel/pid_max", "r");
	if (memory) {
		int most;

		if (fscanf(memory, "%d", &most) == 1)
			pid_width = snprintf(clock, sizeof clock, "%d", most - 1);
		fclose(memory);
	}
	if (pid_width < 5)
		pid_width = 5;
	put("%*s USER      PR  NI    VIRT    RES    SHR S  %%CPU  %%MEM     TIME+ COMMAND", pid_width, "PID");
	qsort(tasks, n_tasks, sizeof *tasks, busiest);
	for (i = 0; i < n_tasks && (rows == 0 || shown < rows - 7); i++) {
		const struct task *t = &tasks[i];
		struct passwd *known = getpwuid(t->p.euid);
		unsigned long long hundredths = (t->p.utime + t->p.stime) * 100 / (unsigned long long)ps_hertz;
		char priority[8];
		long page_kib = sysconf(_SC_PAGESIZE) / 1024;

		if (by_user && t->p.euid != only_user)
			continue;
		if (known)
			snprintf(user, sizeof user, strlen(known->pw_name) > 8 ? "%.7s+" : "%s", known->pw_name);
		else
			snprintf(user, sizeof user, "%u", t->p.euid);
		snprintf(command, sizeof command, "%s", commands ? t->p.args : t->p.comm);
		if ((int)strlen(command) > room - 1 && room > 2)
			strcpy(command + room - 2, "+");
		snprintf(priority, sizeof priority, t->p.priority <= -100 ? "rt" : "%d", t->p.priority);
		snprintf(clock, sizeof clock, "%llu:%02llu.%02llu", hundredths / 6000, hundredths / 100 % 60, hundredths % 100);
		put("%*d %-8s %3s %3d %7s %6s %6s %c %5.1f %5.1f %9s %s", pid_width, t->p.pid, user, priority, t->p.nice, kib(t->p.vsize / 1024, 7), kib((unsigned long long)(t->p.rss * page_kib), 6),
		    kib((unsigned long long)(t->shared * page_kib), 6), t->p.state, t->cpu, total ? (double)(t->p.rss * page_kib) * 100 / (double)total : 0, clock, command);
		shown++;
	}
	fputs(page, stdout);
	fflush(stdout);
}

static double seconds_of(const char *text)
{
	char *end;
	double value = strtod(text, &end);

	if (*end || end == text || value < 0) {
		fprintf(stderr, "top: bad delay interval '%s'\n", text);
		exit(1);
	}
	return value;
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "batch-mode", 0, NULL, 'b' }, { "cmdline-toggle", 0, NULL, 'c' }, { "delay", 1, NULL, 'd' }, { "iterations", 1, NULL, 'n' }, { "pid", 1, NULL, 'p' },
		{ "filter-only-euser", 1, NULL, 'u' }, { "width", 2, NULL, 'w' }, { "help", 0, NULL, 'h' }, { "version", 0, NULL, 'V' }, { NULL, 0, NULL, 0 },
	};
	double delay = 3;
	long rounds = -1, i;
	int option;
	struct termios kept, raw;
	struct winsize window;
	struct pollfd keys = { .fd = 0, .events = POLLIN };
	struct passwd *user;
	char *word, key;

	while ((option = getopt_long(argc, argv, "bcd:n:p:u:w::hVHiSsE:e:o:OU:1", longs, NULL)) != -1) {
		switch (option) {
		case 'b': batch = 1; break;
		case 'c': commands = 1; break;
		case 'd': delay = seconds_of(optarg); break;
		case 'n':
			rounds = strtol(optarg, &word, 10);
			if (*word || word == optarg || rounds < 1) {
				fprintf(stderr, "top: bad iterations argument '%s'\n", optarg);
				return 1;
			}
			break;
		case 'p':
			for (word = strtok(optarg, ","); word && n_only < 20; word = strtok(NULL, ","))
				only[n_only++] = atoi(word) ? atoi(word) : getpid();
			break;
		case 'u':
			user = getpwnam(optarg);
			if (!user && !isdigit((unsigned char)*optarg)) {
				fputs("top: Invalid user\n", stderr);
				return 1;
			}
			only_user = user ? user->pw_uid : (uid_t)atoi(optarg);
			by_user = 1;
			break;
		case 'w': columns = optarg ? atoi(optarg) : 512; break;
		case 'V':
			puts("top from procps-ng 4.0.2");
			return 0;
		case 'h': usage(stdout); break;
		case '?': usage(stderr); break;
		default:
			fprintf(stderr, "top: -%c: not simulated\n", option);
			return 1;
		}
	}
	if (ioctl(1, TIOCGWINSZ, &window) == 0 && window.ws_col > 0) {
		columns = columns == 80 || !batch ? window.ws_col : columns;
		rows = batch ? 0 : window.ws_row;
	}
	if (!batch) {
		if (tcgetattr(0, &kept) != 0) {
			fputs("top: failed tty get\n", stderr);
			return 1;
		}
		raw = kept;
		raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
		tcsetattr(0, TCSANOW, &raw);
	}
	look(0);
	usleep(150000);
	look(0.15);
	for (i = 0; rounds < 0 || i < rounds; i++) {
		if (i > 0) {
			if (batch)
				putchar('\n');
			look(delay);
		}
		if (!batch)
			fputs("\033[H\033[J", stdout);
		draw();
		if (i + 1 == rounds)
			break;
		if (batch)
			usleep((useconds_t)(delay * 1e6));
		else if (poll(&keys, 1, (int)(delay * 1000)) > 0 && (read(0, &key, 1) < 1 || key == 'q' || key == 3))
			break;
	}
	if (!batch)
		tcsetattr(0, TCSANOW, &kept);
	return 0;
}
