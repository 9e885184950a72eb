#define _GNU_SOURCE
#include "ul_idmap.h"

#include "ul.h"

#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct ul_range ul_range_parse(const char *text)
{
	unsigned part[3];
	const char *at = text;
	for (int i = 0; i < 3; i++) {
		char word[32] = "";
		size_t length = strcspn(at, ",");
		if (length < sizeof word)
			memcpy(word, at, length);
		char *end;
		errno = 0;
		unsigned long value = strtoul(word, &end, 10);
		if (!isdigit((unsigned char)word[0]) || *end || errno || value > 0xffffffffUL)
			errx(EXIT_FAILURE, "could not parse ID: '%.*s'", (int)length, at);
		part[i] = value;
		at += length;
		if (*at == ',')
			at++;
		else if (i < 2)
			errx(EXIT_FAILURE, "mapping '%s' contains only %d elements", text, i + 1);
	}
	if (*at)
		errx(EXIT_FAILURE, "too many elements in mapping '%s'", text);
	return (struct ul_range){ part[0], part[1], part[2] };
}

struct ul_range ul_range_lent(const char *file)
{
	struct passwd *user = getpwuid(geteuid());
	if (!user)
		errx(EXIT_FAILURE, "you (user %d) don't exist.", (int)geteuid());
	char uid[16];
	snprintf(uid, sizeof uid, "%u", (unsigned)user->pw_uid);
	FILE *lines = fopen(file, "r");
	if (!lines)
		err(EXIT_FAILURE, "could not open '%s'", file);
	char line[512];
	while (fgets(line, sizeof line, lines)) {
		char *name = strtok(line, ":\n"), *first = strtok(NULL, ":\n"), *count = strtok(NULL, ":\n");
		if (!count || (strcmp(name, user->pw_name) && strcmp(name, uid)))
			continue;
		fclose(lines);
		return (struct ul_range){ strtoul(first, NULL, 10), 0, strtoul(count, NULL, 10) };
	}
	/* as util-linux does: it looks like a failed call, but nothing failed */
	errno = 0;
	err(EXIT_FAILURE, "no line matching user \"%s\" in %s", user->pw_name, file);
}

static int add(struct ul_range out[3], int n, unsigned outer, unsigned inner, unsigned count)
{
	if (count > 0)
		out[n++] = (struct ul_range){ outer, inner, count };
	return n;
}

int ul_range_with_single(struct ul_range given, unsigned outer_single, unsigned inner_single, struct ul_range out[3])
{
	if (inner_single < given.inner || inner_single - given.inner > given.count) {
		int n = add(out, 0, given.outer, given.inner, given.count);
		return add(out, n, outer_single, inner_single, 1);
	}
	/* what comes after the single id moves up by one: the range keeps its length unless that would leave 32 bits */
	unsigned before = inner_single - given.inner;
	int n = add(out, 0, given.outer, given.inner, before);
	n = add(out, n, outer_single, inner_single, 1);
	return add(out, n, given.outer + before, inner_single + 1, given.count - before);
}

void ul_map_self(const char *file, unsigned inner, unsigned outer)
{
	char line[64];
	snprintf(line, sizeof line, "%u %u 1", inner, outer);
	if (!ul_write(file, line))
		err(EXIT_FAILURE, "write failed %s", file);
}

void ul_map_exec(const char *program, pid_t pid, const struct ul_range *ranges, int n)
{
	char *argv[12];
	int argc = 0;
	argv[argc++] = (char *)program;
	if (asprintf(&argv[argc++], "%d", (int)pid) < 0)
		err(EXIT_FAILURE, "cannot allocate string");
	for (int i = 0; i < n; i++) {
		unsigned parts[3] = { ranges[i].inner, ranges[i].outer, ranges[i].count };
		for (int p = 0; p < 3; p++)
			if (asprintf(&argv[argc++], "%u", parts[p]) < 0)
				err(EXIT_FAILURE, "cannot allocate string");
	}
	argv[argc] = NULL;
	execvp(program, argv);
	err(errno == ENOENT ? 127 : 126, "failed to execute %s", program);
}
