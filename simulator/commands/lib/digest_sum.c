/* What md5sum and its kin of coreutils do. */
#include "core.h"
#include "digest.h"

#include <errno.h>
#include <getopt.h>
#include <string.h>
#include <strings.h>

static enum digest_kind kind;
static int tag, quiet, silent, ending = '\n';

static int digest(const char *name, char text[129])
{
	FILE *file = strcmp(name, "-") == 0 ? stdin : fopen(name, "r");
	unsigned char bytes[4096];
	struct digest d;
	size_t got;

	if (!file) {
		core_error(0, errno, "%s", core_quotef(name));
		return 0;
	}
	digest_start(&d, kind);
	while ((got = fread(bytes, 1, sizeof bytes, file)) > 0)
		digest_add(&d, bytes, got);
	if (ferror(file)) {
		core_error(0, errno, "%s", core_quotef(name));
		return 0;
	}
	if (file != stdin)
		fclose(file);
	return digest_end(&d, text);
}

static int check(const char *name)
{
	static const size_t sizes[] = { 32, 40, 56, 64, 96, 128 };
	FILE *file = strcmp(name, "-") == 0 ? stdin : fopen(name, "r");
	size_t size = sizes[kind], room = 0;
	char *line = NULL, text[129];
	int failed = 0, unreadable = 0, wrong = 0, lines = 0;

	if (!file) {
		core_error(0, errno, "%s", core_quotef(name));
		return 1;
	}
	while (getline(&line, &room, file) > 0) {
		char *path = line + size + 2;

		line[strcspn(line, "\n")] = '\0';
		if (strspn(line, "0123456789abcdefABCDEF") != size || line[size] != ' ' || (line[size + 1] != ' ' && line[size + 1] != '*') || !*path) {
			wrong++;
			continue;
		}
		lines++;
		if (!digest(path, text)) {
			if (!silent)
				printf("%s: FAILED open or read\n", path);
			unreadable++;
		} else if (strncasecmp(text, line, size) == 0) {
			if (!silent && !quiet)
				printf("%s: OK\n", path);
		} else {
			if (!silent)
				printf("%s: FAILED\n", path);
			failed++;
		}
	}
	if (file != stdin)
		fclose(file);
	if (!lines) {
		core_error(0, 0, "%s: no properly formatted checksum lines found", core_quotef(strcmp(name, "-") ? name : "standard input"));
		return 1;
	}
	if (wrong && !silent)
		core_error(0, 0, wrong == 1 ? "WARNING: %d line is improperly formatted" : "WARNING: %d lines are improperly formatted", wrong);
	if (unreadable && !silent)
		core_error(0, 0, "WARNING: %d listed file%s could not be read", unreadable, unreadable > 1 ? "s" : "");
	if (failed && !silent)
		core_error(0, 0, "WARNING: %d computed checksum%s did NOT match", failed, failed > 1 ? "s" : "");
	return failed || unreadable;
}

int digest_main(int argc, char **argv, enum digest_kind of)
{
	static const char *const names[] = { "MD5", "SHA1", "SHA224", "SHA256", "SHA384", "SHA512" };
	static const struct option longs[] = {
		{ "check", 0, NULL, 'c' }, { "binary", 0, NULL, 'b' }, { "text", 0, NULL, 't' }, { "zero", 0, NULL, 'z' }, { "warn", 0, NULL, 'w' }, { "tag", 0, &tag, 1 }, { "quiet", 0, &quiet, 1 },
		{ "status", 0, &silent, 1 }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	static char *standard[] = { (char *)"-" };
	int option, checks = 0, binary = 0, status = 0, i, count;
	char text[129];

	kind = of;
	core_start(argv[0], "[OPTION]... [FILE]...");
	while ((option = core_getopt(argc, argv, "bctwz", longs)) != -1) {
		checks |= option == 'c';
		binary = option == 'b' || (binary && option != 't');
		if (option == 'z')
			ending = '\0';
	}
	count = argc - optind;
	argv += optind;
	if (count == 0) {
		argv = standard;
		count = 1;
	}
	for (i = 0; i < count; i++) {
		if (checks)
			status |= check(argv[i]);
		else if (!digest(argv[i], text))
			status = 1;
		else if (tag)
			printf("%s (%s) = %s%c", names[kind], argv[i], text, ending);
		else
			printf("%s %c%s%c", text, binary ? '*' : ' ', argv[i], ending);
	}
	return status;
}
