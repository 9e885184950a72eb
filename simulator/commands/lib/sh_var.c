/* Variables. They stand in a table ordered as the real shell's, so that the environment of a child has the same order. */
#include "sh.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { BUCKETS = 1024, DASH_BUCKETS = 39 };
static struct sh_var *table[BUCKETS];

/* Variables that a function hides, to be put back when it returns. */
struct saved { struct saved *next; char *name; struct sh_var *old; };
struct scope { struct scope *up; struct saved *saved; };
static struct scope *scope;

static unsigned bucket(const char *name)
{
	unsigned hash;

	if (sh_dash) {
		hash = (unsigned)(unsigned char)*name << 4;
		while (*name)
			hash += (unsigned char)*name++;
		return hash % DASH_BUCKETS;
	}
	for (hash = 2166136261u; *name; name++) {
		hash *= 16777619u;
		hash ^= (unsigned)(unsigned char)*name;
	}
	return hash & (BUCKETS - 1);
}

static uint32_t random_state;

static const char *dynamic(const char *name)
{
	static char text[32];
	struct timespec now;

	if (sh_dash) {
		if (strcmp(name, "LINENO") != 0)
			return NULL;
		snprintf(text, sizeof text, "%d", sh_line);
		return text;
	}
	if (strcmp(name, "RANDOM") == 0) {
		if (!random_state)
			random_state = (uint32_t)getpid() * 2654435761u ^ (uint32_t)time(NULL);
		random_state = random_state * 1103515245u + 12345u;
		snprintf(text, sizeof text, "%u", random_state >> 16 & 32767);
	} else if (strcmp(name, "BASHPID") == 0) {
		snprintf(text, sizeof text, "%d", getpid());
	} else if (strcmp(name, "LINENO") == 0) {
		snprintf(text, sizeof text, "%d", sh_line);
	} else if (strcmp(name, "SECONDS") == 0) {
		clock_gettime(CLOCK_MONOTONIC, &now);
		snprintf(text, sizeof text, "%ld", (long)now.tv_sec - sh_started);
	} else if (strcmp(name, "EPOCHSECONDS") == 0) {
		snprintf(text, sizeof text, "%ld", (long)time(NULL));
	} else if (strcmp(name, "EPOCHREALTIME") == 0) {
		clock_gettime(CLOCK_REALTIME, &now);
		snprintf(text, sizeof text, "%ld.%06ld", (long)now.tv_sec, now.tv_nsec / 1000);
	} else if (strcmp(name, "BASH_SUBSHELL") == 0) {
		snprintf(text, sizeof text, "%d", sh_subshell);
	} else if (strcmp(name, "FUNCNAME") == 0) {
		return sh_function_name;
	} else {
		return NULL;
	}
	return text;
}
long sh_started;

struct sh_var *sh_find(const char *name)
{
	struct sh_var *var;

	for (var = table[bucket(name)]; var; var = var->next)
		if (strcmp(var->name, name) == 0)
			return var;
	return NULL;
}

static struct sh_var *resolve(struct sh_var *var)
{
	int steps = 8;

	while (var && var->flags & V_NAMEREF && var->value && steps-- > 0)
		var = sh_make(var->value);
	return var;
}

struct sh_var *sh_make(const char *name)
{
	struct sh_var *var = sh_find(name), **at;

	if (var)
		return var;
	var = sh_xmalloc(sizeof *var);
	memset(var, 0, sizeof *var);
	var->name = sh_xstrdup(name);
	at = &table[bucket(name)];
	if (sh_dash)
		while (*at)
			at = &(*at)->next;
	var->next = *at;
	*at = var;
	return var;
}

const char *sh_get(const char *name)
{
	struct sh_var *var = sh_find(name);
	const char *value;

	value = isupper((unsigned char)*name) ? dynamic(name) : NULL;
	if (value)
		return value;
	if (!var)
		return NULL;
	var = resolve(var);
	if (var->flags & (V_ARRAY | V_ASSOC))
		return sh_element(var, "0");
	return var->value;
}

