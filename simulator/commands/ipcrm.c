/* ipcrm(1) of util-linux: removes System V IPC objects. */
#define _GNU_SOURCE
#include "lib/ul.h"
#include "lib/ul_ipc.h"

#include <err.h>
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

static const struct option LONG[] = {
	{ "shmem-id", 1, 0, 'm' }, { "shmem-key", 1, 0, 'M' }, { "queue-id", 1, 0, 'q' }, { "queue-key", 1, 0, 'Q' }, { "semaphore-id", 1, 0, 's' },
	{ "semaphore-key", 1, 0, 'S' }, { "all", 2, 0, 'a' }, { "verbose", 0, 0, 'v' }, { "help", 0, 0, 'h' }, { "version", 0, 0, 'V' }, { 0, 0, 0, 0 },
};
enum kind { SHM, MSG, SEM };
static const char *const NAMES[] = { "shared memory segment", "message queue", "semaphore" };
static const char *const TABLES[] = { "shm", "msg", "sem" };
static bool verbose;

static int control(enum kind kind, int id)
{
	return kind == SHM ? shmctl(id, IPC_RMID, NULL) : kind == MSG ? msgctl(id, IPC_RMID, NULL) : semctl(id, 0, IPC_RMID);
}

/* Says why it could not be removed; `text` is the id or key as it was given. */
static bool complain(const char *text, bool by_key)
{
	switch (errno) {
	case EACCES: case EPERM: warnx("permission denied for %s (%s)", by_key ? "key" : "id", text); break;
	case EINVAL: warnx("invalid %s (%s)", by_key ? "key" : "id", text); break;
	case EIDRM: warnx("already removed %s (%s)", by_key ? "key" : "id", text); break;
	default: err(EXIT_FAILURE, "%s failed", by_key ? "key" : "id");
	}
	return false;
}

static bool by_id(enum kind kind, int id, const char *text)
{
	if (verbose)
		printf("removing %s id `%d'\n", NAMES[kind], id);
	return control(kind, id) == 0 || complain(text, false);
}

static bool by_key(enum kind kind, const char *text)
{
	key_t key = ul_number(text, "failed to parse argument");
	if (key == IPC_PRIVATE) {
		warnx("illegal key (%s)", text);
		return false;
	}
	int id = kind == SHM ? shmget(key, 0, 0) : kind == MSG ? msgget(key, 0) : semget(key, 0, 0);
	if (id < 0) {
		if (errno == ENOENT)
			errno = EINVAL;
		return complain(text, true);
	}
	if (verbose)
		printf("removing %s id `%d'\n", NAMES[kind], id);
	return control(kind, id) == 0 || complain(text, true);
}

static bool all(enum kind kind)
{
	struct ul_ipcs objects = ul_ipc_read(TABLES[kind]);
	bool done = true;
	for (size_t i = 0; i < objects.n; i++) {
		char text[16];
		snprintf(text, sizeof text, "%d", objects.list[i].id);
		done &= by_id(kind, objects.list[i].id, text);
	}
	return done;
}

/* The old way to say it: `ipcrm shm 0 1`. */
static int old_way(int argc, char *argv[])
{
	bool done = true;
	int kind = -1;
	for (int k = SHM; k <= SEM; k++)
		if (!strcmp(argv[1], TABLES[k]))
			kind = k;
	if (kind < 0) {
		warnx("unknown argument: %s", argv[1]);
		ul_try_help();
	}
	if (argc < 3) {
		warnx("not enough arguments");
		ul_try_help();
	}
	for (int i = 2; i < argc; i++) {
		char *end;
		long id = strtol(argv[i], &end, 10);
		if (*end || end == argv[i]) {
			warnx("invalid id: %s", argv[i]);
			done = false;
		} else if (control(kind, id) != 0) {
			done = complain(argv[i], false);
		}
	}
	if (done)
		printf("resource(s) deleted\n");
	return done ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char *argv[])
{
	bool done = true, everything[3] = { false };
	int c;
	if (argc > 1 && argv[1][0] != '-')
		return old_way(argc, argv);
	while ((c = getopt_long(argc, argv, "q:m:s:Q:M:S:a::vhV", LONG, NULL)) != -1) {
		switch (c) {
		case 'm': done &= by_id(SHM, ul_number(optarg, "failed to parse argument"), optarg); break;
		case 'q': done &= by_id(MSG, ul_number(optarg, "failed to parse argument"), optarg); break;
		case 's': done &= by_id(SEM, ul_number(optarg, "failed to parse argument"), optarg); break;
		case 'M': done &= by_key(SHM, optarg); break;
		case 'Q': done &= by_key(MSG, optarg); break;
		case 'S': done &= by_key(SEM, optarg); break;
		case 'a':
			for (int k = SHM; k <= SEM; k++)
				everything[k] |= !optarg || !strcmp(optarg, TABLES[k]);
			if (optarg && strcmp(optarg, "shm") && strcmp(optarg, "msg") && strcmp(optarg, "sem"))
				errx(EXIT_FAILURE, "unknown argument: %s", optarg);
			break;
		case 'v': verbose = true; break;
		case 'h': ul_help(" ipcrm [-m|-q|-s <id>] [-M|-Q|-S <key>] [-a] [-v]\n ipcrm shm|msg|sem <id>...\n\nSee ipcrm(1).\n");
		case 'V': ul_version();
		default: ul_try_help();
		}
	}
	for (int k = SHM; k <= SEM; k++)
		if (everything[k])
			done &= all(k);
	if (optind < argc) {
		warnx("unknown argument: %s", argv[optind]);
		ul_try_help();
	}
	return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
