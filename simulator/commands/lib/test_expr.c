/* test: what POSIX says for up to four arguments, a grammar with ! -a -o ( ) for more. */
#define _GNU_SOURCE
#include "test_expr.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct state { int argc, at, failed; char **argv; const struct test_style *style; };

static int fail(struct state *s, enum test_error error, const char *argument)
{
	if (!s->failed)
		s->style->complain(error, argument);
	s->failed = 1;
	return 0;
}

static long long integer(struct state *s, const char *text)
{
	const char *p = text;
	long long value;
	char *end;

	while (isspace((unsigned char)*p))
		p++;
	errno = 0;
	value = strtoll(p, &end, 10);
	if (end == p)
		return fail(s, TEST_INTEGER, text);
	while (isspace((unsigned char)*end))
		end++;
	if (*end || errno)
		return fail(s, TEST_INTEGER, text);
	return value;
}

static int is_binary(const struct state *s, const char *op)
{
	static const char *const names[] = {
		"=", "==", "!=", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef", NULL
	};
	int i;

	if (s->style->dash && strcmp(op, "==") == 0)
		return 0;
	for (i = 0; names[i]; i++)
		if (strcmp(names[i], op) == 0)
			return 1;
	return 0;
}

static int newer(const struct stat *a, const struct stat *b)
{
	if (a->st_mtim.tv_sec != b->st_mtim.tv_sec)
		return a->st_mtim.tv_sec > b->st_mtim.tv_sec;
	return a->st_mtim.tv_nsec > b->st_mtim.tv_nsec;
}

static int files(const char *op, const char *left, const char *right)
{
	struct stat a, b;
	int have_a = stat(left, &a) == 0, have_b = stat(right, &b) == 0;

	if (op[1] == 'e')
		return have_a && have_b && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
	if (op[1] == 'n')
		return have_a && (!have_b || newer(&a, &b));
	return have_b && (!have_a || newer(&b, &a));
}

static int binary(struct state *s, const char *left, const char *op, const char *right)
{
	long long a, b;

	if (op[0] == '=')
		return strcmp(left, right) == 0;
	if (op[0] == '!')
		return strcmp(left, right) != 0;
	if (op[0] == '<')
		return strcmp(left, right) < 0;
	if (op[0] == '>')
		return strcmp(left, right) > 0;
	if (strcmp(op, "-nt") == 0 || strcmp(op, "-ot") == 0 || strcmp(op, "-ef") == 0)
		return files(op, left, right);
	a = integer(s, left);
	if (s->failed)
		return 0;
	b = integer(s, right);
	if (s->failed)
		return 0;
	switch (op[1] * 256 + op[2]) {
	case 'e' * 256 + 'q': return a == b;
	case 'n' * 256 + 'e': return a != b;
	case 'l' * 256 + 't': return a < b;
	case 'l' * 256 + 'e': return a <= b;
	case 'g' * 256 + 't': return a > b;
	default: return a >= b;
	}
}

static int is_unary(const struct state *s, const char *op)
{
	return op[0] == '-' && op[1] && !op[2] && strchr(s->style->is_option ? "abcdefghkLNnOGoprsStuvwxzR" : "abcdefghkLNnOGprsStuwxz", op[1]);
}

static int unary(struct state *s, char op, const char *value)
{
	struct stat st;

	switch (op) {
	case 'n': return *value != '\0';
	case 'z': return *value == '\0';
	case 'v': return s->style->is_variable && s->style->is_variable(value);
	case 'o': return s->style->is_option && s->style->is_option(value);
	case 'r': return faccessat(AT_FDCWD, value, R_OK, AT_EACCESS) == 0;
	case 'w': return faccessat(AT_FDCWD, value, W_OK, AT_EACCESS) == 0;
	case 'x': return faccessat(AT_FDCWD, value, X_OK, AT_EACCESS) == 0;
	case 't': {
		long long fd = integer(s, value);

		return !s->failed && isatty((int)fd);
	}
	case 'L': case 'h': return lstat(value, &st) == 0 && S_ISLNK(st.st_mode);
	}
	if (stat(value, &st) != 0)
		return 0;
	switch (op) {
	case 'b': return S_ISBLK(st.st_mode);
	case 'c': return S_ISCHR(st.st_mode);
	case 'd': return S_ISDIR(st.st_mode);
	case 'f': return S_ISREG(st.st_mode);
	case 'p': return S_ISFIFO(st.st_mode);
	case 'S': return S_ISSOCK(st.st_mode);
	case 's': return st.st_size > 0;
	case 'g': return (st.st_mode & S_ISGID) != 0;
	case 'u': return (st.st_mode & S_ISUID) != 0;
	case 'k': return (st.st_mode & S_ISVTX) != 0;
	case 'O': return st.st_uid == geteuid();
	case 'G': return st.st_gid == getegid();
	case 'N': return newer(&st, &(struct stat){ .st_mtim = st.st_atim });
	default: return 1;   /* -a, -e */
	}
}