static int readonly(const struct sh_var *var)
{
	if (!(var->flags & V_READONLY))
		return 0;
	sh_error(sh_dash ? "%s: is read only" : "%s: readonly variable", var->name);
	if (sh_dash)
		sh_fatal_error(2);
	return 1;
}

int sh_set(const char *name, const char *value)
{
	struct sh_var *var = resolve(sh_make(name));
	char *old, *p;

	if (readonly(var))
		return 0;
	if (strcmp(name, "RANDOM") == 0 && !sh_dash)
		random_state = (uint32_t)atol(value) | 1;
	if (var->flags & V_INTEGER) {
		struct sh_buf digits = { 0 };
		int64_t result;

		if (!sh_arith(value, &result))
			return 0;
		sh_putf(&digits, "%lld", (long long)result);
		value = sh_text(&digits);
	}
	if (var->flags & (V_ARRAY | V_ASSOC))
		return sh_set_element(var, "0", value, 0);
	old = var->value;
	var->value = sh_xstrdup(value);
	free(old);
	if (var->flags & (V_UPPER | V_LOWER))
		for (p = var->value; *p; p++)
			*p = (char)(var->flags & V_UPPER ? toupper((unsigned char)*p) : tolower((unsigned char)*p));
	if (sh_opt_a)
		var->flags |= V_EXPORT;
	if (strcmp(name, "PATH") == 0)
		sh_hash_clear();
	return 1;
}

int sh_unset(const char *name)
{
	struct sh_var *var = sh_find(name), **at;

	if (!var)
		return 1;
	if (var->flags & V_READONLY) {
		sh_builtin_error(1, sh_dash ? "%s: is read only" : "%s: cannot unset: readonly variable", name);
		return 0;
	}
	sh_clear_elements(var);
	free(var->value);
	var->value = NULL;
	var->flags &= V_LOCAL;
	if (var->flags & V_LOCAL)
		return 1;
	for (at = &table[bucket(name)]; *at != var; at = &(*at)->next)
		;
	*at = var->next;
	free(var->name);
	free(var);
	return 1;
}

void sh_scope_push(void)
{
	struct scope *made = sh_xmalloc(sizeof *made);

	made->up = scope;
	made->saved = NULL;
	scope = made;
}

int sh_in_function(void)
{
	return scope != NULL;
}

struct sh_var *sh_local(const char *name)
{
	struct sh_var *var = sh_make(name);
	struct saved *saved;

	for (saved = scope->saved; saved; saved = saved->next)
		if (strcmp(saved->name, name) == 0)
			return var;
	saved = sh_xmalloc(sizeof *saved);
	saved->name = sh_xstrdup(name);
	saved->old = sh_xmalloc(sizeof *saved->old);
	*saved->old = *var;
	saved->next = scope->saved;
	scope->saved = saved;
	if (sh_dash && var->value)   /* dash: a local variable begins with the outer one's value */
		var->value = sh_xstrdup(var->value);
	else
		var->value = NULL;
	var->elements = NULL;
	var->flags = (var->flags & V_EXPORT) | V_LOCAL;
	return var;
}

void sh_scope_pop(void)
{
	struct scope *gone = scope;
	struct saved *saved, *next;

	for (saved = gone->saved; saved; saved = next) {
		struct sh_var *var = sh_make(saved->name), *chain = var->next;

		sh_clear_elements(var);
		free(var->value);
		free(saved->old->name == var->name ? NULL : saved->old->name);
		*var = *saved->old;
		var->next = chain;
		free(saved->old);
		next = saved->next;
		if (!var->value && !var->elements && !var->flags)
			sh_unset(var->name);
		free(saved->name);
		free(saved);
	}
	scope = gone->up;
	free(gone);
}

char **sh_environment(void)
{
	struct sh_list list = { 0 };
	struct sh_var *var;
	int i;

	for (i = 0; i < (sh_dash ? DASH_BUCKETS : BUCKETS); i++)
		for (var = table[i]; var; var = var->next) {
			struct sh_buf text = { 0 };

			if (!(var->flags & V_EXPORT) || !var->value || var->flags & (V_ARRAY | V_ASSOC))
				continue;
			sh_puts(&text, var->name);
			sh_put(&text, '=');
			sh_puts(&text, var->value);
			sh_push(&list, sh_text(&text));
		}
	if (!list.item)
		list.item = sh_alloc(sizeof *list.item);
	return list.item;
}

