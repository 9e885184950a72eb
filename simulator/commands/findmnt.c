/* findmnt(8) of util-linux: the mounts of a mount namespace, as a tree. */
#define _GNU_SOURCE
#include "lib/ul.h"
#include "lib/ul_mountinfo.h"
#include "lib/ul_table.h"

#include <err.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <sys/statvfs.h>
#include <unistd.h>

static const struct option LONG[] = {
	{ "all", 0, 0, 'A' }, { "bytes", 0, 0, 'b' }, { "df", 0, 0, 'D' }, { "real", 0, 0, 256 }, { "pseudo", 0, 0, 257 }, { "first-only", 0, 0, 'f' }, { "json", 0, 0, 'J' }, { "kernel", 2, 0, 'k' }, { "list", 0, 0, 'l' }, { "mountpoint", 1, 0, 'M' },
	{ "mtab", 0, 0, 'm' }, { "noheadings", 0, 0, 'n' }, { "nofsroot", 0, 0, 'v' }, { "notruncate", 0, 0, 'u' }, { "options", 1, 0, 'O' }, { "output", 1, 0, 'o' },
	{ "pairs", 0, 0, 'P' }, { "raw", 0, 0, 'r' }, { "source", 1, 0, 'S' }, { "submounts", 0, 0, 'R' }, { "target", 1, 0, 'T' }, { "task", 1, 0, 'N' },
	{ "types", 1, 0, 't' }, { "help", 0, 0, 'h' }, { "version", 0, 0, 'V' }, { 0, 0, 0, 0 },
};
enum column { TARGET, SOURCE, FSTYPE, OPTIONS, VFS_OPTIONS, FS_OPTIONS, PROPAGATION, FSROOT, ID, PARENT, MAJ_MIN, OPT_FIELDS, TID, SIZE, USED, AVAIL, USE, COLUMNS };
static const struct ul_column ALL[COLUMNS] = {
	{ .name = "TARGET", .tree = true }, { .name = "SOURCE" }, { .name = "FSTYPE" }, { .name = "OPTIONS" }, { .name = "VFS-OPTIONS" }, { .name = "FS-OPTIONS" },
	{ .name = "PROPAGATION" }, { .name = "FSROOT" }, { .name = "ID", .right = true, .number = true }, { .name = "PARENT", .right = true, .number = true },
	{ .name = "MAJ:MIN" }, { .name = "OPT-FIELDS" }, { .name = "TID", .right = true, .number = true }, { .name = "SIZE", .right = true, .hint = 5 }, { .name = "USED", .right = true, .hint = 5 },
	{ .name = "AVAIL", .right = true, .hint = 5 }, { .name = "USE%", .right = true },
};

static bool show_root = true;
static const char *task = "self";

/* `shared,slave` and so on: what the optional fields mean. */
static char *propagation(const struct ul_mount *m)
{
	char text[64] = "";
	if (strstr(m->optional, "unbindable"))
		strcat(text, ",unbindable");
	if (strstr(m->optional, "shared:"))
		strcat(text, ",shared");
	if (strstr(m->optional, "master:"))
		strcat(text, strstr(m->optional, "shared:") ? ",slave" : ",private,slave");
	else if (!strstr(m->optional, "shared:"))
		strcat(text, strstr(m->optional, "unbindable") ? "" : ",private");
	if (strstr(m->optional, "unbindable") && !strstr(m->optional, "shared:"))
		return strdup(strstr(m->optional, "master:") ? "private,slave,unbindable" : "private,unbindable");
	return strdup(text + 1);
}

static char *number(unsigned a, unsigned b, const char *format)
{
	char *text;
	if (asprintf(&text, format, a, b) < 0)
		err(EXIT_FAILURE, "cannot allocate memory");
	return text;
}

static bool bytes;

/* What statvfs(3) says of a mount: 1.5G, or with -b 1610612736. */
static char *amount(enum column column, const struct ul_mount *m)
{
	static const char units[] = "BKMGTPE";
	struct statvfs fs;
	char *text;
	if (statvfs(m->target, &fs) != 0)
		return NULL;
	unsigned long long unit = fs.f_frsize, used = fs.f_blocks - fs.f_bfree, value = unit * (column == SIZE ? fs.f_blocks : column == USED ? used : fs.f_bavail);
	if (column == USE && fs.f_blocks == 0)
		return strdup("-");
	if (column == USE)
		return number((unsigned)((double)used / (double)fs.f_blocks * 100 + 0.5), 0, "%u%%");
	if (bytes || value < 1024) {
		if (asprintf(&text, "%llu%s", value, bytes || value == 0 ? "" : "B") < 0)
			err(EXIT_FAILURE, "cannot allocate memory");
		return text;
	}
	int power = 0;
	unsigned long long tenths = value;
	while (power < 6 && value >> (10 * (power + 1)))
		power++;
	tenths = ((value >> (10 * (power - 1))) * 10 + 512) / 1024;
	if (asprintf(&text, tenths % 10 ? "%llu.%llu%c" : "%llu%.0llu%c", tenths / 10, tenths % 10, units[power]) < 0)
		err(EXIT_FAILURE, "cannot allocate memory");
	return text;
}

