/* find: tests and actions on one file. */
#define _GNU_SOURCE
#include "core.h"
#include "find.h"

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int compares(const struct find_node *node, long long value)
{
	return node->compare == '+' ? value > node->number : node->compare == '-' ? value < node->number : value == node->number;
}

static int has_type(const char *types, mode_t mode)
{
	char letter = S_ISREG(mode) ? 'f' : S_ISDIR(mode) ? 'd' : S_ISLNK(mode) ? 'l' : S_ISCHR(mode) ? 'c' : S_ISBLK(mode) ? 'b' : S_ISFIFO(mode) ? 'p' : 's';

	return strchr(types, letter) != NULL;
}

static const struct timespec *time_of(const struct find_file *file, char which)
{
	return which == 'a' ? &file->st.st_atim : which == 'c' ? &file->st.st_ctim : &file->st.st_mtim;
}

static int is_empty(const struct find_file *file)
{
	struct dirent *entry;
	DIR *directory;
	int empty = 1;

	if (S_ISREG(file->st.st_mode))
		return file->st.st_size == 0;
	if (!S_ISDIR(file->st.st_mode))
		return 0;
	directory = opendir(file->path);
	while (directory && (entry = readdir(directory)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			empty = 0;
	if (directory)
		closedir(directory);
	return directory && empty;
}

static char *link_target(const char *path)
{
	char text[4096];
	ssize_t length = readlink(path, text, sizeof text - 1);

	if (length < 0)
		return core_strdup("");
	text[length] = '\0';
	return core_strdup(text);
}

static int run(char **argv, const char *directory)
{
	pid_t pid;
	int status;

	fflush(stdout);
	pid = fork();
	if (pid < 0)
		core_error(1, errno, "cannot fork");
	if (pid == 0) {
		if (directory && chdir(directory) != 0)
			_exit(1);
		execvp(argv[0], argv);
		core_error(0, errno, "%s", core_quote(argv[0]));
		_exit(1);
	}
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static char *with_path(const char *text, const char *path)
{
	char *out, *at;
	size_t room = 1;
	const char *p;

	for (p = text; *p; p++)
		room += p[0] == '{' && p[1] == '}' ? strlen(path) : 1;
	out = at = core_malloc(room);
	while (*text) {
		if (text[0] == '{' && text[1] == '}') {
			at = stpcpy(at, path);
			text += 2;
		} else {
			*at++ = *text++;
		}
	}
	*at = '\0';
	return out;
}

static int execute(struct find_node *node, struct find_file *file)
{
	char **argv, *directory = NULL;
	const char *path = file->path;
	int i, good;

	if (node->kind == F_EXECDIR) {
		char *slash, *inner = core_malloc(strlen(file->base) + 3);

		directory = core_strdup(file->path);
		slash = strrchr(directory, '/');
		if (slash)
			slash[slash == directory] = '\0';
		else
			strcpy(directory, ".");
		sprintf(inner, "./%s", file->base);
		path = inner;
	}
	if (node->batch) {
		node->collected = core_realloc(node->collected, (size_t)(node->collected_count + 1) * sizeof *node->collected);
		node->collected[node->collected_count++] = core_strdup(path);
		return 1;
	}
	argv = core_malloc((size_t)(node->argc + 1) * sizeof *argv);
	for (i = 0; i < node->argc; i++)
		argv[i] = with_path(node->argv[i], path);
	argv[node->argc] = NULL;
	if (node->kind == F_OK) {
		fflush(stdout);
		fprintf(stderr, "< %s ... %s > ? ", argv[0], file->path);
		if (!core_yes())
			return 0;
	}
	good = run(argv, directory);
	for (i = 0; i < node->argc; i++)
		free(argv[i]);
	free(argv);
	return good;
}

static void run_batches(struct find_node *node)
{
	char **argv;

	if (!node)
		return;
	run_batches(node->a);
	run_batches(node->b);
	if (!node->batch || !node->collected_count)
		return;
	argv = core_malloc((size_t)(node->argc + node->collected_count + 1) * sizeof *argv);
	memcpy(argv, node->argv, (size_t)node->argc * sizeof *argv);
	memcpy(argv + node->argc, node->collected, (size_t)node->collected_count * sizeof *argv);
	argv[node->argc + node->collected_count] = NULL;
	if (!run(argv, NULL))
		find_status = 1;
	free(argv);
}

void find_finish(void)
{
	run_batches(find.expression);
}

static void put_time(const struct timespec *when, char format)
{
	struct tm tm;
	char text[64], spec[3] = { '%', format, 0 };

	localtime_r(&when->tv_sec, &tm);
	if (format == '@')
		printf("%lld.%09ld0", (long long)when->tv_sec, when->tv_nsec);
	else if (format == '+' || format == 0) {
		strftime(text, sizeof text, format ? "%Y-%m-%d+%H:%M:%S" : "%a %b %e %H:%M:%S", &tm);
		printf("%s.%09ld0", text, when->tv_nsec);
		if (!format) {
			strftime(text, sizeof text, " %Y", &tm);
			fputs(text, stdout);
		}
	} else if (format == 'T') {
		strftime(text, sizeof text, "%H:%M:%S", &tm);
		printf("%s.%09ld0", text, when->tv_nsec);
	} else {
		strftime(text, sizeof text, spec, &tm);
		fputs(text, stdout);
	}
}

static void put_formatted(const char *p, const struct find_file *file)
{
	static const char from[] = "abfnrtv0\\", to[] = "\a\b\f\n\r\t\v\0\\";
	char room[24], mode[11], spec[24], *copy, *slash;

	for (; *p; p++) {
		size_t length = 1;

		if (*p == '\\' && p[1]) {
			const char *known = strchr(from, *++p);

			if (*p == 'c') {
				fflush(stdout);
				return;
			}
			if (known)
				putchar(to[known - from]);
			else
				putchar('\\'), putchar(*p);
			continue;
		}
		if (*p != '%' || !p[1]) {
			putchar(*p);
			continue;
		}
		spec[0] = '%';
		p++;
		while (strchr("-0 +#.123456789", *p) && *p && length < 16)
			spec[length++] = *p++;
		spec[length] = '\0';
		switch (*p) {
		case '%': putchar('%'); continue;
		case 'p': strcat(spec, "s"); printf(spec, file->path); continue;
		case 'f': strcat(spec, "s"); printf(spec, file->base); continue;
		case 'P':
			strcat(spec, "s");
			copy = (char *)file->path + (strncmp(file->path, file->start, strlen(file->start)) == 0 ? strlen(file->start) : 0);
			printf(spec, copy + (*copy == '/'));
			continue;
		case 'H': strcat(spec, "s"); printf(spec, file->start); continue;
		case 'h':
			copy = core_strdup(file->path);
			slash = strrchr(copy, '/');
			if (slash)
				*slash = '\0';
			strcat(spec, "s");
			printf(spec, slash ? copy : ".");
			free(copy);
			continue;
		case 's': strcat(spec, "lld"); printf(spec, (long long)file->st.st_size); continue;
		case 'b': strcat(spec, "lld"); printf(spec, (long long)file->st.st_blocks); continue;
		case 'k': strcat(spec, "lld"); printf(spec, (long long)(file->st.st_blocks + 1) / 2); continue;
		case 'd': strcat(spec, "d"); printf(spec, file->depth); continue;
		case 'D': strcat(spec, "llu"); printf(spec, (unsigned long long)file->st.st_dev); continue;
		case 'i': strcat(spec, "llu"); printf(spec, (unsigned long long)file->st.st_ino); continue;
		case 'n': strcat(spec, "lu"); printf(spec, (unsigned long)file->st.st_nlink); continue;
		case 'm': strcat(spec, "o"); printf(spec, file->st.st_mode & 07777); continue;
		case 'M': core_mode_text(file->st.st_mode, mode); strcat(spec, "s"); printf(spec, mode); continue;
		case 'u': strcat(spec, "s"); printf(spec, core_user(file->st.st_uid, room)); continue;
		case 'U': strcat(spec, "u"); printf(spec, file->st.st_uid); continue;
		case 'g': strcat(spec, "s"); printf(spec, core_group(file->st.st_gid, room)); continue;
		case 'G': strcat(spec, "u"); printf(spec, file->st.st_gid); continue;
		case 'l': strcat(spec, "s"); printf(spec, link_target(file->path)); continue;
		case 'y': case 'Y': {
			struct stat st = file->st;
			char letter[2] = { 0, 0 };

			if (*p == 'Y' && stat(file->path, &st) != 0)
				letter[0] = 'N';
			else
				letter[0] = S_ISREG(st.st_mode) ? 'f' : S_ISDIR(st.st_mode) ? 'd' : S_ISLNK(st.st_mode) ? 'l' : S_ISCHR(st.st_mode) ? 'c' : S_ISBLK(st.st_mode) ? 'b' :
					    S_ISFIFO(st.st_mode) ? 'p' : 's';
			strcat(spec, "s");
			printf(spec, letter);
			continue;
		}
		case 'a': put_time(&file->st.st_atim, 0); continue;
		case 'c': put_time(&file->st.st_ctim, 0); continue;
		case 't': put_time(&file->st.st_mtim, 0); continue;
		case 'A': case 'C': case 'T': put_time(time_of(file, *p == 'A' ? 'a' : *p == 'C' ? 'c' : 'm'), p[1]); p++; continue;
		default: putchar('%'); putchar(*p);
		}
	}
}

static void put_listing(const struct find_file *file)
{
	char mode[11], when[32], user[24], group[24];
	struct tm tm;
	time_t now = time(NULL);

	core_mode_text(file->st.st_mode, mode);
	localtime_r(&file->st.st_mtim.tv_sec, &tm);
	strftime(when, sizeof when, file->st.st_mtim.tv_sec > now - 31556952 / 2 ? "%b %e %H:%M" : "%b %e  %Y", &tm);
	printf("%9llu %6lld %s %3lu %-8s %-8s ", (unsigned long long)file->st.st_ino, (long long)(file->st.st_blocks + 1) / 2, mode, (unsigned long)file->st.st_nlink,
	       core_user(file->st.st_uid, user), core_group(file->st.st_gid, group));
	if (S_ISCHR(file->st.st_mode) || S_ISBLK(file->st.st_mode))
		printf("%3u, %3u %s %s", major(file->st.st_rdev), minor(file->st.st_rdev), when, file->path);
	else
		printf("%8lld %s %s", (long long)file->st.st_size, when, file->path);
	if (S_ISLNK(file->st.st_mode))
		printf(" -> %s", link_target(file->path));
	putchar('\n');
}

static int is_newer(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec != b->tv_sec ? a->tv_sec > b->tv_sec : a->tv_nsec > b->tv_nsec;
}

int find_evaluate(struct find_node *node, struct find_file *file)
{
	struct stat st;

	switch (node->kind) {
	case F_AND: return find_evaluate(node->a, file) && find_evaluate(node->b, file);
	case F_OR: return find_evaluate(node->a, file) || find_evaluate(node->b, file);
	case F_NOT: return !find_evaluate(node->a, file);
	case F_COMMA: find_evaluate(node->a, file); return find_evaluate(node->b, file);
	case F_NAME: return fnmatch(node->text, file->base, 0) == 0;
	case F_INAME: return fnmatch(node->text, file->base, FNM_CASEFOLD) == 0;
	case F_PATH: return fnmatch(node->text, file->path, 0) == 0;
	case F_IPATH: return fnmatch(node->text, file->path, FNM_CASEFOLD) == 0;
	case F_LNAME: return S_ISLNK(file->st.st_mode) && fnmatch(node->text, link_target(file->path), 0) == 0;
	case F_REGEX: return regexec(&node->regex, file->path, 0, NULL, 0) == 0;
	case F_TYPE: return has_type(node->text, file->st.st_mode);
	case F_XTYPE: return stat(file->path, &st) == 0 ? has_type(node->text, st.st_mode) : has_type(node->text, file->st.st_mode);
	case F_SIZE: return compares(node, (file->st.st_size + node->unit - 1) / node->unit);
	case F_LINKS: return compares(node, (long long)file->st.st_nlink);
	case F_INUM: return compares(node, (long long)file->st.st_ino);
	case F_TIME: return compares(node, (time(NULL) - time_of(file, node->which)->tv_sec) / node->unit);
	case F_NEWER: return is_newer(time_of(file, node->which), &node->when);
	case F_USER: return file->st.st_uid == (uid_t)node->number;
	case F_GROUP: return file->st.st_gid == (gid_t)node->number;
	case F_NOUSER: return getpwuid(file->st.st_uid) == NULL;
	case F_NOGROUP: return getgrgid(file->st.st_gid) == NULL;
	case F_PERM:
		if (node->which == '-')
			return (file->st.st_mode & node->mode) == node->mode;
		if (node->which == '/')
			return node->mode == 0 || (file->st.st_mode & node->mode) != 0;
		return (file->st.st_mode & 07777) == node->mode;
	case F_EMPTY: return is_empty(file);
	case F_SAMEFILE: return file->st.st_ino == node->st.st_ino && file->st.st_dev == node->st.st_dev;
	case F_READABLE: return access(file->path, R_OK) == 0;
	case F_WRITABLE: return access(file->path, W_OK) == 0;
	case F_EXECUTABLE: return access(file->path, X_OK) == 0;
	case F_TRUE: return 1;
	case F_FALSE: return 0;
	case F_PRUNE: find_pruned = !find.depth_first; return 1;
	case F_QUIT: find_finish(); exit(find_status);
	case F_PRINT: puts(file->path); return 1;
	case F_PRINT0: printf("%s%c", file->path, 0); return 1;
	case F_PRINTF: put_formatted(node->text, file); return 1;
	case F_LS: put_listing(file); return 1;
	case F_DELETE:
		if (strcmp(file->path, ".") == 0)
			return 1;
		if ((S_ISDIR(file->st.st_mode) ? rmdir(file->path) : unlink(file->path)) != 0) {
			core_error(0, errno, "cannot delete %s", core_quote(file->path));
			find_status = 1;
			return 0;
		}
		return 1;
	default: return execute(node, file);
	}
}
