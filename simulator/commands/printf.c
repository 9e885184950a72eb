/* printf(1) of coreutils. Uses lib/core*.c, lib/printf_format.c. */
#include "lib/core.h"
#include "lib/printf_format.h"

#include <errno.h>
#include <string.h>

static void complain(enum printf_error error, const char *text)
{
	switch (error) {
	case PRINTF_NOT_A_NUMBER: core_error(0, 0, "%s: expected a numeric value", core_quote(text)); break;
	case PRINTF_NOT_COMPLETE: core_error(0, 0, "%s: value not completely converted", core_quote(text)); break;
	case PRINTF_RANGE: core_error(0, ERANGE, "%s", core_quote(text)); break;
	case PRINTF_DIRECTIVE: core_error(1, 0, "%s: invalid conversion specification", text); break;
	case PRINTF_EXTRA: core_error(0, 0, "warning: ignoring excess arguments, starting with %s", core_quote(text)); break;
	}
}

static char *quoted(const char *text)
{
	return (char *)core_quotef(text);
}

int main(int argc, char **argv)
{
	struct printf_style style = { complain, quoted, 0, 0 };
	int at = 1;

	core_start(argv[0], "FORMAT [ARGUMENT]...");
	if (at < argc && strcmp(argv[at], "--") == 0)
		at++;
	if (at >= argc)
		core_missing_operand(NULL);
	return printf_format(argv[at], argc - at - 1, argv + at + 1, &style);
}
