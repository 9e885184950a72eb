/* ipcs(1) of util-linux: the System V IPC objects of one's IPC namespace. */
#define _GNU_SOURCE
#include "lib/ul.h"
#include "lib/ul_ipc.h"

#include <err.h>
#include <errno.h>
#include <getopt.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <time.h>
#include <unistd.h>

enum { OPT_HUMAN = 256 };
static const struct option LONG[] = {
	{ "id", 1, 0, 'i' }, { "queues", 0, 0, 'q' }, { "shmems", 0, 0, 'm' }, { "semaphores", 0, 0, 's' }, { "all", 0, 0, 'a' }, { "time", 0, 0, 't' }, { "pid", 0, 0, 'p' },
	{ "creator", 0, 0, 'c' }, { "limits", 0, 0, 'l' }, { "summary", 0, 0, 'u' }, { "human", 0, 0, OPT_HUMAN }, { "bytes", 0, 0, 'b' }, { "help", 0, 0, 'h' },
	{ "version", 0, 0, 'V' }, { 0, 0, 0, 0 },
};

#define SEGMENT_DESTROYED 01000
#define SEGMENT_LOCKED 02000
enum format { PLAIN, TIME, PID, CREATOR, LIMITS, SUMMARY };
static bool human;

static const char *user_name(uid_t uid)
{
	static char number[2][16];
	static int turn;
	struct passwd *entry = getpwuid(uid);
	turn = !turn;
	if (entry)
		return strdup(entry->pw_name);
	snprintf(number[turn], sizeof number[turn], "%u", uid);
	return number[turn];
}

static const char *group_name(gid_t gid)
{
	static char number[2][16];
	static int turn;
	struct group *entry = getgrgid(gid);
	turn = !turn;
	if (entry)
		return strdup(entry->gr_name);
	snprintf(number[turn], sizeof number[turn], "%u", gid);
	return number[turn];
}

/* A time in `width` columns; a short one has no weekday and year. */
static void print_time(time_t at, const char *format, int width)
{
	char text[64] = "Not set";
	if (at)
		strftime(text, sizeof text, format, localtime(&at));
	printf("%-*.*s", width, width, text);
}

static void title(const char *text)
{
	printf("\n------ %s --------\n", text);
}

static void row(const char *const *columns, int n, const int *widths)
{
	for (int i = 0; i < n; i++)
		printf("%s%-*s", i ? " " : "", widths[i], columns[i]);
	putchar('\n');
}

static void creators(const char *text, const char *id, const struct ul_ipcs *all)
{
	title(text);
	row((const char *[]){ id, "perms", "cuid", "cgid", "uid", "gid" }, 6, (int[]){ 10, 10, 10, 10, 10, 10 });
	for (size_t i = 0; i < all->n; i++) {
		const struct ul_ipc *x = &all->list[i];
		printf("%-10d %-10o %-10s %-10s %-10s %-10s\n", x->id, x->mode & 0777, user_name(x->cuid), group_name(x->cgid), user_name(x->uid), group_name(x->gid));
	}
}

/* In a column of that width, with the space behind it. */
static void print_size(uint64_t bytes, int width)
{
	static const char units[] = "BKMGTPE";
	int unit = 0;
	char text[24];
	if (!human) {
		printf("%-*lu ", width, bytes);
		return;
	}
	double value = bytes;
	for (; value >= 1024 && unit < 6; unit++)
		value /= 1024;
	snprintf(text, sizeof text, value == (long)value || value >= 10 ? "%.0f%c" : "%.1f%c", value, units[unit]);
	printf("%6s%*s", text, width - 5, "");
}

