/* Builtins: cd, pwd, type, command, hash, alias. */
#include "sh.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The path of a directory without `.`, `..` and double slashes, as its user names it. */
static char *logical(const char *from, const char *to)
{
	struct sh_buf path = { 0 };
	char *p;

	if (*to != '/') {
		sh_puts(&path, from);
		sh_put(&path, '/');
	}
	sh_puts(&path, to);
	{
		char *text = sh_copy(sh_text(&path)), *part;
		struct sh_buf out = { 0 };

		for (part = strtok(text, "/"); part; part = strtok(NULL, "/")) {
			if (strcmp(part, ".") == 0)
				continue;
			if (strcmp(part, "..") == 0) {
				p = out.length ? strrchr(sh_text(&out), '/') : NULL;
				out.length = p ? (size_t)(p - out.text) : 0;
				continue;
			}
			sh_put(&out, '/');
			sh_puts(&out, part);
		}
		if (!out.length)
			sh_put(&out, '/');
		return sh_text(&out);
	}
}

static const char *working_directory(void)
{
	const char *pwd = sh_get("PWD");
	struct stat a, b;
	static char *here;

	if (pwd && *pwd == '/' && stat(pwd, &a) == 0 && stat(".", &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino)
		return pwd;
	free(here);
	here = getcwd(NULL, 0);
	return here;
}

static int cd_error(const char *name)
{
	if (sh_dash)
		return sh_builtin_error(2, "can't cd to %s", name);
	return sh_builtin_error(1, "%s: %s", name, strerror(errno));
}

static char *by_cdpath(const char *name)
{
	const char *path = sh_get("CDPATH");
	struct stat st;

	if (!path || *name == '/' || strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || strncmp(name, "./", 2) == 0 || strncmp(name, "../", 3) == 0)
		return NULL;
	for (; *path; path += strcspn(path, ":"), path += *path == ':') {
		struct sh_buf full = { 0 };
		size_t length = strcspn(path, ":");

		sh_putn(&full, path, length);
		if (length && path[length - 1] != '/')
			sh_put(&full, '/');
		sh_puts(&full, name);
		if (length && stat(sh_text(&full), &st) == 0 && S_ISDIR(st.st_mode))
			return full.text;
	}
	return NULL;
}

int sh_b_cd(int argc, char **argv)
{
	const char *to, *old = working_directory();
	char *path, *before, *found;
	int i = 1, physical = 0, print = 0;

	for (; i < argc && argv[i][0] == '-' && argv[i][1] && !argv[i][2]; i++) {
		if (argv[i][1] == 'P')
			physical = 1;
		else if (argv[i][1] == 'L')
			physical = 0;
		else if (argv[i][1] == '-') {
			i++;
			break;
		} else if (argv[i][1] != 'e' || sh_dash)
			return sh_usage(argv[i], "cd [-L|[-P [-e]] [-@]] [dir]");
	}
	if (argc - i > 1 && !sh_dash)
		return sh_builtin_error(1, "too many arguments");
	to = i < argc ? argv[i] : sh_get("HOME");
	if (!to)
		return sh_dash ? 0 : sh_builtin_error(1, "HOME not set");
	if (strcmp(to, "-") == 0) {
		to = sh_get("OLDPWD");
		if (!to) {
			if (!sh_dash)
				return sh_builtin_error(1, "OLDPWD not set");
			to = old;
		}
		print = 1;
	}
	if (!*to)
		return 0;
	found = by_cdpath(to);
	if (found) {
		to = found;
		print = 1;
	}
	before = sh_copy(sh_get("PWD") ? sh_get("PWD") : old ? old : "");
	path = physical || (!old && *to != '/') ? sh_copy(to) : logical(old ? old : "", to);
	if (!physical && *to != '/') {
		/* `missing/..` is not there even though the path without it is */
		if (chdir(path) != 0 || 0) {
			int error = errno;

			if (chdir(to) != 0) {
				errno = error == ENOENT || error == ENOTDIR ? errno : error;
				return cd_error(i < argc ? argv[i] : to);
			}
			path = getcwd(NULL, 0);
		}
	} else if (chdir(path) != 0) {
		return cd_error(i < argc && strcmp(argv[i], "-") != 0 ? argv[i] : to);
	}
	if (physical)
		path = getcwd(NULL, 0);
	sh_set("OLDPWD", before);
	sh_set("PWD", path ? path : to);
	if (!sh_dash)
		sh_find("OLDPWD")->flags |= V_EXPORT;
	if (print)
		printf("%s\n", path);
	return 0;
}

int sh_b_pwd(int argc, char **argv)
{
	const char *path;
	char *physical;

	if (argc > 1 && strcmp(argv[1], "-P") == 0) {
		physical = getcwd(NULL, 0);
		if (physical)
			printf("%s\n", physical);
		free(physical);
		return 0;
	}
	if (argc > 1 && argv[1][0] == '-' && argv[1][1] && strcmp(argv[1], "-L") != 0)
		return sh_usage(argv[1], "pwd [-LP]");
	path = working_directory();
	if (!path) {
		if (!sh_dash)
			fprintf(stderr, "pwd: error retrieving current directory: getcwd: cannot access parent directories: %s\n", strerror(errno));
		return 1;
	}
	printf("%s\n", path);
	return 0;
}

/* One name for type, command -v (short) and command -V. */
static int describe(const char *name, int mode, int all)
{
	struct sh_alias *alias = sh_alias(name);
	const struct sh_builtin *builtin = sh_builtin(name);
	char *path;
	int status, any = 0;

	if (alias && sh_expand_aliases) {
		if (mode == 'v')
			printf("alias %s=%s\n", name, sh_always_quote(alias->value));
		else if (mode == 't')
			puts("alias");
		else
			printf(sh_dash ? "%s is an alias for %s\n" : "%s is aliased to `%s'\n", name, alias->value);
		any = 1;
		if (!all)
			return 0;
	}
	if (sh_is_reserved(name)) {
		if (mode == 'v' || mode == 't')
			puts(mode == 'v' ? name : "keyword");
		else
			printf("%s is a shell keyword\n", name);
		any = 1;
		if (!all)
			return 0;
	}
	if (sh_function(name)) {
		if (mode == 'v' || mode == 't') {
			puts(mode == 'v' ? name : "function");
		} else {
			printf(sh_dash ? "%s is a shell function\n" : "%s is a function\n", name);
			if (!sh_dash)
				sh_print_function(name, sh_function(name)->body);
		}
		any = 1;
		if (!all)
			return 0;
	}
	if (builtin) {
		if (mode == 'v' || mode == 't')
			puts(mode == 'v' ? name : "builtin");
		else
			printf(sh_dash && builtin->flags & B_SPECIAL ? "%s is a special shell builtin\n" : "%s is a shell builtin\n", name);
		any = 1;
		if (!all)
			return 0;
	}
	if (!strchr(name, '/') && sh_hash_get(name) && mode != 'v' && mode != 't' && !all) {
		printf(sh_dash ? "%s is a tracked alias for %s\n" : "%s is hashed (%s)\n", name, sh_hash_get(name));
		return 0;
	}
	path = sh_find_command(name, &status);
	if (path && access(path, X_OK) == 0) {
		if (mode == 't')
			puts("file");
		else if (mode == 'v' || mode == 'p')
			puts(path);
		else
			printf("%s is %s\n", name, path);
		return 0;
	}
	return !any;
}

int sh_b_type(int argc, char **argv)
{
	int i = 1, status = 0, mode = 'V', all = 0;

	for (; i < argc && argv[i][0] == '-' && argv[i][1] && !sh_dash; i++) {
		if (strcmp(argv[i], "-t") == 0)
			mode = 't';
		else if (strcmp(argv[i], "-p") == 0 || strcmp(argv[i], "-P") == 0)
			mode = 'p';
		else if (strcmp(argv[i], "-a") == 0)
			all = 1;
		else if (strcmp(argv[i], "--") != 0)
			return sh_usage(argv[i], "type [-afptP] name [name ...]");
	}
	for (; i < argc; i++) {
		int saved = sh_subshell;

		sh_subshell++;   /* looking for it does not remember it */
		if (describe(argv[i], mode, all) != 0) {
			sh_subshell = saved;
			if (mode == 'V') {
				if (sh_dash)
					printf("%s: not found\n", argv[i]);
				else
					sh_builtin_error(1, "%s: not found", argv[i]);
			}
			status = sh_dash ? 127 : 1;
		}
		sh_subshell = saved;
	}
	return status;
}

int sh_b_command(int argc, char **argv)
{
	int i = 1, mode = 0, status = 0, saved = sh_subshell;

	for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
		if (strcmp(argv[i], "-v") == 0 || strcmp(argv[i], "-V") == 0)
			mode = argv[i][1];
		else if (strcmp(argv[i], "--") == 0) {
			i++;
			break;
		} else if (strcmp(argv[i], "-p") != 0)
			return sh_usage(argv[i], "command [-pVv] command [arg ...]");
	}
	if (!mode) {
		struct sh_node node;

		if (i >= argc)
			return 0;
		memset(&node, 0, sizeof node);
		node.kind = N_SIMPLE;
		node.line = sh_line;
		return sh_run_words(argc - i, argv + i);
	}
	for (; i < argc; i++) {
		if (sh_dash && i > 1 && argv[i - 1][0] != '-')
			break;   /* dash looks at the first one only */
		sh_subshell++;
		if (describe(argv[i], mode, 0) != 0) {
			if (mode == 'V') {
				if (sh_dash)
					printf("%s: not found\n", argv[i]);
				else
					sh_builtin_error(1, "%s: not found", argv[i]);
			}
			status = sh_dash ? 127 : 1;
		}
		sh_subshell = saved;
	}
	return status;
}

