/* lsns(8) of util-linux: the namespaces that processes are in. */
#define _GNU_SOURCE
#include "lib/ul.h"
#include "lib/ul_mountinfo.h"
#include "lib/ul_namespaces.h"
#include "lib/ul_table.h"

#include <ctype.h>
#include <dirent.h>
#include <err.h>
#include <fcntl.h>
#include <getopt.h>
#include <linux/nsfs.h>
#include <pwd.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OPT_ALL_COLUMNS = 256 };
static const struct option LONG[] = {
	{ "json", 0, 0, 'J' }, { "task", 1, 0, 'p' }, { "help", 0, 0, 'h' }, { "output", 1, 0, 'o' }, { "output-all", 0, 0, OPT_ALL_COLUMNS }, { "notruncate", 0, 0, 'u' },
	{ "version", 0, 0, 'V' }, { "noheadings", 0, 0, 'n' }, { "nowrap", 0, 0, 'W' }, { "list", 0, 0, 'l' }, { "raw", 0, 0, 'r' }, { "type", 1, 0, 't' },
	{ "tree", 2, 0, 'T' }, { 0, 0, 0, 0 },
};
enum column { NS, TYPE, PATH, NPROCS, PID, PPID, COMMAND, UID, USER, NETNSID, NSFS, PNS, ONS, COLUMNS };
static const struct ul_column ALL[COLUMNS] = {
	{ .name = "NS", .right = true, .number = true },
	{ .name = "TYPE", .hint = 5 },
	{ .name = "PATH" },
	{ .name = "NPROCS", .right = true, .number = true, .hint = 5 },
	{ .name = "PID", .right = true, .number = true, .hint = 5 },
	{ .name = "PPID", .right = true, .number = true, .hint = 5 },
	{ .name = "COMMAND" },
	{ .name = "UID", .right = true, .number = true },
	{ .name = "USER" },
	{ .name = "NETNSID" },
	{ .name = "NSFS" },
	{ .name = "PNS", .right = true, .number = true },
	{ .name = "ONS", .right = true, .number = true },
};

struct process { pid_t pid, ppid; uid_t uid; uint64_t in[UL_NAMESPACES]; };
struct namespace { uint64_t inode, parent, owner; int type; size_t nprocs; const struct process *lead; };
enum tree { LIST, BY_PROCESS, BY_PARENT, BY_OWNER };

static struct process *processes;
static size_t n_processes;
static struct namespace *namespaces;
static size_t n_namespaces;
/* Types that are asked for; all when `any` is false. */
static bool wanted[UL_NAMESPACES], any;

static void *grow(void *list, size_t n, size_t size)
{
	list = realloc(list, (n + 1) * size);
	if (!list)
		err(EXIT_FAILURE, "cannot allocate memory");
	return list;
}

static uint64_t inode_of(int fd)
{
	struct stat st;
	uint64_t inode = fd >= 0 && fstat(fd, &st) == 0 ? st.st_ino : 0;
	if (fd >= 0)
		close(fd);
	return inode;
}

static struct namespace *find(uint64_t inode)
{
	for (size_t i = 0; i < n_namespaces; i++)
		if (namespaces[i].inode == inode)
			return &namespaces[i];
	return NULL;
}

static struct namespace *add(uint64_t inode, int type, uint64_t parent, uint64_t owner)
{
	namespaces = grow(namespaces, n_namespaces, sizeof *namespaces);
	namespaces[n_namespaces] = (struct namespace){ inode, parent, owner, type, 0, NULL };
	return &namespaces[n_namespaces++];
}

/* Owner and parent, where the kernel tells; and those again, which may have no process. */
static void relate(int fd, int type, uint64_t *parent, uint64_t *owner)
{
	int of = ioctl(fd, NS_GET_USERNS), up = -1;
	*owner = *parent = 0;
	if (of >= 0) {
		uint64_t above, over;
		relate(of, 0, &above, &over);
		*owner = inode_of(of);
		if (*owner && !find(*owner))
			add(*owner, 0, above, over);
	}
	if (!strcmp(ul_namespaces[type].name, "user") || !strcmp(ul_namespaces[type].name, "pid")) {
		up = ioctl(fd, NS_GET_PARENT);
		if (up >= 0) {
			uint64_t above, over;
			relate(up, type, &above, &over);
			*parent = inode_of(up);
			if (*parent && !find(*parent))
				add(*parent, type, above, over);
		}
	}
}

