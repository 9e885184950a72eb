/* find: from arguments to an expression. */
#define _GNU_SOURCE
#include "core.h"
#include "find.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static char **at;
static int has_action;
static struct find_node *list(void);

static struct find_node *make(enum find_kind kind, struct find_node *a, struct find_node *b)
{
	struct find_node *node = core_malloc(sizeof *node);

	memset(node, 0, sizeof *node);
	node->kind = kind;
	node->a = a;
	node->b = b;
	return node;
}

static const char *argument(const char *name)
{
	if (!*at)
		core_error(1, 0, "missing argument to `%s'", name);
	return *at++;
}

static void numeric(struct find_node *node, const char *name, const char *text)
{
	char *end;

	if (*text == '+' || *text == '-')
		node->compare = *text++;
	node->number = strtoll(text, &end, 10);
	if (end == text)
		core_error(1, 0, "invalid argument `%s' to `%s'", at[-1], name);
	node->unit = 512;
	if (strcmp(name, "-size") == 0) {
		switch (*end) {
		case '\0': case 'b': break;
		case 'c': node->unit = 1; break;
		case 'w': node->unit = 2; break;
		case 'k': node->unit = 1024; break;
		case 'M': node->unit = 1024 * 1024; break;
		case 'G': node->unit = 1024 * 1024 * 1024; break;
		default: core_error(1, 0, "Invalid argument `%s' to -size", at[-1]);
		}
	} else if (*end) {
		core_error(1, 0, "invalid argument `%s' to `%s'", at[-1], name);
	}
}

static void command(struct find_node *node, const char *name)
{
	char **start = at;

	while (*at && strcmp(*at, ";") != 0 && !(strcmp(*at, "+") == 0 && at > start && strcmp(at[-1], "{}") == 0))
		at++;
	if (!*at || at == start)
		core_error(1, 0, "missing argument to `%s'", name);
	node->argv = start;
	node->argc = (int)(at - start);
	node->batch = **at == '+';
	if (node->batch)
		node->argc--;
	at++;
	has_action = 1;
}

static int is(const char *name, const char *other)
{
	return strcmp(name, other) == 0;
}

static struct find_node *of_text(enum find_kind kind, const char *name)
{
	struct find_node *node = make(kind, NULL, NULL);

	node->text = argument(name);
	return node;
}

static struct find_node *time_test(const char *name)
{
	struct find_node *node = make(F_TIME, NULL, NULL);

	node->which = name[1];
	numeric(node, name, argument(name));
	node->unit = is(name + 2, "min") ? 60 : 86400;
	return node;
}

static struct find_node *newer(const char *name)
{
	struct find_node *node = make(F_NEWER, NULL, NULL);
	const char *file = argument(name);
	struct stat st;

	node->which = name[1] == 'a' ? 'a' : name[1] == 'c' ? 'c' : 'm';
	if (stat(file, &st) != 0)
		core_error(1, errno, "%s", core_quote(file));
	node->when = st.st_mtim;
	return node;
}

static struct find_node *owner(const char *name)
{
	struct find_node *node = make(is(name, "-user") || is(name, "-uid") ? F_USER : F_GROUP, NULL, NULL);
	const char *text = argument(name);
	char *end;

	if (is(name, "-user") && getpwnam(text)) {
		node->number = getpwnam(text)->pw_uid;
	} else if (is(name, "-group") && getgrnam(text)) {
		node->number = getgrnam(text)->gr_gid;
	} else {
		node->number = strtoll(text, &end, 10);
		if (end == text || *end)
			core_error(1, 0, is(name, "-user") ? "%s is not the name of a known user" : "%s is not the name of an existing group", core_quote(text));
	}
	return node;
}

static struct find_node *permissions(const char *name)
{
	struct find_node *node = make(F_PERM, NULL, NULL);
	const char *text = argument(name);

	if (*text == '-' || *text == '/')
		node->which = *text++;
	if (!core_parse_mode(text, 0, 0, 0, &node->mode))
		core_error(1, 0, "invalid mode %s", core_quote(at[-1]));
	return node;
}

static struct find_node *simple(const char *name)
{
	static const struct { const char *name; enum find_kind kind; int action; } words[] = {
		{ "-empty", F_EMPTY, 0 }, { "-true", F_TRUE, 0 }, { "-false", F_FALSE, 0 }, { "-prune", F_PRUNE, 0 }, { "-quit", F_QUIT, 1 }, { "-print", F_PRINT, 1 },
		{ "-print0", F_PRINT0, 1 }, { "-ls", F_LS, 1 }, { "-delete", F_DELETE, 1 }, { "-readable", F_READABLE, 0 }, { "-writable", F_WRITABLE, 0 },
		{ "-executable", F_EXECUTABLE, 0 }, { "-nouser", F_NOUSER, 0 }, { "-nogroup", F_NOGROUP, 0 }, { "-follow", F_TRUE, 0 }, { "-noleaf", F_TRUE, 0 },
		{ "-depth", F_TRUE, 0 }, { "-d", F_TRUE, 0 }, { "-mount", F_TRUE, 0 }, { "-xdev", F_TRUE, 0 }, { "-ignore_readdir_race", F_TRUE, 0 },
		{ "-warn", F_TRUE, 0 }, { "-nowarn", F_TRUE, 0 }, { "-daystart", F_TRUE, 0 },
	};
	size_t i;

	for (i = 0; i < sizeof words / sizeof *words; i++)
		if (is(name, words[i].name)) {
			has_action |= words[i].action;
			if (is(name, "-depth") || is(name, "-d") || is(name, "-delete"))
				find.depth_first = 1;
			if (is(name, "-mount") || is(name, "-xdev"))
				find.one_system = 1;
			if (is(name, "-follow"))
				find.follow = 'L';
			return make(words[i].kind, NULL, NULL);
		}
	return NULL;
}

