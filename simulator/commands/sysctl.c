/* sysctl(8) of procps 4.0.2: values below /proc/sys. Uses lib/regex*.c. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <getopt.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int names_only, values_only, quiet, ignore, no_newline, status;
static const char *pattern;
static regex_t regex;

/* net.ipv4.ip_forward and net/ipv4/ip_forward */
static char *path_of(const char *name)
{
	char *path = malloc(strlen(name) + 16), *p;
	char separator = name[strcspn(name, "./")] == '/' ? '/' : '.';

	sprintf(path, "/proc/sys/%s", name);
	for (p = path + 10; *p; p++) {
		if (separator == '.' && *p == '.')
			*p = '/';
		else if (separator == '.' && *p == '/')
			*p = '.';
	}
	return path;
}

static char *name_of(const char *path)
{
	char *name = strdup(path + 10), *p;

	for (p = name; *p; p++)
		*p = *p == '/' ? '.' : *p == '.' ? '/' : *p;
	return name;
}

static void put(const char *name, char *line)
{
	line[strcspn(line, "\n")] = '\0';
	if (values_only)
		printf(no_newline ? "%s" : "%s\n", line);
	else
		printf("%s = %s\n", name, line);
}

static void show(const char *path)
{
	char *name = name_of(path), line[4096];
	struct stat st;
	FILE *file;

	if (stat(path, &st) != 0) {
		if (!ignore) {
			fprintf(stderr, "sysctl: cannot stat %s: %s\n", path, strerror(errno));
			status = 1;
		}
		return;
	}
	if (S_ISDIR(st.st_mode)) {
		struct dirent **entries;
		int count = scandir(path, &entries, NULL, alphasort), i;

		for (i = 0; i < count; i++) {
			char inner[4096];

			if (entries[i]->d_name[0] == '.')
				continue;
			snprintf(inner, sizeof inner, "%s/%s", path, entries[i]->d_name);
			show(inner);
		}
		return;
	}
	if (pattern && regexec(&regex, name, 0, NULL, 0) != 0)
		return;
	if (names_only) {
		puts(name);
		return;
	}
	if (!(st.st_mode & 0444))
		return;
	file = fopen(path, "r");
	if (!file || (errno = 0, !fgets(line, sizeof line, file))) {
		if (errno == EACCES)
			fprintf(stderr, "sysctl: permission denied on key '%s'\n", name);
		else if (errno)
			fprintf(stderr, "sysctl: error reading key '%s': %s\n", name, strerror(errno));
		else if (!values_only)
			printf("%s = \n", name);
		if (errno)
			status = 1;
		if (file)
			fclose(file);
		return;
	}
	do
		put(name, line);
	while (fgets(line, sizeof line, file));
	fclose(file);
}

static void set(char *setting)
{
	char *equals = strchr(setting, '='), *value, *path, *end;
	FILE *file;

	value = equals + 1;
	end = equals;
	while (end > setting && strchr(" \t", end[-1]))
		end--;
	*end = '\0';
	value += strspn(value, " \t");
	path = path_of(setting);
	if (access(path, F_OK) != 0) {
		if (!ignore) {
			fprintf(stderr, "sysctl: cannot stat %s: %s\n", path, strerror(errno));
			status = 1;
		}
		return;
	}
	file = fopen(path, "w");
	if (!file || fprintf(file, "%s\n", value) < 0 || fclose(file) != 0) {
		if (errno == EACCES)
			fprintf(stderr, "sysctl: permission denied on key \"%s\"%s\n", setting, "");
		else
			fprintf(stderr, "sysctl: setting key \"%s\"%s%s\n", setting, file ? ": " : ": ", strerror(errno));
		status = 1;
		return;
	}
	if (!quiet)
	{
		if (!values_only)
			printf("%s", name_of(path));
		if (!values_only && !names_only)
			printf(" = ");
		printf("%s\n", names_only ? "" : value);
	}
}

static void load(const char *name)
{
	FILE *file = fopen(name, "r");
	char line[4096];

	if (!file) {
		fprintf(stderr, "sysctl: cannot open \"%s\": %s\n", name, strerror(errno));
		status = 1;
		return;
	}
	while (fgets(line, sizeof line, file)) {
		char *start = line + strspn(line, " \t");

		start[strcspn(start, "\n")] = '\0';
		if (*start && *start != '#' && *start != ';' && strchr(start, '='))
			set(start);
	}
	fclose(file);
}

static void usage(FILE *to)
{
	fputs("\nUsage:\n sysctl [options] [variable[=value] ...]\n\nOptions:\n  -a, --all            display all variables\n  -A                   alias of -a\n"
			      "  -X                   alias of -a\n      --deprecated     include deprecated parameters to listing\n  -b, --binary         print value without new line\n"
			      "  -e, --ignore         ignore unknown variables errors\n  -N, --names          print variable names without values\n"
			      "  -n, --values         print only values of the given variable(s)\n  -p, --load[=<file>]  read values from file\n  -f                   alias of -p\n"
			      "      --system         read values from all system directories\n  -r, --pattern <expression>\n                       select setting that match expression\n"
			      "  -q, --quiet          do not echo variable set\n  -w, --write          enable writing a value to variable\n  -o                   does nothing\n"
			      "  -x                   does nothing\n  -d                   alias of -h\n\n -h, --help     display this help and exit\n"
			      " -V, --version  output version information and exit\n\nFor more details see sysctl(8).\n", to);
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "all", 0, NULL, 'a' }, { "names", 0, NULL, 'N' }, { "values", 0, NULL, 'n' }, { "binary", 0, NULL, 'b' }, { "ignore", 0, NULL, 'e' },
		{ "write", 0, NULL, 'w' }, { "quiet", 0, NULL, 'q' }, { "load", 2, NULL, 'p' }, { "pattern", 1, NULL, 'r' }, { "help", 0, NULL, 'h' },
		{ "version", 0, NULL, 'V' }, { NULL, 0, NULL, 0 },
	};
	int option, all = 0, loading = 0, write_mode = 0;

	while ((option = getopt_long(argc, argv, "neNwfp::qoxaAXr:bhVd", longs, NULL)) != -1) {
		switch (option) {
		case 'a': case 'A': case 'X': all = 1; break;
		case 'N': names_only = 1; break;
		case 'n': values_only = 1; break;
		case 'b': values_only = no_newline = 1; break;
		case 'e': ignore = 1; break;
		case 'w': write_mode = 1; break;
		case 'q': quiet = 1; break;
		case 'p': loading = 1; if (optarg) { load(optarg); return status; } break;
		case 'r':
			pattern = optarg;
			if (regcomp(&regex, pattern, REG_EXTENDED)) {
				fprintf(stderr, "sysctl: invalid pattern\n");
				return 1;
			}
			break;
		case 'V': puts("sysctl from procps-ng 4.0.2"); return 0;
		default:
			usage(option == 'h' || option == 'd' ? stdout : stderr);
			return option != 'h' && option != 'd';
		}
	}
	if (all) {
		show("/proc/sys");
		return status;
	}
	if (loading) {
		load(optind < argc ? argv[optind] : "/etc/sysctl.conf");
		return status;
	}
	if (optind == argc) {
		usage(stdout);
		return 1;
	}
	for (; optind < argc; optind++) {
		if (strchr(argv[optind], '='))
			set(argv[optind]);
		else if (write_mode)
			fprintf(stderr, "sysctl: \"%s\" must be of the form name=value\n", argv[optind]), status = 1;
		else
			show(path_of(argv[optind]));
	}
	return status;
}
