/* diff(1) of diffutils 3.8: normal, unified and brief, for files and directories. Uses lib/core*.c. */
#define _GNU_SOURCE
#include "lib/core.h"

#include <dirent.h>
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct text { char **line; int count, no_newline; };
struct change { int old_from, old_count, new_from, new_count; };
static int brief, unified = -1, recursive, ignore_case, ignore_blanks, report_same;
static struct change *changes;
static int change_count;
static char shown_options[256];

static void read_text(const char *name, struct text *text)
{
	FILE *file = strcmp(name, "-") == 0 ? stdin : fopen(name, "r");
	char *line = NULL;
	size_t room = 0;
	ssize_t length;

	memset(text, 0, sizeof *text);
	if (!file)
		core_error(2, errno, "%s", name);
	while ((length = getline(&line, &room, file)) > 0) {
		if (line[length - 1] == '\n')
			line[length - 1] = '\0';
		else
			text->no_newline = 1;
		text->line = core_realloc(text->line, (size_t)(text->count + 1) * sizeof *text->line);
		text->line[text->count++] = core_strdup(line);
	}
	free(line);
	if (file != stdin)
		fclose(file);
}

static int same(const struct text *a, int i, const struct text *b, int j)
{
	const char *x = a->line[i], *y = b->line[j];

	if ((a->no_newline && i == a->count - 1) != (b->no_newline && j == b->count - 1))
		return 0;
	if (!ignore_blanks)
		return (ignore_case ? strcasecmp(x, y) : strcmp(x, y)) == 0;
	for (;;) {
		while (*x == ' ' || *x == '\t') x++;
		while (*y == ' ' || *y == '\t') y++;
		if (*x != *y)
			return 0;
		if (!*x)
			return 1;
		x++, y++;
	}
}

static void add_change(int old_from, int old_count, int new_from, int new_count)
{
	changes = core_realloc(changes, (size_t)(change_count + 1) * sizeof *changes);
	changes[change_count++] = (struct change){ old_from, old_count, new_from, new_count };
}

/* The shortest edit (Myers): the furthest ends of each number of edits are kept, to walk back on. */
static void compare(const struct text *a, const struct text *b)
{
	int n = a->count, m = b->count, most = n + m, d, k, x = 0, y = 0, **kept = core_malloc((size_t)(most + 2) * sizeof *kept), *v;
	unsigned char *removed = core_malloc((size_t)n + 1), *added = core_malloc((size_t)m + 1);

	memset(removed, 0, (size_t)n + 1);
	memset(added, 0, (size_t)m + 1);
	v = core_malloc((size_t)(2 * most + 3) * sizeof *v);
	memset(v, 0, (size_t)(2 * most + 3) * sizeof *v);
	v += most + 1;
	for (d = 0; d <= most; d++) {
		int done = 0;

		kept[d] = core_malloc((size_t)(2 * d + 3) * sizeof **kept);
		memcpy(kept[d], v - d - 1, (size_t)(2 * d + 3) * sizeof **kept);
		for (k = -d; k <= d && !done; k += 2) {
			x = k == -d || (k != d && v[k - 1] < v[k + 1]) ? v[k + 1] : v[k - 1] + 1;
			y = x - k;
			while (x < n && y < m && same(a, x, b, y))
				x++, y++;
			v[k] = x;
			done = x >= n && y >= m;
		}
		if (done)
			break;
	}
	for (x = n, y = m; d > 0; d--) {
		int *before = kept[d] + d + 1, from;

		k = x - y;
		from = k == -d || (k != d && before[k - 1] < before[k + 1]) ? k + 1 : k - 1;
		while (x > before[from] && y > before[from] - from && x > 0 && y > 0 && !(x == before[from] + (from < k) && y == before[from] - from + (from > k)))
			x--, y--;
		if (from > k)
			added[--y] = 1;
		else
			removed[--x] = 1;
	}
	for (x = y = 0; x < n || y < m;) {
		int old_from = x, new_from = y;

		while (x < n && removed[x]) x++;
		while (y < m && added[y]) y++;
		if (x > old_from || y > new_from)
			add_change(old_from, x - old_from, new_from, y - new_from);
		else
			x++, y++;
	}
}

static void put_line(const char *mark, const struct text *text, int index)
{
	printf("%s%s\n", mark, text->line[index]);
	if (text->no_newline && index == text->count - 1)
		puts("\\ No newline at end of file");
}

static void range(int from, int count)
{
	if (count > 1)
		printf("%d,%d", from + 1, from + count);
	else
		printf("%d", count ? from + 1 : from);
}

static void normal(const struct text *a, const struct text *b)
{
	int i, j;

	for (i = 0; i < change_count; i++) {
		struct change *c = &changes[i];

		range(c->old_from, c->old_count);
		putchar(!c->old_count ? 'a' : !c->new_count ? 'd' : 'c');
		range(c->new_from, c->new_count);
		putchar('\n');
		for (j = 0; j < c->old_count; j++)
			put_line("< ", a, c->old_from + j);
		if (c->old_count && c->new_count)
			puts("---");
		for (j = 0; j < c->new_count; j++)
			put_line("> ", b, c->new_from + j);
	}
}

static void header(const char *mark, const char *name)
{
	struct stat st;
	struct tm tm;
	char when[64], zone[16];

	if ((strcmp(name, "-") == 0 ? fstat(0, &st) : stat(name, &st)) != 0)
		memset(&st, 0, sizeof st);
	localtime_r(&st.st_mtim.tv_sec, &tm);
	strftime(when, sizeof when, "%Y-%m-%d %H:%M:%S", &tm);
	strftime(zone, sizeof zone, "%z", &tm);
	printf("%s %s\t%s.%09ld %s\n", mark, name, when, st.st_mtim.tv_nsec, zone);
}