static struct find_node *primary(void)
{
	const char *name = *at++;
	struct find_node *node;

	if (is(name, "(")) {
		if (!*at)
			core_error(1, 0, "invalid expression; expected to find a ')' but didn't see one. Perhaps you need an extra predicate after '%s'", at[-1]);
		node = list();
		if (!*at || !is(*at, ")"))
			core_error(1, 0, "invalid expression; expected to find a ')' but didn't see one. Perhaps you need an extra predicate after '%s'", at[-1]);
		at++;
		return node;
	}
	if (is(name, "!") || is(name, "-not")) {
		if (!*at)
			core_error(1, 0, "expected an expression after %s", core_quoteaf(name));
		return make(F_NOT, primary(), NULL);
	}
	if (is(name, ")"))
		core_error(1, 0, "invalid expression; you have too many ')'");
	node = simple(name);
	if (node)
		return node;
	if (is(name, "-name")) return of_text(F_NAME, name);
	if (is(name, "-iname")) return of_text(F_INAME, name);
	if (is(name, "-path") || is(name, "-wholename")) return of_text(F_PATH, name);
	if (is(name, "-ipath") || is(name, "-iwholename")) return of_text(F_IPATH, name);
	if (is(name, "-lname")) return of_text(F_LNAME, name);
	if (is(name, "-type") || is(name, "-xtype")) {
		node = of_text(is(name, "-type") ? F_TYPE : F_XTYPE, name);
		if (!*node->text)
			core_error(1, 0, "Arguments to %s should contain at least one letter", name);
		if (!strchr("bcdpflsD", *node->text))
			core_error(1, 0, "Unknown argument to %s: %c", name, *node->text);
		return node;
	}
	if (is(name, "-regex") || is(name, "-iregex")) {
		char *anchored;

		node = of_text(F_REGEX, name);
		anchored = core_malloc(strlen(node->text) + 10);
		sprintf(anchored, "^\\(%s\\)$", node->text);
		if (regcomp(&node->regex, anchored, name[1] == 'i' ? REG_ICASE : 0))
			core_error(1, 0, "invalid regular expression %s", core_quote(node->text));
		return node;
	}
	if (is(name, "-size") || is(name, "-links") || is(name, "-inum")) {
		node = make(is(name, "-size") ? F_SIZE : is(name, "-links") ? F_LINKS : F_INUM, NULL, NULL);
		numeric(node, name, argument(name));
		return node;
	}
	if (strlen(name) > 4 && (is(name + 2, "time") || is(name + 2, "min")) && strchr("acm", name[1]))
		return time_test(name);
	if (is(name, "-newer") || is(name, "-anewer") || is(name, "-cnewer"))
		return newer(name);
	if (is(name, "-user") || is(name, "-uid") || is(name, "-group") || is(name, "-gid"))
		return owner(name);
	if (is(name, "-perm"))
		return permissions(name);
	if (is(name, "-samefile")) {
		node = of_text(F_SAMEFILE, name);
		if (stat(node->text, &node->st) != 0)
			core_error(1, errno, "%s", core_quote(node->text));
		return node;
	}
	if (is(name, "-maxdepth") || is(name, "-mindepth")) {
		const char *text = argument(name);

		if (!*text || text[strspn(text, "0123456789")])
			core_error(1, 0, "Expected a positive decimal integer argument to %s, but got %s", name, core_quoteaf(text));
		*(name[2] == 'a' ? &find.max_depth : &find.min_depth) = atoi(text);
		return make(F_TRUE, NULL, NULL);
	}
	if (is(name, "-printf")) {
		has_action = 1;
		return of_text(F_PRINTF, name);
	}
	if (is(name, "-exec") || is(name, "-execdir") || is(name, "-ok")) {
		node = make(is(name, "-exec") ? F_EXEC : is(name, "-ok") ? F_OK : F_EXECDIR, NULL, NULL);
		command(node, name);
		return node;
	}
	if (name[0] != '-') {
		core_error(0, 0, "paths must precede expression: `%s'", name);
		exit(1);
	}
	core_error(1, 0, "unknown predicate `%s'", name);
	return NULL;
}

static int ends(void)
{
	return !*at || is(*at, ")") || is(*at, ",") || is(*at, "-o") || is(*at, "-or");
}

static struct find_node *and_list(void)
{
	struct find_node *node;

	if (ends())
		core_error(1, 0, *at ? "invalid expression; you have used a binary operator '%s' with nothing before it." : "expected an expression", *at);
	node = primary();
	while (!ends()) {
		if (is(*at, "-a") || is(*at, "-and")) {
			at++;
			if (ends())
				core_error(1, 0, "expected an expression after %s", core_quoteaf(at[-1]));
		}
		node = make(F_AND, node, primary());
	}
	return node;
}

static struct find_node *list(void)
{
	struct find_node *node = and_list();

	for (;;) {
		if (*at && (is(*at, "-o") || is(*at, "-or"))) {
			at++;
			if (!*at)
				core_error(1, 0, "expected an expression after %s", core_quoteaf(at[-1]));
			node = make(F_OR, node, and_list());
		} else if (*at && is(*at, ",")) {
			at++;
			node = make(F_COMMA, node, list());
		} else {
			return node;
		}
	}
}

void find_parse(char **argv)
{
	at = argv;
	if (!*at) {
		find.expression = make(F_PRINT, NULL, NULL);
		return;
	}
	find.expression = list();
	if (*at)
		core_error(1, 0, "invalid expression; you have too many ')'");
	if (!has_action)
		find.expression = make(F_AND, find.expression, make(F_PRINT, NULL, NULL));
}
