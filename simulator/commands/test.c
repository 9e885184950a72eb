/* test(1) and [(1) of coreutils. Uses lib/core*.c, lib/test_expr.c. */
#include "lib/core.h"
#include "lib/test_expr.h"

#include <string.h>

static void complain(enum test_error error, const char *argument)
{
	switch (error) {
	case TEST_INTEGER: core_error(0, 0, "invalid integer %s", core_quote(argument)); break;
	case TEST_MISSING: core_error(0, 0, "missing argument after %s", core_quote(argument)); break;
	case TEST_UNARY: core_error(0, 0, "%s: unary operator expected", core_quote(argument)); break;
	case TEST_BINARY: core_error(0, 0, "%s: binary operator expected", core_quote(argument)); break;
	case TEST_PAREN:
		if (argument)
			core_error(0, 0, "%s expected, found %s", core_quote(")"), core_quote(argument));
		else
			core_error(0, 0, "%s expected", core_quote(")"));
		break;
	case TEST_EXTRA: case TEST_TOO_MANY: core_error(0, 0, "extra argument %s", core_quote(argument)); break;
	}
}

int main(int argc, char **argv)
{
	struct test_style style = { complain, NULL, NULL, 0 };
	const char *slash = strrchr(argv[0], '/');

	core_trouble = 2;
	core_start(argv[0], "EXPRESSION");
	if (strcmp(slash ? slash + 1 : argv[0], "[") == 0) {
		if (argc < 2 || strcmp(argv[argc - 1], "]") != 0)
			core_error(2, 0, "missing %s", core_quote("]"));
		argc--;
	}
	return test_expression(argc - 1, argv + 1, &style);
}
