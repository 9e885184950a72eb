/* read and mapfile: lines of input into variables. */
#include "sh.h"

#include <ctype.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

struct read_options { int raw, silent, fd, count, exact; char delimiter; const char *prompt, *array; double timeout; };

/* One byte; -1 at the end, -2 when the time is over, -3 when a signal with a trap came. */
static int read_byte(const struct read_options *options, const struct timespec *until)
{
	unsigned char c;

	for (;;) {
		ssize_t got;

		if (until) {
			struct pollfd poll_fd = { options->fd, POLLIN, 0 };
			struct timespec now;
			long left;

			clock_gettime(CLOCK_MONOTONIC, &now);
			left = (until->tv_sec - now.tv_sec) * 1000 + (until->tv_nsec - now.tv_nsec) / 1000000;
			if (left < 0 || poll(&poll_fd, 1, (int)left) == 0)
				return -2;
		}
		got = read(options->fd, &c, 1);
		if (got == 1)
			return c;
		if (got < 0 && errno == EINTR) {
			if (sh_interrupted || sh_trap_pending)
				return -3;
			continue;
		}
		if (got < 0 && errno != EIO)
			sh_builtin_error(1, "read error: %d: %s", options->fd, strerror(errno));
		return -1;
	}
}

/* The value of the last variable: the rest, without the separators at its end. */
static size_t trim(const char *text, size_t length, const char *escaped, const char *ifs)
{
	while (length && !escaped[length - 1] && strchr(" \t\n", text[length - 1]) && strchr(ifs, text[length - 1]))
		length--;
	return length;
}

static int is_separator(const char *ifs, char c, char escaped)
{
	return !escaped && c && strchr(ifs, c) != NULL;
}

static int is_blank(const char *ifs, char c, char escaped)
{
	return is_separator(ifs, c, escaped) && strchr(" \t\n", c);
}

/* The next field; where it ends. */
static size_t field(const char *text, size_t length, const char *escaped, const char *ifs, size_t at)
{
	while (at < length && !is_separator(ifs, text[at], escaped[at]))
		at++;
	return at;
}

static size_t after_field(const char *text, size_t length, const char *escaped, const char *ifs, size_t at)
{
	while (at < length && is_blank(ifs, text[at], escaped[at]))
		at++;
	if (at < length && is_separator(ifs, text[at], escaped[at])) {
		at++;
		while (at < length && is_blank(ifs, text[at], escaped[at]))
			at++;
	}
	return at;
}

static int assign(char **names, int count, const char *text, size_t length, const char *escaped)
{
	const char *ifs = sh_get("IFS");
	size_t at = 0, end;
	int i;

	if (!ifs)
		ifs = " \t\n";
	if (count == 0) {
		char *reply[] = { (char *)"REPLY" };

		return sh_set(reply[0], sh_copyn(text, length)) ? 0 : 1;
	}
	while (at < length && is_blank(ifs, text[at], escaped[at]))
		at++;
	for (i = 0; i < count; i++) {
		char *value;

		if (!sh_is_name(names[i]) && !strchr(names[i], '['))
			return sh_dash ? sh_builtin_error(2, "%s: bad variable name", names[i]) : sh_builtin_error(1, "`%s': not a valid identifier", names[i]);
		end = field(text, length, escaped, ifs, at);
		if (i == count - 1) {
			/* The rest, unless it is one field with one separator behind it. */
			size_t next = after_field(text, length, escaped, ifs, end);

			if (next < length)
				end = trim(text, length, escaped, ifs);
		}
		value = sh_copyn(text + at, end > at ? end - at : 0);
		if (!sh_assign_word(sh_assignment_text(names[i], value), 0, 0))
			return 1;
		at = after_field(text, length, escaped, ifs, end > at ? end : at);
	}
	return 0;
}

static int assign_array(const char *name, const char *text, size_t length, const char *escaped)
{
	struct sh_var *var = sh_make(name);
	const char *ifs = sh_get("IFS");
	size_t at = 0;
	long index = 0;

	if (!ifs)
		ifs = " \t\n";
	sh_clear_elements(var);
	var->flags |= V_ARRAY;
	while (at < length && is_blank(ifs, text[at], escaped[at]))
		at++;
	while (at < length) {
		size_t end = field(text, length, escaped, ifs, at);
		char number[24];

		snprintf(number, sizeof number, "%ld", index++);
		sh_set_element(var, number, sh_copyn(text + at, end - at), 0);
		at = after_field(text, length, escaped, ifs, end);
	}
	return 0;
}