int sh_b_hash(int argc, char **argv)
{
	int i = 1, status = 0, found;

	if (argc == 1)
		return sh_hash_list();
	if (strcmp(argv[1], "-r") == 0) {
		sh_hash_clear();
		i++;
	}
	for (; i < argc; i++) {
		char *path;

		if (sh_hash_get(argv[i]) || strchr(argv[i], '/') || sh_builtin(argv[i]))
			continue;
		path = sh_find_command(argv[i], &found);
		if (!path || found != 127)
			status = sh_builtin_error(1, "%s: not found", argv[i]);
	}
	return status;
}

static struct sh_alias *aliases;

struct sh_alias *sh_alias(const char *name)
{
	struct sh_alias *at;

	for (at = aliases; at; at = at->next)
		if (strcmp(at->name, name) == 0)
			return at;
	return NULL;
}

static void print_alias(const struct sh_alias *alias)
{
	printf(sh_dash ? "%s=%s\n" : "alias %s=%s\n", alias->name, sh_always_quote(alias->value));
}

static int alias_missing(const char *command, const char *name)
{
	if (!sh_dash)
		return sh_builtin_error(1, "%s: not found", name);
	fprintf(stderr, "%s: %s not found\n", command, name);
	return 1;
}

int sh_b_alias(int argc, char **argv)
{
	struct sh_alias *alias, **at;
	int i, status = 0;

	if (argc == 1 || strcmp(argv[1], "-p") == 0) {
		for (alias = aliases; alias; alias = alias->next)
			print_alias(alias);
		return 0;
	}
	for (i = 1; i < argc; i++) {
		char *equals = strchr(argv[i], '='), *name;

		if (!equals || equals == argv[i]) {
			alias = sh_alias(argv[i]);
			if (alias)
				print_alias(alias);
			else
				status = alias_missing(argv[0], argv[i]);
			continue;
		}
		name = sh_copyn(argv[i], (size_t)(equals - argv[i]));
		alias = sh_alias(name);
		if (!alias) {
			alias = sh_xmalloc(sizeof *alias);
			memset(alias, 0, sizeof *alias);
			alias->name = sh_xstrdup(name);
			for (at = &aliases; *at && strcmp((*at)->name, name) < 0; at = &(*at)->next)
				;
			alias->next = *at;
			*at = alias;
		} else {
			free(alias->value);
		}
		alias->value = sh_xstrdup(equals + 1);
	}
	return status;
}

int sh_b_unalias(int argc, char **argv)
{
	struct sh_alias **at;
	int i, status = 0;

	for (i = 1; i < argc; i++) {
		if (strcmp(argv[i], "-a") == 0) {
			aliases = NULL;
			continue;
		}
		for (at = &aliases; *at && strcmp((*at)->name, argv[i]) != 0; at = &(*at)->next)
			;
		if (*at)
			*at = (*at)->next;
		else
			status = alias_missing(argv[0], argv[i]);
	}
	return status;
}