static int or_expression(struct state *s);

static int primary(struct state *s)
{
	char **arg = s->argv + s->at;
	int left = s->argc - s->at, value;

	if (left <= 0) {
		fail(s, TEST_MISSING, s->at > 0 ? s->argv[s->at - 1] : "");
		return 0;
	}
	if (strcmp(arg[0], "!") == 0 && left > 1) {
		s->at++;
		return !primary(s);
	}
	if (left >= 3 && is_binary(s, arg[1])) {
		s->at += 3;
		return binary(s, arg[0], arg[1], arg[2]);
	}
	if (strcmp(arg[0], "(") == 0 && left > 1) {
		s->at++;
		value = or_expression(s);
		if (s->failed)
			return 0;
		if (s->at >= s->argc || strcmp(s->argv[s->at], ")") != 0)
			return fail(s, TEST_PAREN, s->at < s->argc ? s->argv[s->at] : NULL);
		s->at++;
		return value;
	}
	if (is_unary(s, arg[0]) && left > 1) {
		s->at += 2;
		return unary(s, arg[0][1], arg[1]);
	}
	s->at++;
	return *arg[0] != '\0';
}

static int and_expression(struct state *s)
{
	int value = primary(s);

	while (!s->failed && s->at < s->argc && strcmp(s->argv[s->at], "-a") == 0) {
		s->at++;
		value = primary(s) && value;
	}
	return value;
}

static int or_expression(struct state *s)
{
	int value = and_expression(s);

	while (!s->failed && s->at < s->argc && strcmp(s->argv[s->at], "-o") == 0) {
		s->at++;
		value = and_expression(s) || value;
	}
	return value;
}

static int two(struct state *s, char **arg)
{
	if (strcmp(arg[0], "!") == 0)
		return *arg[1] == '\0';
	if (is_unary(s, arg[0]))
		return unary(s, arg[0][1], arg[1]);
	return fail(s, TEST_UNARY, arg[0]);
}

static int three(struct state *s, char **arg)
{
	if (is_binary(s, arg[1]))
		return binary(s, arg[0], arg[1], arg[2]);
	if (strcmp(arg[1], "-a") == 0)
		return *arg[0] && *arg[2];
	if (strcmp(arg[1], "-o") == 0)
		return *arg[0] || *arg[2];
	if (strcmp(arg[0], "!") == 0)
		return !two(s, arg + 1);
	if (strcmp(arg[0], "(") == 0 && strcmp(arg[2], ")") == 0)
		return *arg[1] != '\0';
	return fail(s, TEST_BINARY, s->style->dash ? arg[0] : arg[1]);
}

static int by_count(struct state *s, int argc, char **argv)
{
	int value;

	switch (argc) {
	case 0: return 0;
	case 1: return *argv[0] != '\0';
	case 2: return two(s, argv);
	case 3: return three(s, argv);
	case 4:
		if (strcmp(argv[0], "!") == 0)
			return !three(s, argv + 1);
		if (strcmp(argv[0], "(") == 0 && strcmp(argv[3], ")") == 0)
			return two(s, argv + 1);
	}
	value = or_expression(s);
	if (!s->failed && s->at < s->argc)
		return fail(s, TEST_TOO_MANY, s->argv[s->at]);
	return value;
}

int test_expression(int argc, char **argv, const struct test_style *style)
{
	struct state s = { argc, 0, 0, argv, style };
	int value = by_count(&s, argc, argv);

	return s.failed ? 2 : !value;
}