static int options_of(int argc, char **argv, struct read_options *options)
{
	int i;

	for (i = 1; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
		const char *p = argv[i] + 1, *value;

		if (strcmp(argv[i], "--") == 0)
			return i + 1;
		for (; *p; p++) {
			if (*p == 'r') {
				options->raw = 1;
				continue;
			}
			if (*p == 's' && !sh_dash) {
				options->silent = 1;
				continue;
			}
			if (*p == 'e' && !sh_dash)
				continue;
			if (!strchr(sh_dash ? "p" : "pndtuaNi", *p)) {
				char option[3] = { '-', *p, 0 };

				sh_usage(option, "read [-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]");
				return -1;
			}
			value = p[1] ? p + 1 : i + 1 < argc ? argv[++i] : NULL;
			if (!value) {
				sh_builtin_error(2, "-%c: option requires an argument", *p);
				return -1;
			}
			switch (*p) {
			case 'p': options->prompt = value; break;
			case 'n': options->count = atoi(value); break;
			case 'N': options->count = atoi(value); options->exact = 1; break;
			case 'd': options->delimiter = *value; break;
			case 't': options->timeout = atof(value); break;
			case 'u': options->fd = atoi(value); break;
			case 'a': options->array = value; break;
			}
			break;
		}
	}
	return i;
}

int sh_b_read(int argc, char **argv)
{
	struct read_options options = { .delimiter = '\n', .timeout = -1, .count = -1 };
	struct sh_buf text = { 0 }, escaped = { 0 };
	struct termios saved, quiet;
	struct timespec until;
	int i = options_of(argc, argv, &options), c = 0, status = 0, terminal, changed = 0;

	if (i < 0)
		return 2;
	if (sh_dash && i == argc && !sh_busybox)
		return sh_builtin_error(2, "arg count");
	terminal = (options.prompt || options.silent || options.count >= 0) && isatty(options.fd);
	if (options.prompt && isatty(options.fd))
		fputs(options.prompt, stderr), fflush(stderr);
	if (terminal && (options.silent || options.count >= 0) && tcgetattr(options.fd, &saved) == 0) {
		quiet = saved;
		if (options.silent)
			quiet.c_lflag &= ~(tcflag_t)ECHO;
		if (options.count >= 0)
			quiet.c_lflag &= ~(tcflag_t)ICANON;
		tcsetattr(options.fd, TCSADRAIN, &quiet);
		changed = 1;
	}
	if (options.timeout >= 0) {
		clock_gettime(CLOCK_MONOTONIC, &until);
		until.tv_sec += (time_t)options.timeout;
		until.tv_nsec += (long)((options.timeout - (double)(time_t)options.timeout) * 1e9);
		if (until.tv_nsec >= 1000000000) {
			until.tv_sec++;
			until.tv_nsec -= 1000000000;
		}
	}
	while (options.count < 0 || text.length < (size_t)options.count) {
		c = read_byte(&options, options.timeout >= 0 ? &until : NULL);
		if (c < 0) {
			status = c == -2 ? 142 : c == -3 ? 130 : 1;
			break;
		}
		if (c == options.delimiter && !options.exact)
			break;
		if (c == '\\' && !options.raw) {
			c = read_byte(&options, options.timeout >= 0 ? &until : NULL);
			if (c < 0) {
				status = 1;
				break;
			}
			if (c == '\n')
				continue;
			sh_put(&text, (char)c);
			sh_put(&escaped, 1);
			continue;
		}
		if (c == 0)
			continue;
		sh_put(&text, (char)c);
		sh_put(&escaped, 0);
	}
	if (changed)
		tcsetattr(options.fd, TCSADRAIN, &saved);
	if (c == -3 && sh_trap_pending)
		return status;
	sh_text(&text);
	sh_text(&escaped);
	i = options.array ? assign_array(options.array, text.text, text.length, escaped.text) :
	    assign(argv + i, argc - i, text.text, text.length, escaped.text);
	return i ? i : status;
}

int sh_b_mapfile(int argc, char **argv)
{
	struct read_options options = { .timeout = -1 };
	const char *name = "MAPFILE";
	struct sh_buf line = { 0 };
	struct sh_var *var;
	int i, c = 0, strip = 0;
	long index = 0;

	for (i = 1; i < argc && argv[i][0] == '-'; i++) {
		if (strcmp(argv[i], "-t") == 0)
			strip = 1;
		else
			return sh_usage(argv[i], "mapfile [-d delim] [-n count] [-O origin] [-s count] [-t] [-u fd] [-C callback] [-c quantum] [array]");
	}
	if (i < argc)
		name = argv[i];
	var = sh_make(name);
	sh_clear_elements(var);
	var->flags |= V_ARRAY;
	while (c >= 0) {
		char number[24];

		sh_clear(&line);
		while ((c = read_byte(&options, NULL)) >= 0) {
			if (c != '\n' || !strip)
				sh_put(&line, (char)c);
			if (c == '\n')
				break;
		}
		if (c < 0 && line.length == 0)
			break;
		snprintf(number, sizeof number, "%ld", index++);
		sh_set_element(var, number, sh_text(&line), 0);
	}
	return 0;
}