static bool read_process(pid_t pid, struct process *out)
{
	char path[64], line[512];
	struct stat st;
	snprintf(path, sizeof path, "/proc/%d", (int)pid);
	if (stat(path, &st) != 0)
		return false;
	*out = (struct process){ .pid = pid, .uid = st.st_uid };
	snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
	FILE *file = fopen(path, "r");
	char *end = file && fgets(line, sizeof line, file) ? strrchr(line, ')') : NULL;
	if (file)
		fclose(file);
	if (!end || sscanf(end + 1, " %*c %d", &out->ppid) != 1)
		return false;
	for (int i = 0; i < UL_NAMESPACES; i++) {
		snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, ul_namespaces[i].file);
		int fd = !any || wanted[i] ? open(path, O_RDONLY | O_CLOEXEC) : -1;
		if (fd < 0)
			continue;
		if (fstat(fd, &st) == 0)
			out->in[i] = st.st_ino;
		if (out->in[i] && !find(out->in[i])) {
			uint64_t parent, owner;
			relate(fd, i, &parent, &owner);
			if (!find(out->in[i]))
				add(out->in[i], i, parent, owner);
		}
		close(fd);
	}
	return true;
}

static int by_pid(const void *a, const void *b)
{
	return ((const struct process *)a)->pid - ((const struct process *)b)->pid;
}

static int by_inode(const void *a, const void *b)
{
	uint64_t x = ((const struct namespace *)a)->inode, y = ((const struct namespace *)b)->inode;
	return x < y ? -1 : x > y;
}

static void scan(void)
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;
	if (!proc)
		err(EXIT_FAILURE, "cannot open /proc");
	while ((entry = readdir(proc))) {
		struct process one;
		if (!isdigit((unsigned char)entry->d_name[0]) || !read_process(atoi(entry->d_name), &one))
			continue;
		processes = grow(processes, n_processes, sizeof *processes);
		processes[n_processes++] = one;
	}
	closedir(proc);
	qsort(processes, n_processes, sizeof *processes, by_pid);
	qsort(namespaces, n_namespaces, sizeof *namespaces, by_inode);
	for (size_t i = 0; i < n_processes; i++)
		for (int t = 0; t < UL_NAMESPACES; t++) {
			struct namespace *ns = processes[i].in[t] ? find(processes[i].in[t]) : NULL;
			if (!ns)
				continue;
			ns->nprocs++;
			if (!ns->lead)
				ns->lead = &processes[i];
		}
}

static char *command(pid_t pid)
{
	char path[64], text[4096];
	snprintf(path, sizeof path, "/proc/%d/cmdline", (int)pid);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd >= 0 ? read(fd, text, sizeof text - 1) : -1;
	if (fd >= 0)
		close(fd);
	if (n > 0) {
		while (n > 0 && !text[n - 1])
			n--;
		for (ssize_t i = 0; i < n; i++)
			if (!text[i])
				text[i] = ' ';
		text[n] = 0;
		return strdup(text);
	}
	snprintf(path, sizeof path, "/proc/%d/comm", (int)pid);
	FILE *file = fopen(path, "r");
	if (!file || !fgets(text, sizeof text, file))
		*text = 0;
	if (file)
		fclose(file);
	text[strcspn(text, "\n")] = 0;
	return strdup(text);
}

static char *text_of(const char *format, uint64_t value)
{
	char *text;
	if (asprintf(&text, format, (unsigned long)value) < 0)
		err(EXIT_FAILURE, "cannot allocate memory");
	return text;
}

/* Where the namespace is mounted; NULL: nowhere. */
static char *mounted(uint64_t inode, int type)
{
	struct ul_mounts mounts = ul_mounts_read("/proc/self/mountinfo");
	char root[64];
	snprintf(root, sizeof root, "%s:[%lu]", ul_namespaces[type].name, (unsigned long)inode);
	for (size_t i = 0; i < mounts.n; i++)
		if (!strcmp(mounts.list[i].type, "nsfs") && !strcmp(mounts.list[i].root, root))
			return mounts.list[i].target;
	return NULL;
}