static bool holds_blocks(const struct ul_mount *m)
{
	struct statvfs fs;
	return statvfs(m->target, &fs) == 0 && fs.f_blocks > 0;
}

/* File systems that keep nothing on a device, by libmount's list. */
static bool is_pseudo(const struct ul_mount *m)
{
	static const char *const types[] = {
		"anon_inodefs", "apparmorfs", "autofs", "bdev", "binder", "binfmt_misc", "bpf", "cgroup", "cgroup2", "configfs", "cpuset", "debugfs", "devfs", "devpts", "devtmpfs", "dlmfs", "dmabuf", "drm", "efivarfs",
		"fuse", "fuse.archivemount", "fuse.avfsd", "fuse.dumpfs", "fuse.encfs", "fuse.gvfs-fuse-daemon", "fuse.gvfsd-fuse", "fuse.lxcfs", "fuse.rofiles-fuse", "fuse.vmware-vmblock", "fuse.xwmfs", "fusectl",
		"hugetlbfs", "ipathfs", "mqueue", "nfsd", "none", "nsfs", "overlay", "pipefs", "proc", "pstore", "ramfs", "resctrl", "rootfs", "rpc_pipefs", "securityfs", "selinuxfs", "smackfs", "sockfs", "spufs",
		"sysfs", "tmpfs", "tracefs", "vboxsf", "virtiofs",
	};
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (!strcmp(m->type, types[i]))
			return true;
	return false;
}

static char *cell(enum column column, const struct ul_mount *m)
{
	char *text;
	switch (column) {
	case TARGET: return m->target;
	case SOURCE:
		/* part of a file system: which part */
		if (!show_root || !strcmp(m->root, "/") || asprintf(&text, "%s[%s]", m->source, m->root) < 0)
			return m->source;
		return text;
	case FSTYPE: return m->type;
	case OPTIONS: return ul_mount_options(m);
	case VFS_OPTIONS: return m->options;
	case FS_OPTIONS: return m->super_options;
	case PROPAGATION: return propagation(m);
	case FSROOT: return m->root;
	case ID: return number(m->id, 0, "%u");
	case PARENT: return number(m->parent, 0, "%u");
	case MAJ_MIN: return number(m->major, m->minor, "%3u:%-3u");
	case OPT_FIELDS: return m->optional;
	case TID: return strcmp(task, "self") ? (char *)task : number(getpid(), 0, "%u");
	case SIZE: case USED: case AVAIL: case USE: return amount(column, m);
	default: return NULL;
	}
}

static size_t parse_columns(char *list, enum column *out)
{
	size_t n = 0;
	char *word;
	while ((word = strsep(&list, ","))) {
		int found = -1;
		for (int c = 0; c < COLUMNS; c++)
			if (!strcasecmp(word, ALL[c].name))
				found = c;
		if (found < 0)
			errx(EXIT_FAILURE, "unknown column: %s", word);
		if (n < COLUMNS)
			out[n++] = found;
	}
	return n;
}

/* The mount that a path is in: the deepest one, and of those the last. */
static const struct ul_mount *holding(const struct ul_mounts *mounts, const char *path)
{
	char at[PATH_MAX];
	if (!realpath(path, at))
		return NULL;
	for (;;) {
		const struct ul_mount *m = ul_mount_on(mounts, *at ? at : "/");
		if (m || !*at || !strcmp(at, "/"))
			return m;
		*strrchr(at, '/') = 0;
	}
}

static bool matches(const struct ul_mount *m, const char *types, const char *options, const char *source)
{
	if (types && !ul_type_matches(m->type, types))
		return false;
	if (source && strcmp(m->source, source))
		return false;
	if (!options)
		return true;
	char *all = ul_mount_options(m), *copy = strdup(options), *rest = copy, *word;
	bool found = true;
	while ((word = strsep(&rest, ",")))
		found &= !strncmp(word, "no", 2) && !ul_in_list(all, word) ? !ul_in_list(all, word + 2) : ul_in_list(all, word);
	free(all);
	free(copy);
	return found;
}

static int by_id(const void *a, const void *b)
{
	return ((const struct ul_mount *)a)->id - ((const struct ul_mount *)b)->id;
}

static const struct ul_mount *with_id(const struct ul_mounts *mounts, int id)
{
	for (size_t i = 0; i < mounts->n; i++)
		if (mounts->list[i].id == id)
			return &mounts->list[i];
	return NULL;
}

/* Is it mounted somewhere below the other? Steps are counted, since a table that changes while it is read may hold a ring. */
static bool is_below(const struct ul_mounts *mounts, const struct ul_mount *m, const struct ul_mount *top)
{
	for (size_t steps = 0; m && steps < mounts->n; steps++) {
		if (m->parent == top->id)
			return m != top;
		m = with_id(mounts, m->parent);
	}
	return false;
}

