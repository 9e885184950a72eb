/* ls: what it is asked for, and a file as it knows it (ls.c, lib/ls_*.c). */
#ifndef LS_H
#define LS_H
#include <sys/stat.h>
#include <sys/types.h>

struct ls_file {
	char *name, *link;          /* link: a symbolic link's target */
	struct stat st;
	struct stat target;
	int has_stat, has_target;
	int quoted;                 /* its name is shown in quotes */
};
enum ls_format { LS_ONE, LS_COLUMNS, LS_ACROSS, LS_COMMAS, LS_LONG };
enum ls_sort { LS_NAME, LS_SIZE, LS_TIME, LS_EXTENSION, LS_VERSION, LS_NONE };
struct ls_options {
	enum ls_format format;
	enum ls_sort sort;
	int all, almost_all, directory, human, inode, numeric, no_group, no_owner, recursive, reverse, classify, slashes, blocks, dereference, dereference_args;
	int literal, escape, quote_c, shell_quotes, ignore_backups, color, groups_first, full_time, kibi, busybox;
	int time;                   /* 'm', 'a', 'c' */
	const char *time_format;
	int width;
};
extern struct ls_options ls;
int ls_main(int argc, char **argv);
/* The name as it is shown; in one of a few buffers. */
const char *ls_show_name(const char *name);
int ls_name_is_quoted(const char *name);
int ls_display_width(const char *text);
char ls_mark(unsigned mode, int has_stat);
void ls_print(struct ls_file *files, int count, int in_directory);
void ls_put_name(const struct ls_file *file, int link);
int ls_name_columns(const struct ls_file *file);
unsigned long long ls_blocks(const struct ls_file *file);
void ls_sort_files(struct ls_file *files, int count);
const struct timespec *ls_time(const struct ls_file *file);
void ls_long(struct ls_file *files, int count);
#endif