static void queues(enum format format)
{
	struct ul_ipcs all = ul_ipc_read("msg");
	uint64_t bytes = 0, messages = 0;
	switch (format) {
	case LIMITS:
		title("Messages Limits");
		printf("max queues system wide = %lu\nmax size of message (bytes) = %lu\ndefault max size of queue (bytes) = %lu\n", ul_ipc_limit("msgmni", 0), ul_ipc_limit("msgmax", 0),
			ul_ipc_limit("msgmnb", 0));
		return;
	case SUMMARY:
		for (size_t i = 0; i < all.n; i++)
			bytes += all.list[i].bytes, messages += all.list[i].count;
		title("Messages Status");
		printf("allocated queues = %zu\nused headers = %lu\nused space = %lu bytes\n", all.n, messages, bytes);
		return;
	case CREATOR: creators("Message Queues Creators/Owners", "msqid", &all); return;
	case TIME:
		title("Message Queues Send/Recv/Change Times");
		row((const char *[]){ "msqid", "owner", "send", "recv", "change" }, 5, (int[]){ 8, 10, 20, 20, 20 });
		break;
	case PID:
		title("Message Queues PIDs");
		row((const char *[]){ "msqid", "owner", "lspid", "lrpid" }, 4, (int[]){ 10, 10, 10, 10 });
		break;
	default:
		title("Message Queues");
		row((const char *[]){ "key", "msqid", "owner", "perms", human ? "size" : "used-bytes", "messages" }, 6, (int[]){ 10, 10, 10, 10, 12, 12 });
	}
	for (size_t i = 0; i < all.n; i++) {
		const struct ul_ipc *x = &all.list[i];
		if (format == TIME) {
			printf("%-8d %-10s ", x->id, user_name(x->uid));
			print_time(x->first_time, "%b %e %H:%M:%S", 20);
			putchar(' ');
			print_time(x->second_time, "%b %e %H:%M:%S", 20);
			putchar(' ');
			print_time(x->changed, "%b %e %H:%M:%S", 20);
			putchar('\n');
		} else if (format == PID) {
			printf("%-8d %-10s %6d    %6d\n", x->id, user_name(x->uid), x->first_pid, x->second_pid);
		} else {
			printf("0x%08x %-10d %-10s %-10o ", x->key, x->id, user_name(x->uid), x->mode & 0777);
			print_size(x->bytes, 12);
			printf("%-12lu\n", x->count);
		}
	}
}

static void segments(enum format format)
{
	struct ul_ipcs all = ul_ipc_read("shm");
	uint64_t pages = 0, resident = 0, swapped = 0, page = sysconf(_SC_PAGESIZE), pages_limit = ul_ipc_limit("shmall", 0), bytes_limit = pages_limit * page;
	switch (format) {
	case LIMITS:
		title("Shared Memory Limits");
		if (bytes_limit / page != pages_limit)
			bytes_limit = UINT64_MAX - UINT64_MAX % (page / 1024);
		else
			bytes_limit /= 1024;
		printf("max number of segments = %lu\nmax seg size (kbytes) = %lu\nmax total shared memory (kbytes) = %lu\nmin seg size (bytes) = 1\n", ul_ipc_limit("shmmni", 0),
			ul_ipc_limit("shmmax", 0) / 1024, bytes_limit);
		return;
	case SUMMARY:
		for (size_t i = 0; i < all.n; i++) {
			pages += (all.list[i].bytes + page - 1) / page;
			resident += all.list[i].resident / page;
			swapped += all.list[i].swapped / page;
		}
		title("Shared Memory Status");
		printf("segments allocated %zu\npages allocated %lu\npages resident  %lu\npages swapped   %lu\nSwap performance: 0 attempts\t 0 successes\n", all.n, pages, resident, swapped);
		return;
	case CREATOR: creators("Shared Memory Segment Creators/Owners", "shmid", &all); return;
	case TIME:
		title("Shared Memory Attach/Detach/Change Times");
		row((const char *[]){ "shmid", "owner", "attached", "detached", "changed" }, 5, (int[]){ 10, 10, 20, 20, 20 });
		break;
	case PID:
		title("Shared Memory Creator/Last-op PIDs");
		row((const char *[]){ "shmid", "owner", "cpid", "lpid" }, 4, (int[]){ 10, 10, 10, 10 });
		break;
	default:
		title("Shared Memory Segments");
		row((const char *[]){ "key", "shmid", "owner", "perms", human ? "size" : "bytes", "nattch", "status" }, 7, (int[]){ 10, 10, 10, 10, 10, 10, 12 });
	}
	for (size_t i = 0; i < all.n; i++) {
		const struct ul_ipc *x = &all.list[i];
		if (format == TIME) {
			printf("%-10d %-10s ", x->id, user_name(x->uid));
			print_time(x->first_time, "%b %e %H:%M:%S", 20);
			putchar(' ');
			print_time(x->second_time, "%b %e %H:%M:%S", 20);
			putchar(' ');
			print_time(x->changed, "%b %e %H:%M:%S", 20);
			putchar('\n');
		} else if (format == PID) {
			printf("%-10d %-10s %-10d %-10d\n", x->id, user_name(x->uid), x->first_pid, x->second_pid);
		} else {
			printf("0x%08x %-10d %-10s %-10o ", x->key, x->id, user_name(x->uid), x->mode & 0777);
			print_size(x->bytes, 10);
			printf("%-10lu %-6s %-6s\n", x->count, x->mode & SEGMENT_DESTROYED ? "dest" : " ", x->mode & SEGMENT_LOCKED ? "locked" : " ");
		}
	}
}