int main(int argc, char *argv[])
{
	enum column columns[COLUMNS] = { TARGET, SOURCE, FSTYPE, OPTIONS };
	size_t n_columns = 4, n = 0;
	bool tree = true, first = false, headings = true, raw = false, json = false, pairs = false, below = false, truncate = true;
	const char *types = NULL, *options = NULL, *source = NULL, *mountpoint = NULL, *path = NULL, *either = NULL;
	bool sizes = false;
	int c, kind = 0;
	while ((c = getopt_long(argc, argv, "AabCcDfJk::lM:mN:nO:o:PRrS:T:t:uvhV", LONG, NULL)) != -1) {
		switch (c) {
		case 'b': bytes = true; break;
		case 'D': memcpy(columns, (enum column[]){ SOURCE, FSTYPE, SIZE, USED, AVAIL, USE, TARGET }, 7 * sizeof *columns), n_columns = 7, tree = false, sizes = true; break;
		case 256: case 257: kind = c; break;
		case 'f': first = true; break;
		case 'J': json = true; break;
		case 'l': tree = false; break;
		case 'M': mountpoint = optarg; break;
		case 'N': task = optarg; break;
		case 'n': headings = false; break;
		case 'O': options = optarg; break;
		case 'o': n_columns = parse_columns(optarg, columns); break;
		case 'P': pairs = true, tree = false; break;
		case 'R': below = true; break;
		case 'r': raw = true, tree = false; break;
		case 'S': source = optarg; break;
		case 'T': path = optarg; break;
		case 't': types = optarg; break;
		case 'u': truncate = false; break;
		case 'v': show_root = false; break;
		case 'A': case 'a': case 'C': case 'c': case 'k': case 'm': break;
		case 'h': ul_help(" findmnt [options] [<source>|<mountpoint>]\n\nOptions: -t <types>, -O <options>, -S <source>, -T <path>, -M <dir>, -R, -o <columns>, -N <tid>,\n-l, -n, -r, -P, -J, -f. See findmnt(8).\n");
		case 'V': ul_version();
		default: ul_try_help();
		}
	}
	if (optind < argc)
		either = argv[optind++];
	if (optind < argc)
		mountpoint = argv[optind];
	char file[PATH_MAX], canonical[PATH_MAX];
	snprintf(file, sizeof file, "/proc/%.32s/mountinfo", task);
	struct ul_mounts mounts = ul_mounts_read(file);

	const struct ul_mount *one = NULL;
	if (path)
		one = holding(&mounts, path);
	if (mountpoint)
		one = ul_mount_on(&mounts, realpath(mountpoint, canonical) ? canonical : mountpoint);
	if (either) {
		one = ul_mount_on(&mounts, realpath(either, canonical) ? canonical : either);
		if (!one)
			source = either;
	}
	bool chosen = path || mountpoint || (either && one);
	if (chosen && !one)
		return EXIT_FAILURE;
	int chosen_id = one ? one->id : 0;
	if (either && source)
		tree = false;
	if (tree)
		qsort(mounts.list, mounts.n, sizeof *mounts.list, by_id);
	/* sorting moved them */
	if (chosen && tree)
		one = with_id(&mounts, chosen_id);
	struct ul_row *rows = calloc(mounts.n + 1, sizeof *rows);
	const struct ul_mount **shown = calloc(mounts.n + 1, sizeof *shown);
	for (size_t i = 0; i < mounts.n; i++) {
		const struct ul_mount *m = &mounts.list[i];
		bool wanted = chosen ? m == one || (below && is_below(&mounts, m, one)) : matches(m, types, options, source);
		if (!wanted || (first && n) || (sizes && !holds_blocks(m)) || (kind && (kind == 257) != is_pseudo(m)))
			continue;
		shown[n] = m;
		rows[n] = (struct ul_row){ calloc(n_columns, sizeof(char *)), -1 };
		for (size_t col = 0; col < n_columns; col++)
			rows[n].cells[col] = cell(columns[col], m);
		n++;
	}
	for (size_t i = 0; tree && i < n; i++)
		for (size_t k = 0; k < n; k++)
			if (k != i && shown[k]->id == shown[i]->parent)
				rows[i].parent = k;
	if (n == 0)
		return EXIT_FAILURE;
	if (pairs) {
		for (size_t i = 0; i < n; i++)
			for (size_t col = 0; col < n_columns; col++)
				printf("%s=\"%s\"%c", ALL[columns[col]].name, rows[i].cells[col] ? rows[i].cells[col] : "", col + 1 < n_columns ? ' ' : '\n');
		return EXIT_SUCCESS;
	}
	struct ul_column shapes[COLUMNS];
	for (size_t i = 0; i < n_columns; i++) {
		shapes[i] = ALL[columns[i]];
		shapes[i].tree &= tree;
	}
	struct ul_table table = { .columns = shapes, .n_columns = n_columns, .rows = rows, .n_rows = n, .headings = headings, .raw = raw, .json = json, .json_name = "filesystems" };
	struct winsize size;
	if (truncate && isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
		table.width = size.ws_col;
	ul_table_print(&table);
	return EXIT_SUCCESS;
}
