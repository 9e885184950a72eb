/* newuidmap and newgidmap of shadow: what /etc/subuid and /etc/subgid allow goes into a process's map. */
#define _GNU_SOURCE
#include "idmap.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Whether a range of outer ids is the user's: its own id, or in a range of the file. */
static int allowed(const char *kind, const struct passwd *user, unsigned long lower, unsigned long count)
{
	char path[32], line[256];
	unsigned long own = kind[0] == 'u' ? user->pw_uid : user->pw_gid;
	FILE *file;
	int found = 0;

	if (count == 1 && lower == own)
		return 1;
	snprintf(path, sizeof path, "/etc/sub%s", kind);
	file = fopen(path, "r");
	while (file && !found && fgets(line, sizeof line, file)) {
		char *start = strchr(line, ':'), *length, number[24];
		unsigned long first, size;

		if (!start)
			continue;
		*start++ = '\0';
		length = strchr(start, ':');
		if (!length)
			continue;
		first = strtoul(start, NULL, 10);
		size = strtoul(length + 1, NULL, 10);
		snprintf(number, sizeof number, "%u", user->pw_uid);
		found = (strcmp(line, user->pw_name) == 0 || strcmp(line, number) == 0) && lower >= first && lower + count <= first + size;
	}
	if (file)
		fclose(file);
	return found;
}

int idmap_main(int argc, char **argv, const char *kind)
{
	char path[64], text[4096];
	size_t length = 0;
	struct stat st;
	const struct passwd *user;
	int target, i, fd, pid;

	if (argc < 2 || (argc - 2) % 3 || argc == 2) {
		fprintf(stderr, "usage: %s [<pid> | fd:<pidfd>] <%s> <lower%s> <count> [ <%s> <lower%s> <count> ] ... \n", argv[0], kind, kind, kind, kind);
		return 1;
	}
	pid = atoi(argv[1]);
	snprintf(path, sizeof path, "/proc/%d", pid);
	target = open(path, O_DIRECTORY | O_PATH);
	if (pid <= 0 || target < 0 || fstat(target, &st) != 0) {
		fprintf(stderr, "%s: Could not open proc directory for target %d\n", argv[0], pid);
		return 1;
	}
	user = getpwuid(getuid());
	if (!user) {
		fprintf(stderr, "%s: Cannot determine your user name.\n", argv[0]);
		return 1;
	}
	if (getuid() != user->pw_uid || (getuid() != 0 && st.st_uid != getuid())) {
		fprintf(stderr, "%s: Target %d is owned by a different user: uid:%u pw_uid:%u st_uid:%u, gid:%u pw_gid:%u st_gid:%u\n", argv[0], pid, getuid(), user->pw_uid, st.st_uid, getgid(), user->pw_gid,
			st.st_gid);
		return 1;
	}
	for (i = 2; i + 2 < argc; i += 3) {
		unsigned long upper = strtoul(argv[i], NULL, 10), lower = strtoul(argv[i + 1], NULL, 10), count = strtoul(argv[i + 2], NULL, 10);

		if (count == 0 || !allowed(kind, user, lower, count)) {
			fprintf(stderr, "%s: %s range [%lu-%lu) -> [%lu-%lu) not allowed\n", argv[0], kind, upper, upper + count, lower, lower + count);
			return 1;
		}
		length += (size_t)snprintf(text + length, sizeof text - length, "%lu %lu %lu\n", upper, lower, count);
	}
	snprintf(path, sizeof path, "/proc/%d/%s_map", pid, kind);
	fd = open(path, O_WRONLY);
	if (fd < 0) {
		fprintf(stderr, "%s: open of %s_map failed: %s\n", argv[0], kind, strerror(errno));
		return 1;
	}
	if (write(fd, text, length) != (ssize_t)length) {
		fprintf(stderr, "%s: write to %s_map failed: %s\n", argv[0], kind, strerror(errno));
		return 1;
	}
	return 0;
}