static char *user_of(uid_t uid)
{
	struct passwd *entry = getpwuid(uid);
	return entry ? strdup(entry->pw_name) : text_of("%lu", uid);
}

static char *cell(enum column column, const struct namespace *ns, const struct process *lead)
{
	char *text;
	switch (column) {
	case NS: return text_of("%lu", ns->inode);
	case TYPE: return (char *)ul_namespaces[ns->type].name;
	case PATH:
		if (!lead)
			return NULL;
		if (asprintf(&text, "/proc/%d/%s", (int)lead->pid, ul_namespaces[ns->type].file) < 0)
			return NULL;
		return text;
	case NPROCS: return text_of("%lu", ns->nprocs);
	case PID: return lead ? text_of("%lu", lead->pid) : NULL;
	case PPID: return lead ? text_of("%lu", lead->ppid) : NULL;
	case COMMAND: return lead ? command(lead->pid) : NULL;
	case UID: return text_of("%lu", lead ? lead->uid : 0);
	case USER: return user_of(lead ? lead->uid : 0);
	case NETNSID: return !strcmp(ul_namespaces[ns->type].name, "net") ? (char *)"unassigned" : NULL;
	case NSFS: return mounted(ns->inode, ns->type);
	case PNS: return text_of("%lu", ns->parent);
	case ONS: return text_of("%lu", ns->owner);
	default: return NULL;
	}
}

