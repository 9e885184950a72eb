/* pidof(8): the processes that run a program, newest first. */
#define _GNU_SOURCE
#include <ctype.h>
#include <dirent.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int runs(int pid, const char *program, int scripts)
{
	char path[64], text[4096], *base, *argument;
	const char *wanted = strrchr(program, '/') ? strrchr(program, '/') + 1 : program;
	FILE *file;
	size_t got;

	snprintf(path, sizeof path, "/proc/%d/cmdline", pid);
	file = fopen(path, "r");
	if (!file)
		return 0;
	got = fread(text, 1, sizeof text - 2, file);
	fclose(file);
	if (got == 0)
		return 0;
	text[got] = text[got + 1] = '\0';
	base = strrchr(text, '/') ? strrchr(text, '/') + 1 : text;
	if (*base == '-')
		base++;
	if (strcmp(strchr(program, '/') ? text : base, strchr(program, '/') ? program : wanted) == 0)
		return 1;
	argument = text + strlen(text) + 1;
	base = strrchr(argument, '/') ? strrchr(argument, '/') + 1 : argument;
	return scripts && *argument && strcmp(base, wanted) == 0;
}

static int descending(const void *a, const void *b)
{
	return *(const int *)b - *(const int *)a;
}

int main(int argc, char **argv)
{
	int option, single = 0, scripts = 0, quiet = 0, pids[4096], count = 0, found = 0, i;
	const char *separator = " ";
	int omit[16], omit_count = 0;
	struct dirent *entry;
	DIR *directory;

	while ((option = getopt(argc, argv, "sxcqo:S:wnhV")) != -1) {
		switch (option) {
		case 's': single = 1; break;
		case 'x': scripts = 1; break;
		case 'q': quiet = 1; break;
		case 'S': separator = optarg; break;
		case 'o': if (omit_count < 16) omit[omit_count++] = strcmp(optarg, "%PPID") == 0 ? getppid() : atoi(optarg); break;
		}
	}
	directory = opendir("/proc");
	while (directory && (entry = readdir(directory)) != NULL)
		if (isdigit((unsigned char)entry->d_name[0]) && count < 4096)
			pids[count++] = atoi(entry->d_name);
	qsort(pids, (size_t)count, sizeof *pids, descending);
	for (; optind < argc; optind++)
		for (i = 0; i < count && !(single && found); i++) {
			int j, omitted = pids[i] == getpid();

			for (j = 0; j < omit_count; j++)
				omitted |= omit[j] == pids[i];
			if (omitted || !runs(pids[i], argv[optind], scripts))
				continue;
			if (!quiet)
				printf("%s%d", found ? separator : "", pids[i]);
			found = 1;
		}
	if (found && !quiet)
		putchar('\n');
	return !found;
}
