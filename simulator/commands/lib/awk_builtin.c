/* awk: its functions, and printf. */
#define _GNU_SOURCE
#include "awk.h"
#include "core.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void append(char **text, size_t *length, size_t *room, const char *more, size_t size)
{
	if (*length + size + 1 > *room)
		*text = core_realloc(*text, *room = (*length + size + 1) * 2);
	memcpy(*text + *length, more, size);
	*length += size;
	(*text)[*length] = '\0';
}

static size_t char_bytes(const char *text, size_t chars)
{
	(void)chars;
	(void)text;
	return chars;
}

char *awk_format(struct awk_node *args)
{
	struct awk_value value = awk_eval(args);
	const char *p = awk_text(&value);
	char *out = NULL;
	size_t length = 0, room = 0;

	append(&out, &length, &room, "", 0);
	args = args->next;
	while (*p) {
		char spec[64], piece[512], *made = piece;
		size_t n = 0;

		if (*p != '%' || p[1] == '%') {
			append(&out, &length, &room, p, 1);
			p += *p == '%' ? 2 : 1;
			continue;
		}
		spec[n++] = *p++;
		while (*p && (strchr("-+ #0.", *p) || isdigit((unsigned char)*p) || *p == '*') && n < 40) {
			if (*p == '*') {
				struct awk_value width = args ? awk_eval(args) : awk_of_number(0);

				n += (size_t)snprintf(spec + n, sizeof spec - n, "%d", (int)awk_number(&width));
				args = args ? args->next : NULL;
				p++;
			} else {
				spec[n++] = *p++;
			}
		}
		while (*p == 'l' || *p == 'h')
			p++;
		if (!*p)
			break;
		if (!args && *p != '%')
			awk_fail("not enough arguments passed to sprintf(\"%s\")", awk_text(&value));
		{
			struct awk_value arg = awk_eval(args);

			args = args->next;
			switch (*p) {
			case 'd': case 'i':
				strcpy(spec + n, "lld");
				snprintf(piece, sizeof piece, spec, (long long)awk_number(&arg));
				break;
			case 'o': case 'x': case 'X': case 'u':
				sprintf(spec + n, "ll%c", *p);
				snprintf(piece, sizeof piece, spec, (unsigned long long)(long long)awk_number(&arg));
				break;
			case 'e': case 'E': case 'f': case 'F': case 'g': case 'G':
				sprintf(spec + n, "%c", *p);
				snprintf(piece, sizeof piece, spec, awk_number(&arg));
				break;
			case 'c':
				strcpy(spec + n, "c");
				if (arg.flags & V_STR && !(arg.flags & V_MAYBE))
					snprintf(piece, sizeof piece, spec, *awk_text(&arg));
				else
					snprintf(piece, sizeof piece, spec, (int)awk_number(&arg));
				break;
			case 's': {
				const char *text = awk_text(&arg);
				int size;

				strcpy(spec + n, "s");
				size = snprintf(NULL, 0, spec, text);
				made = core_malloc((size_t)size + 1);
				sprintf(made, spec, text);
				break;
			}
			default: awk_fail("bad conversion (%%%c) in printf(\"%s\")", *p, awk_text(&value));
			}
		}
		append(&out, &length, &room, made, strlen(made));
		p++;
	}
	return out;
}

/* sub, gsub: the number of replacements. */
static int substitute(struct awk_node *args, int all)
{
	struct awk_value with_value = awk_eval(args->next), target_value, pattern;
	struct awk_node *target = args->next->next, record;
	regex_t *regex;
	const char *text, *with, *at;
	char *out = NULL;
	size_t length = 0, room = 0;
	int count = 0;

	if (!target) {
		memset(&record, 0, sizeof record);
		record.kind = N_FIELD;
		record.a = core_malloc(sizeof *record.a);
		memset(record.a, 0, sizeof *record.a);
		record.a->kind = N_NUMBER;
		target = &record;
	}
	if (args->kind == N_REGEX) {
		regex = args->regex;
	} else {
		pattern = awk_eval(args);
		regex = awk_regex(awk_text(&pattern));
	}
	target_value = awk_eval(target);
	text = at = awk_text(&target_value);
	with = awk_text(&with_value);
	for (;;) {
		regmatch_t found[1];
		const char *p;

		if ((count > 0 && !all) || regexec(regex, at, 1, found, at > text ? REG_NOTBOL : 0) != 0)
			break;
		append(&out, &length, &room, at, (size_t)found[0].rm_so);
		for (p = with; *p; p++) {
			if (*p == '&')
				append(&out, &length, &room, at + found[0].rm_so, (size_t)(found[0].rm_eo - found[0].rm_so));
			else if (*p == '\\' && (p[1] == '&' || p[1] == '\\'))
				append(&out, &length, &room, ++p, 1);
			else
				append(&out, &length, &room, p, 1);
		}
		count++;
		at += found[0].rm_eo;
		if (found[0].rm_eo == found[0].rm_so) {
			if (!*at)
				break;
			append(&out, &length, &room, at++, 1);
		} else if (!*at) {
			break;
		}
	}
	if (count > 0) {
		append(&out, &length, &room, at, strlen(at));
		awk_assign(target, awk_of_text(out));
	}
	return count;
}

static double argument(struct awk_node *args, int index)
{
	struct awk_value value;

	while (index-- > 0 && args)
		args = args->next;
	if (!args)
		return 0;
	value = awk_eval(args);
	return awk_number(&value);
}