static void arrays(enum format format)
{
	struct ul_ipcs all = ul_ipc_read("sem");
	uint64_t count = 0;
	switch (format) {
	case LIMITS:
		title("Semaphore Limits");
		printf("max number of arrays = %lu\nmax semaphores per array = %lu\nmax semaphores system wide = %lu\nmax ops per semop call = %lu\nsemaphore max value = 32767\n",
			ul_ipc_limit("sem", 3), ul_ipc_limit("sem", 0), ul_ipc_limit("sem", 1), ul_ipc_limit("sem", 2));
		return;
	case SUMMARY:
		for (size_t i = 0; i < all.n; i++)
			count += all.list[i].count;
		title("Semaphore Status");
		printf("used arrays = %zu\nallocated semaphores = %lu\n", all.n, count);
		return;
	case CREATOR: creators("Semaphore Arrays Creators/Owners", "semid", &all); return;
	case TIME:
		title("Semaphore Operation/Change Times");
		row((const char *[]){ "semid", "owner", "last-op", "last-changed" }, 4, (int[]){ 8, 10, 26, 26 });
		break;
	/* a semaphore array remembers no process */
	case PID: putchar('\n'); return;
	default:
		title("Semaphore Arrays");
		row((const char *[]){ "key", "semid", "owner", "perms", "nsems" }, 5, (int[]){ 10, 10, 10, 10, 10 });
	}
	for (size_t i = 0; i < all.n; i++) {
		const struct ul_ipc *x = &all.list[i];
		if (format == TIME) {
			printf("%-8d %-10s  ", x->id, user_name(x->uid));
			print_time(x->first_time, "%a %b %e %H:%M:%S %Y", 26);
			putchar(' ');
			print_time(x->changed, "%a %b %e %H:%M:%S %Y", 26);
			putchar('\n');
		} else {
			printf("0x%08x %-10d %-10s %-10o %-10lu\n", x->key, x->id, user_name(x->uid), x->mode & 0777, x->count);
		}
	}
}

static void long_time(const char *name, time_t at)
{
	printf("%s=", name);
	print_time(at, "%a %b %e %H:%M:%S %Y", 26);
	putchar('\n');
}