static size_t parse_columns(char *list, enum column *out)
{
	size_t n = 0;
	char *word;
	if (*list == '+')
		errx(EXIT_FAILURE, "unknown column: %s", list);
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

static int row_of(const struct namespace *const *shown, size_t n, uint64_t inode)
{
	for (size_t i = 0; i < n && inode; i++)
		if (shown[i]->inode == inode)
			return i;
	return -1;
}

/* The row of the namespace that this one hangs below. */
static int parent_row(enum tree tree, const struct namespace *const *shown, size_t n, size_t i)
{
	const struct namespace *ns = shown[i];
	if (tree == BY_PARENT)
		return row_of(shown, n, ns->parent);
	if (tree == BY_OWNER)
		return row_of(shown, n, ns->owner);
	/* below the last one before it that its lead process's parent leads, of whatever type */
	for (size_t j = i; tree == BY_PROCESS && ns->lead && j > 0; j--)
		if (shown[j - 1]->lead && shown[j - 1]->lead->pid == ns->lead->ppid)
			return j - 1;
	return -1;
}

int main(int argc, char *argv[])
{
	enum column columns[COLUMNS];
	size_t n_columns = 0;
	bool json = false, raw = false, headings = true, truncate = true;
	enum tree tree = BY_PROCESS;
	char *output = NULL;
	pid_t task = 0;
	uint64_t only = 0;
	int c;

	while ((c = getopt_long(argc, argv, "Jlp:o:nruhVt:T::W", LONG, NULL)) != -1) {
		switch (c) {
		case 'J': json = true; break;
		case 'l': tree = LIST; break;
		case 'o': output = optarg; break;
		case OPT_ALL_COLUMNS:
			for (n_columns = 0; n_columns < COLUMNS; n_columns++)
				columns[n_columns] = n_columns;
			break;
		case 'p': {
			char *end;
			task = strtol(optarg, &end, 10);
			if (*end || end == optarg)
				errx(EXIT_FAILURE, "invalid PID argument: '%s'", optarg);
			break;
		}
		case 'n': headings = false; break;
		case 'r': raw = true; break;
		case 'u': truncate = false; break;
		case 'W': break;
		case 't': {
			bool known = false;
			for (int i = 0; i < UL_NAMESPACES; i++)
				if (!strcmp(optarg, ul_namespaces[i].name))
					known = wanted[i] = any = true;
			if (!known)
				errx(EXIT_FAILURE, "unknown namespace type: %s", optarg);
			break;
		}
		case 'T':
			if (optarg && *optarg == '=')
				optarg++;
			tree = !optarg || !strcmp(optarg, "owner") ? BY_OWNER : !strcmp(optarg, "parent") ? BY_PARENT : BY_PROCESS;
			if (tree == BY_PROCESS && strcmp(optarg, "process"))
				errx(EXIT_FAILURE, "unknown tree type: %s", optarg);
			break;
		case 'h': ul_help(" lsns [options] [<namespace>]\n\nOptions: -t <type>, -p <pid>, -o <columns>, -T [owner|parent|process], -l, -n, -r, -J. See lsns(8).\n");
		case 'V': ul_version();
		default: ul_try_help();
		}
	}
	if (optind < argc) {
		char *end;
		only = strtoull(argv[optind], &end, 10);
		if (*end || end == argv[optind])
			errx(EXIT_FAILURE, "invalid namespace argument: '%s'", argv[optind]);
	}
	if (n_columns == 0) {
		static const enum column usual[] = { NS, TYPE, NPROCS, PID, USER, COMMAND }, members[] = { PID, PPID, USER, COMMAND }, of_task[] = { NS, TYPE, NPROCS, PID, USER, COMMAND };
		const enum column *list = only ? members : task ? of_task : usual;
		for (n_columns = 0; n_columns < (only ? 4 : 6); n_columns++)
			columns[n_columns] = list[n_columns];
	}
	if (output)
		n_columns = parse_columns(output, columns);
	scan();

	struct ul_column shapes[COLUMNS];
	for (size_t i = 0; i < n_columns; i++) {
		shapes[i] = ALL[columns[i]];
		shapes[i].tree = tree == BY_OWNER || tree == BY_PARENT ? !raw && columns[i] == NS && !only : tree == BY_PROCESS && columns[i] == COMMAND;
		/* a tree's column begins at the left */
		if (shapes[i].tree)
			shapes[i].right = false;
	}
	struct ul_table table = { .columns = shapes, .n_columns = n_columns, .headings = headings, .raw = raw, .json = json, .json_name = "namespaces" };
	/* the terminal's width; a pipe gets everything */
	struct winsize size;
	if (truncate && isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
		table.width = size.ws_col;

	if (only) {
		const struct namespace *ns = find(only);
		size_t n = 0;
		const struct process *shown[n_processes + 1];
		if (!ns)
			errx(EXIT_FAILURE, "not found namespace: %ju", (uintmax_t)only);
		for (size_t i = 0; i < n_processes; i++)
			if (processes[i].in[ns->type] == only)
				shown[n++] = &processes[i];
		table.rows = calloc(n + 1, sizeof *table.rows);
		for (size_t i = 0; i < n; i++) {
			table.rows[i] = (struct ul_row){ calloc(n_columns, sizeof(char *)), -1 };
			for (size_t col = 0; col < n_columns; col++)
				table.rows[i].cells[col] = cell(columns[col], ns, shown[i]);
			for (size_t j = 0; tree != LIST && j < n; j++)
				if (shown[j]->pid == shown[i]->ppid)
					table.rows[i].parent = j;
		}
		table.n_rows = n;
		ul_table_print(&table);
		return EXIT_SUCCESS;
	}

	const struct namespace *shown[n_namespaces + 1];
	size_t n = 0;
	for (size_t i = 0; i < n_namespaces; i++) {
		const struct namespace *ns = &namespaces[i];
		bool has_task = false;
		for (size_t p = 0; p < n_processes; p++)
			has_task |= processes[p].pid == task && processes[p].in[ns->type] == ns->inode;
		if (task && !has_task)
			continue;
		/* without processes it is there only to hang others below it */
		if (!ns->nprocs && tree != BY_OWNER && tree != BY_PARENT)
			continue;
		shown[n++] = ns;
	}
	table.rows = calloc(n + 1, sizeof *table.rows);
	table.n_rows = n;
	for (size_t i = 0; i < n; i++) {
		table.rows[i] = (struct ul_row){ calloc(n_columns, sizeof(char *)), raw && tree != BY_PROCESS ? -1 : parent_row(tree, shown, n, i) };
		for (size_t col = 0; col < n_columns; col++)
			table.rows[i].cells[col] = cell(columns[col], shown[i], shown[i]->lead);
	}
	ul_table_print(&table);
	return EXIT_SUCCESS;
}