static int by_name(const void *a, const void *b)
{
	return strcmp((*(struct sh_var *const *)a)->name, (*(struct sh_var *const *)b)->name);
}

struct sh_var **sh_all_vars(int *count)
{
	struct sh_var **all, *var;
	int i, total = 0;

	for (i = 0; i < BUCKETS; i++)
		for (var = table[i]; var; var = var->next)
			total++;
	all = sh_alloc((size_t)(total + 1) * sizeof *all);
	*count = total;
	total = 0;
	for (i = 0; i < BUCKETS; i++)
		for (var = table[i]; var; var = var->next)
			all[total++] = var;
	qsort(all, (size_t)total, sizeof *all, by_name);
	return all;
}

static char *append(const char *before, const char *value)
{
	struct sh_buf text = { 0 };

	sh_puts(&text, before ? before : "");
	sh_puts(&text, value);
	return sh_text(&text);
}

static struct sh_var *target(const char *name, int local)
{
	return local ? sh_local(name) : resolve(sh_make(name));
}

/* NAME, NAME=VALUE, NAME+=VALUE, NAME[i]=VALUE, NAME=(…); `value` is the text behind the `=`, already expanded but for (…). */
static int assign(const char *word, const char *value, size_t at, int flags, int local)
{
	size_t length = sh_name_length(word);
	char *name = sh_copyn(word, length);
	int plus = word[at] == '+';
	struct sh_var *var = target(name, local);

	if (readonly(var))
		return 0;
	var->flags |= flags & (V_INTEGER | V_ARRAY | V_ASSOC | V_UPPER | V_LOWER);
	if (word[length] == '[') {
		char *subscript = sh_copyn(word + length + 1, at - length - 2);

		return sh_set_element(var, subscript, value, plus);
	}
	if (plus && var->flags & V_INTEGER) {
		value = append(append(var->value && *var->value ? var->value : "0", "+"), value);
	} else if (plus) {
		value = append(var->flags & (V_ARRAY | V_ASSOC) ? sh_element(var, "0") : var->value, value);
	}
	if (!sh_set(name, value))
		return 0;
	return 1;
}

int sh_assign(const char *word, int flags, int local)
{
	size_t at;
	const char *raw;
	char *value;

	sh_is_assignment(word, &at);
	raw = word + at + (word[at] == '+' ? 2 : 1);
	if (*raw == '(' && !sh_dash) {
		struct sh_var *var = target(sh_copyn(word, sh_name_length(word)), local);

		if (readonly(var))
			return 0;
		var->flags |= flags & (V_INTEGER | V_ARRAY | V_ASSOC);
		if (!sh_assign_compound(var, raw, word[at] == '+'))
			return 0;
		var->flags |= flags;
		return 1;
	}
	value = sh_expand_string(raw, X_ASSIGN);
	if (!value || sh_skip)
		return 0;
	if (!assign(word, value, at, flags, local))
		return 0;
	sh_make(sh_copyn(word, sh_name_length(word)))->flags |= flags;
	return 1;
}

int sh_assign_word(const char *word, int flags, int local)
{
	size_t at;
	struct sh_var *var;

	if (sh_is_assignment(word, &at)) {
		if (!assign(word, word + at + (word[at] == '+' ? 2 : 1), at, flags, local))
			return 0;
		sh_make(sh_copyn(word, sh_name_length(word)))->flags |= flags;
		return 1;
	}
	var = local ? sh_local(word) : sh_make(word);
	var->flags |= flags;
	return 1;
}

void sh_var_init(char **environment)
{
	int i;

	for (i = 0; environment[i]; i++) {
		const char *equals = strchr(environment[i], '=');
		char *name;

		if (!equals)
			continue;
		name = sh_copyn(environment[i], (size_t)(equals - environment[i]));
		if (!sh_is_name(name))
			continue;
		sh_make(name)->value = sh_xstrdup(equals + 1);
		sh_make(name)->flags |= V_EXPORT;
	}
}
