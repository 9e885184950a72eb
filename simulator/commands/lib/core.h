/*
 * What GNU programs have in common: messages, quoting of names, options (lib/core*.c).
 * A program begins with core_start(argv[0], usage); after that its errors carry the name that it was called by.
 */
#ifndef CORE_H
#define CORE_H
#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>

struct option;

extern const char *core_name;
/* Also sees to it that a failing write to standard output is told at exit, with status `trouble`. */
void core_start(const char *argv0, const char *usage);
extern int core_trouble;

/* `NAME: message` and, for errnum, `: its text`; exits unless status is 0. */
void core_error(int status, int errnum, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* "Try 'NAME --help' for more information." and exit. */
void core_try_help(int status) __attribute__((noreturn));
/* What getopt's ? and the options --help and --version lead to; other values come back. */
enum { CORE_HELP = 1000, CORE_VERSION };
#define CORE_LONG_OPTIONS { "help", 0, NULL, CORE_HELP }, { "version", 0, NULL, CORE_VERSION }
int core_getopt(int argc, char **argv, const char *letters, const struct option *options);
/* "missing operand" / "extra operand ‘x’" */
void core_missing_operand(const char *after) __attribute__((noreturn));
void core_extra_operand(const char *operand) __attribute__((noreturn));

/* ‘x’ in a UTF-8 locale, 'x' else; one of a few buffers. */
const char *core_quote(const char *text);
/* 'x' as a shell would read it, always with quotes; or only where a shell needs them. */
const char *core_quoteaf(const char *text);
const char *core_quotef(const char *text);
int core_utf8(void);
/* Bytes of the character at text, and what it is; invalid bytes are one each, *code is then -1. */
size_t core_char(const char *text, size_t length, int *code);
/* Columns that a character takes: 0 for control characters and marks, 2 for wide ones. */
int core_width(int code);

void *core_malloc(size_t size);
void *core_realloc(void *old, size_t size);
char *core_strdup(const char *text);
/* A line with its newline, which may be missing at the end; -1 at the end of the file. */
ssize_t core_line(FILE *from, char **line, size_t *room, int delimiter);
/* Decimal with K, M, … behind it; false when it is none. */
int core_size(const char *text, unsigned long long *value);
/* A name of a user or a group, or its number. */
const char *core_user(uid_t uid, char room[24]);
const char *core_group(gid_t gid, char room[24]);
/* "-rwxr-xr-x" */
void core_mode_text(unsigned mode, char text[11]);
/* 1.2K as -h shows it; base 1000 or 1024. */
void core_human(unsigned long long bytes, int base, char text[24]);
/* The last part of a path, without trailing slashes (in a fresh copy). */
char *core_base_name(const char *path);
/* chmod's MODE; false when it is none. `old` counts for +, -, =; umask for those without u, g, o, a. */
int core_parse_mode(const char *text, unsigned old, int directory, unsigned mask, unsigned *mode);
/* USER, USER:GROUP, :GROUP; -1 for what is not named. NULL, or what is wrong. */
const char *core_parse_owner(const char *text, uid_t *uid, gid_t *gid);
/* Asks on stderr; whether the answer begins with y. */
int core_yes(void);
/* Removes a tree; for rm -r. Messages are printed; false when something stayed. */
#endif