static char *text_argument(struct awk_node *args)
{
	struct awk_value value = awk_eval(args);

	return awk_text(&value);
}

static struct awk_value substring(struct awk_node *args)
{
	char *text = text_argument(args);
	double from = argument(args, 1), length = args->next->next ? argument(args, 2) : 1e9, end = from + length, whole = (double)strlen(text);

	/* mawk's way: what lies before the text makes the piece longer. */
	from = trunc(from);
	length = trunc(length);
	if (from < 1) {
		length -= from;
		from = 1;
	}
	end = args->next->next ? from + length : 1e9;
	if (end > whole + 1)
		end = whole + 1;
	if (end <= from)
		return awk_of_text("");
	return awk_of_text(strndup(text + char_bytes(text, (size_t)from - 1), (size_t)(end - from)));
}

static struct awk_value match(struct awk_node *args)
{
	char *text = text_argument(args);
	regex_t *regex = args->next->kind == N_REGEX ? args->next->regex : awk_regex(text_argument(args->next));
	regmatch_t found[1];
	int start = 0, length = -1;

	if (regexec(regex, text, 1, found, 0) == 0) {
		start = found[0].rm_so + 1;
		length = found[0].rm_eo - found[0].rm_so;
	}
	awk_variable("RSTART")->value = awk_of_number(start);
	awk_variable("RLENGTH")->value = awk_of_number(length);
	return awk_of_number(start);
}

static struct awk_value change_case(struct awk_node *args, int (*to)(int))
{
	char *text = core_strdup(text_argument(args)), *p;

	for (p = text; *p; p++)
		*p = (char)to((unsigned char)*p);
	return awk_of_text(text);
}

struct awk_value awk_builtin(struct awk_node *node)
{
	struct awk_node *args = node->a;
	const char *name = node->text;
	static double seed;

	if (strcmp(name, "length") == 0) {
		if (args && (args->kind == N_VAR || args->kind == N_LOCAL)) {
			struct awk_value value = awk_eval(args);

			if (value.flags == (V_NUM | V_STR) && !*value.text && awk_array_of(args)->count)
				return awk_of_number(awk_array_of(args)->count);
		}
		return awk_of_number((double)strlen(args ? text_argument(args) : awk_field(0)));
	}
	if (strcmp(name, "systime") == 0)
		return awk_of_number((double)time(NULL));
	if (strcmp(name, "rand") == 0)
		return awk_of_number((double)(random() % 1000003) / 1000003);
	if (strcmp(name, "srand") == 0) {
		double old = seed;

		seed = args ? argument(args, 0) : (double)time(NULL);
		srandom((unsigned)seed);
		return awk_of_number(old);
	}
	if (strcmp(name, "fflush") == 0)
		return awk_of_number(fflush(NULL));
	if (strcmp(name, "strftime") == 0) {
		char text[256];
		time_t when = args && args->next ? (time_t)argument(args, 1) : time(NULL);

		strftime(text, sizeof text, args ? text_argument(args) : "%c", localtime(&when));
		return awk_of_text(core_strdup(text));
	}
	if (!args)
		awk_fail("syntax error: %s needs an argument", name);
	if (strcmp(name, "substr") == 0) return substring(args);
	if (strcmp(name, "index") == 0) {
		char *text = text_argument(args), *found = strstr(text, text_argument(args->next));

		return awk_of_number(found ? (double)(found - text + 1) : 0);
	}
	if (strcmp(name, "split") == 0) {
		struct awk_node *separator = args->next->next;
		char *text = core_strdup(text_argument(args));

		return awk_of_number(awk_split(text, awk_array_of(args->next), separator && separator->kind != N_REGEX ? text_argument(separator) : awk_text(&awk_variable("FS")->value),
					       separator && separator->kind == N_REGEX ? separator->regex : NULL));
	}
	if (strcmp(name, "sub") == 0 || strcmp(name, "gsub") == 0) return awk_of_number(substitute(args, *name == 'g'));
	if (strcmp(name, "match") == 0) return match(args);
	if (strcmp(name, "sprintf") == 0) return awk_of_text(awk_format(args));
	if (strcmp(name, "tolower") == 0) return change_case(args, tolower);
	if (strcmp(name, "toupper") == 0) return change_case(args, toupper);
	if (strcmp(name, "system") == 0) {
		fflush(NULL);
		return awk_of_number(system(text_argument(args)) >> 8);
	}
	if (strcmp(name, "close") == 0) return awk_of_number(awk_close(text_argument(args)));
	if (strcmp(name, "int") == 0) {
		double value = argument(args, 0);

		return awk_of_number(value < 0 ? ceil(value) : floor(value));
	}
	if (strcmp(name, "sqrt") == 0) return awk_of_number(sqrt(argument(args, 0)));
	if (strcmp(name, "exp") == 0) return awk_of_number(exp(argument(args, 0)));
	if (strcmp(name, "log") == 0) return awk_of_number(log(argument(args, 0)));
	if (strcmp(name, "sin") == 0) return awk_of_number(sin(argument(args, 0)));
	if (strcmp(name, "cos") == 0) return awk_of_number(cos(argument(args, 0)));
	if (strcmp(name, "atan2") == 0) return awk_of_number(atan2(argument(args, 0), argument(args, 1)));
	awk_fail("function %s is not simulated", name);
}