/* Everything about one object. */
static void details(char kind, int id)
{
	struct ul_ipcs all = ul_ipc_read(kind == 'q' ? "msg" : kind == 'm' ? "shm" : "sem");
	const struct ul_ipc *x = NULL;
	for (size_t i = 0; i < all.n; i++)
		if (all.list[i].id == id)
			x = &all.list[i];
	if (!x) {
		warnx("id %d not found", id);
		return;
	}
	if (kind == 'm') {
		printf("\nShared memory Segment shmid=%d\nuid=%u\tgid=%u\tcuid=%u\tcgid=%u\nmode=%#o\taccess_perms=%#o\n", id, x->uid, x->gid, x->cuid, x->cgid, x->mode, x->mode & 0777);
		printf("bytes=%lu\tlpid=%d\tcpid=%d\tnattch=%lu\n", x->bytes, x->second_pid, x->first_pid, x->count);
		long_time("att_time", x->first_time);
		long_time("det_time", x->second_time);
		long_time("change_time", x->changed);
	} else if (kind == 'q') {
		struct msqid_ds ds = { .msg_qbytes = 0 };
		msgctl(id, IPC_STAT, &ds);
		printf("\nMessage Queue msqid=%d\nuid=%u\tgid=%u\tcuid=%u\tcgid=%u\tmode=%#o\n", id, x->uid, x->gid, x->cuid, x->cgid, x->mode);
		printf("cbytes=%lu\tqbytes=%lu\tqnum=%lu\tlspid=%d\tlrpid=%d\n", x->bytes, (unsigned long)ds.msg_qbytes, x->count, x->first_pid, x->second_pid);
		long_time("send_time", x->first_time);
		long_time("rcv_time", x->second_time);
		long_time("change_time", x->changed);
	} else {
		printf("\nSemaphore Array semid=%d\nuid=%u\t gid=%u\t cuid=%u\t cgid=%u\nmode=%#o, access_perms=%#o\nnsems = %lu\n", id, x->uid, x->gid, x->cuid, x->cgid, x->mode, x->mode & 0777,
			x->count);
		printf("otime = ");
		print_time(x->first_time, "%a %b %e %H:%M:%S %Y", 26);
		printf("\nctime = ");
		print_time(x->changed, "%a %b %e %H:%M:%S %Y", 26);
		printf("\n%-10s %-10s %-10s %-10s %-10s\n", "semnum", "value", "ncount", "zcount", "pid");
		for (unsigned i = 0; i < x->count; i++)
			printf("%-10u %-10d %-10d %-10d %-10d\n", i, semctl(id, i, GETVAL), semctl(id, i, GETNCNT), semctl(id, i, GETZCNT), semctl(id, i, GETPID));
	}
	putchar('\n');
}

int main(int argc, char *argv[])
{
	bool q = false, m = false, s = false, one = false;
	enum format format = PLAIN;
	int id = 0, c;
	while ((c = getopt_long(argc, argv, "i:qmsatpclubVh", LONG, NULL)) != -1) {
		switch (c) {
		case 'i': id = ul_number(optarg, "failed to parse id argument"), one = true; break;
		case 'a': q = m = s = true; break;
		case 'q': q = true; break;
		case 'm': m = true; break;
		case 's': s = true; break;
		case 't': format = TIME; break;
		case 'c': format = CREATOR; break;
		case 'p': format = PID; break;
		case 'l': format = LIMITS; break;
		case 'u': format = SUMMARY; break;
		case OPT_HUMAN: human = true; break;
		case 'b': human = false; break;
		case 'h': ul_help(" ipcs [-m] [-q] [-s] [-t|-p|-c|-l|-u]\n ipcs -m|-q|-s -i <id>\n\nSee ipcs(1).\n");
		case 'V': ul_version();
		default: ul_try_help();
		}
	}
	if (one) {
		if (q + m + s != 1)
			errx(EXIT_FAILURE, "when using an ID, a single resource must be specified");
		details(q ? 'q' : m ? 'm' : 's', id);
		return EXIT_SUCCESS;
	}
	if (!q && !m && !s)
		q = m = s = true;
	if (q)
		queues(format);
	if (m)
		segments(format);
	if (s)
		arrays(format);
	putchar('\n');
	return EXIT_SUCCESS;
}
