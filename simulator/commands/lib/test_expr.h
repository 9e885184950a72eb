/* The expressions of test and [ (lib/test_expr.c), for the shells' builtins and for coreutils' programs. */
#ifndef TEST_EXPR_H
#define TEST_EXPR_H
enum test_error { TEST_INTEGER, TEST_EXTRA, TEST_MISSING, TEST_UNARY, TEST_BINARY, TEST_TOO_MANY, TEST_PAREN };
/*
 * Arguments without the command's name and the closing `]`. 0 true, 1 false, 2 after an error, which was given to `complain` with the
 * argument that it is about. is_variable answers -v, is_option -o; they may be NULL.
 */
struct test_style {
	void (*complain)(enum test_error error, const char *argument);
	int (*is_variable)(const char *name);
	int (*is_option)(const char *name);
	int dash;
};
int test_expression(int argc, char **argv, const struct test_style *style);
#endif
