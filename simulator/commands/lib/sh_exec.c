/* Finding and executing programs. */
#include "sh.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct hashed { struct hashed *next; char *name, *path; int hits; };
static struct hashed *hashed;

void sh_hash_clear(void)
{
	while (hashed) {
		struct hashed *gone = hashed;

		hashed = gone->next;
		free(gone->name);
		free(gone->path);
		free(gone);
	}
}

int sh_hash_list(void)
{
	struct hashed *at;

	if (!hashed) {
		if (!sh_dash)
			printf("hash: hash table empty\n");
		return 0;
	}
	if (!sh_dash)
		printf("hits\tcommand\n");
	for (at = hashed; at; at = at->next)
		if (sh_dash)
			printf("%s\n", at->path);
		else
			printf("%4d\t%s\n", at->hits, at->path);
	return 0;
}

int sh_hash_put(const char *name, const char *path)
{
	struct hashed *made = sh_xmalloc(sizeof *made);

	made->name = sh_xstrdup(name);
	made->path = sh_xstrdup(path);
	made->hits = 0;
	made->next = hashed;
	hashed = made;
	return 0;
}

static struct hashed *find_hashed(const char *name)
{
	struct hashed *at;

	for (at = hashed; at; at = at->next)
		if (strcmp(at->name, name) == 0)
			return at;
	return NULL;
}

char *sh_hash_get(const char *name)
{
	struct hashed *at = find_hashed(name);

	return at ? at->path : NULL;
}

/* The path of a command; NULL with the status that its absence has (127 not there, 126 not executable). */
char *sh_find_command(const char *name, int *status)
{
	const char *path = sh_get("PATH");
	struct hashed *known;
	char *forbidden = NULL;

	*status = 127;
	if (strchr(name, '/'))
		return sh_copy(name);
	known = find_hashed(name);
	if (known) {
		known->hits++;
		return known->path;
	}
	if (!path)
		path = "";
	for (;;) {
		size_t length = strcspn(path, ":");
		struct sh_buf full = { 0 };
		struct stat st;

		if (length) {
			sh_putn(&full, path, length);
			if (path[length - 1] != '/')
				sh_put(&full, '/');
		} else {
			sh_puts(&full, "./");
		}
		sh_puts(&full, name);
		if (stat(sh_text(&full), &st) == 0 && S_ISREG(st.st_mode)) {
			if (access(full.text, X_OK) == 0) {
				if (length && sh_subshell == 0) {
					sh_hash_put(name, full.text);
					hashed->hits = sh_current_builtin == NULL || strcmp(sh_current_builtin, "hash") != 0;
				}
				return full.text;
			}
			if (!forbidden)
				forbidden = full.text;
		}
		if (!path[length])
			break;
		path += length + 1;
	}
	if (forbidden)
		*status = 126;
	return forbidden;
}

static void failed(const char *name, const char *path, int error)
{
	struct stat st;

	if (sh_dash) {
		sh_error("%s: %s", name, error == ENOENT || error == ENOTDIR ? "not found" : strerror(error));
		_exit(error == ENOENT || error == ENOTDIR ? 127 : 126);
	}
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
		sh_error("%s: Is a directory", name);
		_exit(126);
	}
	if (error == ENOENT && stat(path, &st) == 0) {
		sh_error("%s: cannot execute: required file not found", path);
		_exit(127);
	}
	sh_error("%s: %s", path, strerror(error));
	_exit(error == ENOENT ? 127 : 126);
}

static int binary(const char *path)
{
	char start[80];
	int fd = open(path, O_RDONLY);
	ssize_t got = fd >= 0 ? read(fd, start, sizeof start) : 0, i;

	if (fd >= 0)
		close(fd);
	for (i = 0; i < got && start[i] != '\n'; i++)
		if (start[i] == '\0')
			return 1;
	return 0;
}

/* A text without an interpreter is a script of this shell's. */
static void run_script(char **argv, const char *path, char **environment)
{
	struct sh_list args = { 0 };
	int i;

	sh_push(&args, (char *)(sh_busybox ? "sh" : sh_dash ? "/bin/sh" : "bash"));
	sh_push(&args, (char *)path);
	for (i = 1; argv[0] && argv[i]; i++)
		sh_push(&args, argv[i]);
	execve("/proc/self/exe", args.item, environment);
	execve(sh_dash ? "/bin/sh" : "/bin/bash", args.item, environment);
}

void sh_exec(char **argv, const char *path, char **environment)
{
	int error;

	fflush(stdout);
	execve(path, argv, environment);
	error = errno;
	if (error == ENOEXEC) {
		if (!sh_dash && binary(path)) {
			sh_error("%s: cannot execute binary file: %s", path, strerror(error));
			_exit(126);
		}
		run_script(argv, path, environment);
	}
	failed(argv[0], path, error);
	_exit(126);
}

void sh_not_found(const char *name, const char *path, int status)
{
	(void)path;
	(void)status;
	sh_error(sh_dash ? "%s: not found" : "%s: command not found", name);
}
