/* ipcmk(1) of util-linux: makes System V IPC objects. */
#define _GNU_SOURCE
#include "lib/ul.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <unistd.h>

static const struct option LONG[] = {
	{ "shmem", 1, 0, 'M' }, { "semaphore", 1, 0, 'S' }, { "queue", 0, 0, 'Q' }, { "mode", 1, 0, 'p' }, { "help", 0, 0, 'h' }, { "version", 0, 0, 'V' }, { 0, 0, 0, 0 },
};

/* Any key will do, if nobody else has it. */
static key_t random_key(void)
{
	key_t key = 0;
	int fd = open("/dev/urandom", O_RDONLY);
	if (fd < 0 || read(fd, &key, sizeof key) != sizeof key)
		err(EXIT_FAILURE, "failed to read /dev/urandom");
	close(fd);
	return key;
}

/* Bytes, with K, M, G or KiB … (powers of 1024) or KB … (of 1000). */
static size_t parse_size(const char *text)
{
	static const char units[] = "KMGTPE";
	char *end;
	errno = 0;
	unsigned long value = strtoul(text, &end, 0);
	if (end == text || errno || *text == '-')
		errx(EXIT_FAILURE, "failed to parse size: '%s'", text);
	const char *unit = *end ? strchr(units, *end >= 'a' ? *end - 32 : *end) : NULL;
	if (!*end)
		return value;
	if (!unit || (end[1] && strcmp(end + 1, "iB") && strcmp(end + 1, "B")))
		errx(EXIT_FAILURE, "failed to parse size: '%s'", text);
	for (long i = 0; i <= unit - units; i++)
		value *= !strcmp(end + 1, "B") ? 1000 : 1024;
	return value;
}

int main(int argc, char *argv[])
{
	int mode = 0644, c;
	size_t size = 0;
	int count = 0;
	bool memory = false, queue = false, semaphores = false;
	while ((c = getopt_long(argc, argv, "hM:QS:p:Vh", LONG, NULL)) != -1) {
		switch (c) {
		case 'M': size = parse_size(optarg), memory = true; break;
		case 'Q': queue = true; break;
		case 'S':
			count = ul_number(optarg, "failed to parse elements");
			semaphores = true;
			break;
		case 'p': mode = strtoul(optarg, NULL, 8); break;
		case 'h': ul_help(" ipcmk -M <size> | -S <number> | -Q [-p <mode>]\n\nSee ipcmk(1).\n");
		case 'V': ul_version();
		default: ul_try_help();
		}
	}
	if (!memory && !queue && !semaphores) {
		warnx("bad usage");
		ul_try_help();
	}
	if (memory) {
		int id = shmget(random_key(), size, mode | IPC_CREAT);
		if (id == -1)
			err(EXIT_FAILURE, "create share memory failed");
		printf("Shared memory id: %d\n", id);
	}
	if (queue) {
		int id = msgget(random_key(), mode | IPC_CREAT);
		if (id == -1)
			err(EXIT_FAILURE, "create message queue failed");
		printf("Message queue id: %d\n", id);
	}
	if (semaphores) {
		int id = semget(random_key(), count, mode | IPC_CREAT);
		if (id == -1)
			err(EXIT_FAILURE, "create semaphore failed");
		printf("Semaphore id: %d\n", id);
	}
	return EXIT_SUCCESS;
}
