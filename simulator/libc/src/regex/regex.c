/* regcomp, regexec, regerror, regfree of POSIX. */
#define _GNU_SOURCE
#include <libc/regex_program.h>

#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int utf8_locale(void)
{
	const char *name = getenv("LC_ALL");

	if (!name || !*name)
		name = getenv("LC_CTYPE");
	if (!name || !*name)
		name = getenv("LANG");
	return name && (strstr(name, "UTF-8") || strstr(name, "utf8"));
}

static struct rx_program *program_of(const regex_t *regex)
{
	struct rx_program *program;

	memcpy(&program, regex, sizeof program);   /* the first member, whatever it is called */
	return program;
}

int regcomp(regex_t *regex, const char *pattern, int flags)
{
	struct rx_program *program = calloc(1, sizeof *program);
	int error;

	if (!program)
		return REG_ESPACE;
	memset(regex, 0, sizeof *regex);
	program->utf8 = utf8_locale();
	program->icase = (flags & REG_ICASE) != 0;
	program->newline = (flags & REG_NEWLINE) != 0;
	program->lenient = (flags & __REG_LENIENT) != 0;
	error = rx_compile(program, pattern, strlen(pattern), (flags & REG_EXTENDED) != 0);
	memcpy(regex, &program, sizeof program);
	if (error) {
		regfree(regex);
		return error;
	}
	regex->re_nsub = (size_t)program->groups;
	return 0;
}

int regexec(const regex_t *restrict regex, const char *restrict text, size_t count, regmatch_t found[], int flags)
{
	struct rx_program *program = program_of(regex);
	size_t from = 0, end, i;
	int slots[20], wanted = count > 10 ? 20 : count ? 2 * (int)count : 2;

	if (flags & REG_STARTEND) {
		from = (size_t)found[0].rm_so;
		end = (size_t)found[0].rm_eo;
	} else {
		end = strlen(text);
	}
	if (!rx_search(program, text, end, from, flags, slots, wanted))
		return REG_NOMATCH;
	for (i = 0; i < count; i++) {
		int has = i < 10 && (int)i <= program->groups && slots[2 * i] >= 0 && slots[2 * i + 1] >= 0;

		found[i].rm_so = has ? slots[2 * i] : -1;
		found[i].rm_eo = has ? slots[2 * i + 1] : -1;
	}
	return 0;
}

void regfree(regex_t *regex)
{
	struct rx_program *program = program_of(regex);

	if (!program)
		return;
	free(program->steps);
	free(program->sets);
	free(program);
	memset(regex, 0, sizeof *regex);
}

size_t regerror(int error, const regex_t *regex, char *text, size_t size)
{
	static const char *const texts[] = {
		[REG_NOERROR] = "Success", [REG_NOMATCH] = "No match", [REG_BADPAT] = "Invalid regular expression", [REG_ECOLLATE] = "Invalid collation character",
		[REG_ECTYPE] = "Invalid character class name", [REG_EESCAPE] = "Trailing backslash", [REG_ESUBREG] = "Invalid back reference",
		[REG_EBRACK] = "Unmatched [, [^, [:, [., or [=", [REG_EPAREN] = "Unmatched ( or \\(", [REG_EBRACE] = "Unmatched \\{",
		[REG_BADBR] = "Invalid content of \\{\\}", [REG_ERANGE] = "Invalid range end", [REG_ESPACE] = "Memory exhausted",
		[REG_BADRPT] = "Invalid preceding regular expression", [REG_EEND] = "Premature end of regular expression", [REG_ESIZE] = "Regular expression too big",
		[REG_ERPAREN] = "Unmatched ) or \\)",
	};
	const char *message = error >= 0 && error <= REG_ERPAREN ? texts[error] : "Unknown error";

	(void)regex;
	if (size)
		snprintf(text, size, "%s", message);
	return strlen(message) + 1;
}
