/* seq(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <ctype.h>
#include <getopt.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct number { double value; int precision, width, exponent; };

static struct number parse(const char *text)
{
	struct number n = { 0, 0, (int)strlen(text), 0 };
	const char *point;
	char *end;

	n.value = strtod(text, &end);
	if (end == text || *end) {
		core_error(0, 0, "invalid floating point argument: %s", core_quote(text));
		core_try_help(1);
	}
	if (n.value != n.value) {
		core_error(0, 0, "invalid %s argument: %s", core_quote("not-a-number"), core_quote(text));
		core_try_help(1);
	}
	point = strchr(text, '.');
	if (point)
		n.precision = (int)strspn(point + 1, "0123456789");
	if (strpbrk(text, "eE"))
		n.exponent = 1;
	if (point && n.precision == 0)
		n.width--;
	return n;
}

static int is_option(const char *text)
{
	return text[0] == '-' && !(isdigit((unsigned char)text[1]) || text[1] == '.');
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "equal-width", 0, NULL, 'w' }, { "format", 1, NULL, 'f' }, { "separator", 1, NULL, 's' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	struct number first = { 1, 0, 1, 0 }, step = { 1, 0, 0, 0 }, last;
	const char *format = NULL, *separator = "\n";
	int option, equal = 0, operands, precision, width = 0;
	char made[32];
	double i;

	core_start(argv[0], "[OPTION]... [FIRST [INCREMENT]] LAST");
	/* A negative number is no option. */
	while (optind < argc && is_option(argv[optind]) && (option = core_getopt(argc, argv, "+f:s:w", longs)) != -1) {
		if (option == 'f')
			format = optarg;
		else if (option == 's')
			separator = optarg;
		else
			equal = 1;
	}
	operands = argc - optind;
	if (operands < 1)
		core_missing_operand(NULL);
	if (operands > 3)
		core_extra_operand(argv[optind + 3]);
	if (format && equal)
		core_error(0, 0, "format string may not be specified when printing equal width strings"), core_try_help(1);
	if (operands > 1)
		first = parse(argv[optind]);
	if (operands > 2)
		step = parse(argv[optind + 1]);
	last = parse(argv[argc - 1]);
	if (step.value == 0)
		core_error(0, 0, "invalid Zero increment value: %s", core_quote(argv[optind + 1])), core_try_help(1);
	precision = first.precision > step.precision ? first.precision : step.precision;
	if (equal) {
		int a = first.width + precision - first.precision, b = last.width + precision - last.precision;

		if (last.precision && precision == 0)
			b--;
		if (precision && last.precision == 0)
			b++;
		if (precision && first.precision == 0)
			a++;
		width = a > b ? a : b;
	}
	if (!format) {
		if (equal)
			snprintf(made, sizeof made, "%%0%d.%df", width, precision);
		else
			snprintf(made, sizeof made, "%%.%df", precision);
		format = made;
	}
	for (i = 0;; i++) {
		double value = first.value + i * step.value;

		if (step.value > 0 ? value > last.value : value < last.value) {
			/* 0.1 + 0.1 + 0.1 is more than 0.3 only in binary. */
			char shown[64], limit[64];

			snprintf(shown, sizeof shown, "%.*f", precision, value);
			snprintf(limit, sizeof limit, "%.*f", precision, last.value);
			if (strcmp(shown, limit) != 0 || last.precision > precision || value - last.value > fabs(step.value) / 2)
				break;
		}
		if (i > 0)
			fputs(separator, stdout);
		printf(format, value);
		if (ferror(stdout))
			return 1;
	}
	if (i > 0)
		putchar('\n');
	return 0;
}