static void unified_range(int from, int count)
{
	if (count == 1)
		printf("%d", from + 1);
	else
		printf("%d,%d", count ? from + 1 : from, count);
}

static void in_context(const struct text *a, const struct text *b)
{
	int i = 0, j;

	while (i < change_count) {
		int last = i, old_from, old_to, new_from, new_to, x;

		while (last + 1 < change_count && changes[last + 1].old_from - (changes[last].old_from + changes[last].old_count) <= 2 * unified)
			last++;
		old_from = changes[i].old_from - unified < 0 ? 0 : changes[i].old_from - unified;
		new_from = changes[i].new_from - (changes[i].old_from - old_from);
		old_to = changes[last].old_from + changes[last].old_count + unified;
		if (old_to > a->count)
			old_to = a->count;
		new_to = changes[last].new_from + changes[last].new_count + (old_to - changes[last].old_from - changes[last].old_count);
		printf("@@ -");
		unified_range(old_from, old_to - old_from);
		printf(" +");
		unified_range(new_from, new_to - new_from);
		puts(" @@");
		for (x = old_from; i <= last; i++) {
			for (; x < changes[i].old_from; x++)
				put_line(" ", a, x);
			for (j = 0; j < changes[i].old_count; j++)
				put_line("-", a, x++);
			for (j = 0; j < changes[i].new_count; j++)
				put_line("+", b, changes[i].new_from + j);
		}
		for (; x < old_to; x++)
			put_line(" ", a, x);
	}
}

static int files(const char *old, const char *new, int show_command)
{
	struct text a, b;

	read_text(old, &a);
	read_text(new, &b);
	change_count = 0;
	compare(&a, &b);
	if (change_count == 0) {
		if (report_same)
			printf("Files %s and %s are identical\n", old, new);
		return 0;
	}
	if (brief) {
		printf("Files %s and %s differ\n", old, new);
		return 1;
	}
	if (show_command)
		printf("diff%s %s %s\n", shown_options, old, new);
	if (unified >= 0) {
		header("---", old);
		header("+++", new);
		in_context(&a, &b);
	} else {
		normal(&a, &b);
	}
	return 1;
}

static int is_directory(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static char *join(const char *directory, const char *name)
{
	char *path = core_malloc(strlen(directory) + strlen(name) + 2);

	sprintf(path, "%s/%s", directory, name);
	return path;
}

static int directories(const char *old, const char *new)
{
	struct dirent **a, **b;
	int n = scandir(old, &a, NULL, alphasort), m = scandir(new, &b, NULL, alphasort), i = 0, j = 0, status = 0;

	if (n < 0 || m < 0)
		core_error(2, errno, "%s", n < 0 ? old : new);
	while (i < n || j < m) {
		int order = i == n ? 1 : j == m ? -1 : strcmp(a[i]->d_name, b[j]->d_name);
		const char *name = order <= 0 ? a[i]->d_name : b[j]->d_name;

		i += order <= 0;
		j += order >= 0;
		if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
			continue;
		if (order) {
			printf("Only in %s: %s\n", order < 0 ? old : new, name);
			status = 1;
		} else if (is_directory(join(old, name)) && is_directory(join(new, name))) {
			if (recursive)
				status |= directories(join(old, name), join(new, name));
			else
				printf("Common subdirectories: %s and %s\n", join(old, name), join(new, name));
		} else {
			status |= files(join(old, name), join(new, name), 1);
		}
	}
	return status;
}

static void try_help(void)
{
	fprintf(stderr, "%s: Try '%s --help' for more information.\n", core_name, core_name);
	exit(2);
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "brief", 0, NULL, 'q' }, { "report-identical-files", 0, NULL, 's' }, { "unified", 2, NULL, 'U' }, { "recursive", 0, NULL, 'r' }, { "ignore-case", 0, NULL, 'i' },
		{ "ignore-all-space", 0, NULL, 'w' }, { "new-file", 0, NULL, 'N' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	const char *old, *new;
	int option;

	core_trouble = 2;
	core_start(argv[0], "[OPTION]... FILES");
	while ((option = core_getopt(argc, argv, "abiqrsuU:wN", longs)) != -1) {
		switch (option) {
		case 'q': brief = 1; break;
		case 's': report_same = 1; break;
		case 'u': unified = 3; break;
		case 'U': unified = optarg ? atoi(optarg) : 3; break;
		case 'r': recursive = 1; break;
		case 'i': ignore_case = 1; break;
		case 'b': case 'w': ignore_blanks = 1; break;
		}
		snprintf(shown_options + strlen(shown_options), sizeof shown_options - strlen(shown_options), " -%c%s", option, option == 'U' && optarg ? optarg : "");
	}
	if (argc - optind < 2) {
		core_error(0, 0, "missing operand after '%s'", argv[argc - 1]);
		try_help();
	}
	if (argc - optind > 2) {
		core_error(0, 0, "extra operand '%s'", argv[optind + 2]);
		try_help();
	}
	old = argv[optind];
	new = argv[optind + 1];
	if (is_directory(old) && is_directory(new))
		return directories(old, new);
	if (is_directory(old))
		old = join(old, core_base_name(new));
	else if (is_directory(new))
		new = join(new, core_base_name(old));
	if (access(old, F_OK) != 0 && strcmp(old, "-") != 0)
		core_error(0, errno, "%s", old);
	if (access(new, F_OK) != 0 && strcmp(new, "-") != 0)
		core_error(2, errno, "%s", new);
	if (access(old, F_OK) != 0 && strcmp(old, "-") != 0)
		return 2;
	return files(old, new, 0);
}
