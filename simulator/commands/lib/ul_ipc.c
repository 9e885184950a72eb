#define _GNU_SOURCE
#include "ul_ipc.h"

#include <err.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool parse(const char *kind, const char *line, struct ul_ipc *x)
{
	long first, second, changed = 0;
	int fields;
	memset(x, 0, sizeof *x);
	if (!strcmp(kind, "msg")) {
		fields = sscanf(line, "%d %d %o %lu %lu %d %d %u %u %u %u %ld %ld %ld", &x->key, &x->id, &x->mode, &x->bytes, &x->count, &x->first_pid, &x->second_pid, &x->uid,
			&x->gid, &x->cuid, &x->cgid, &first, &second, &changed);
		if (fields != 14)
			return false;
	} else if (!strcmp(kind, "shm")) {
		fields = sscanf(line, "%d %d %o %lu %d %d %lu %u %u %u %u %ld %ld %ld %lu %lu", &x->key, &x->id, &x->mode, &x->bytes, &x->first_pid, &x->second_pid, &x->count, &x->uid,
			&x->gid, &x->cuid, &x->cgid, &first, &second, &changed, &x->resident, &x->swapped);
		if (fields < 14)
			return false;
	} else {
		second = 0;
		fields = sscanf(line, "%d %d %o %lu %u %u %u %u %ld %ld", &x->key, &x->id, &x->mode, &x->count, &x->uid, &x->gid, &x->cuid, &x->cgid, &first, &changed);
		if (fields != 10)
			return false;
	}
	x->first_time = first;
	x->second_time = second;
	x->changed = changed;
	return true;
}

struct ul_ipcs ul_ipc_read(const char *kind)
{
	struct ul_ipcs all = { NULL, 0 };
	char path[64], line[512];
	snprintf(path, sizeof path, "/proc/sysvipc/%s", kind);
	FILE *lines = fopen(path, "r");
	if (!lines)
		err(EXIT_FAILURE, "cannot open %s", path);
	while (fgets(line, sizeof line, lines)) {
		struct ul_ipc one;
		if (!parse(kind, line, &one))
			continue;
		all.list = realloc(all.list, (all.n + 1) * sizeof *all.list);
		if (!all.list)
			err(EXIT_FAILURE, "cannot allocate memory");
		all.list[all.n++] = one;
	}
	fclose(lines);
	return all;
}

uint64_t ul_ipc_limit(const char *name, int n)
{
	char path[64];
	uint64_t value = 0;
	snprintf(path, sizeof path, "/proc/sys/kernel/%s", name);
	FILE *file = fopen(path, "r");
	if (!file)
		return 0;
	for (int i = 0; i <= n; i++)
		if (fscanf(file, "%lu", &value) != 1)
			value = 0;
	fclose(file);
	return value;
}
