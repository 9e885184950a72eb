/* find: its expression (lib/find_parse.c) and what is asked of a file (lib/find_evaluate.c). */
#ifndef FIND_H
#define FIND_H
#include <regex.h>
#include <sys/stat.h>

enum find_kind {
	F_AND, F_OR, F_NOT, F_COMMA, F_NAME, F_INAME, F_PATH, F_IPATH, F_REGEX, F_TYPE, F_XTYPE, F_SIZE, F_TIME, F_NEWER, F_USER, F_GROUP, F_PERM, F_EMPTY, F_LINKS, F_INUM,
	F_SAMEFILE, F_TRUE, F_FALSE, F_PRUNE, F_QUIT, F_PRINT, F_PRINT0, F_PRINTF, F_LS, F_DELETE, F_EXEC, F_EXECDIR, F_OK, F_READABLE, F_WRITABLE, F_EXECUTABLE,
	F_NOUSER, F_NOGROUP, F_LNAME
};
struct find_node {
	enum find_kind kind;
	struct find_node *a, *b;
	const char *text;
	char compare;                 /* + - or 0 */
	long long number;
	long long unit;
	unsigned mode;
	char which;                   /* of times: a, c, m; of perm: - / or 0 */
	struct timespec when;
	regex_t regex;
	char **argv;                  /* of -exec */
	int argc, batch;
	char **collected;
	int collected_count;
	struct stat st;
};
struct find_file { const char *path, *base, *start; int depth; struct stat st; };
struct find_options { struct find_node *expression; char follow; int max_depth, min_depth, depth_first, one_system; const char *start; };
extern struct find_options find;
extern int find_status, find_pruned;
void find_parse(char **argv);
int find_evaluate(struct find_node *node, struct find_file *file);
void find_finish(void);
#endif
