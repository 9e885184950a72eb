/* printf's formats (lib/printf_format.c), for the shells' builtin and coreutils' program. */
#ifndef PRINTF_FORMAT_H
#define PRINTF_FORMAT_H
enum printf_error { PRINTF_NOT_A_NUMBER, PRINTF_NOT_COMPLETE, PRINTF_RANGE, PRINTF_DIRECTIVE, PRINTF_EXTRA };
struct printf_style {
	void (*complain)(enum printf_error error, const char *text);
	/* %q */
	char *(*quote)(const char *text);
	int bash;                       /* %(format)T, \e in the format */
	int dash;
};
/* The exit status. */
int printf_format(const char *format, int argc, char **argv, const struct printf_style *style);
/* Puts what the escape at text (behind its backslash) stands for; where it ends. *stop is set by \c. `octal0`: \0NNN as echo and %b have it. */
const char *print_escape(const char *text, int octal0, int *stop);
#endif
