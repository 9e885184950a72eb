/* Arrays: elements in the order of their indices (or of their making, with -A). */
#include "sh.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct sh_element **find(struct sh_var *var, long index, const char *key)
{
	struct sh_element **at = &var->elements;

	while (*at && (key ? strcmp((*at)->key, key) != 0 : (*at)->index < index))
		at = &(*at)->next;
	return at;
}

static int locate(struct sh_var *var, const char *subscript, long *index, char **key)
{
	int64_t value;
	char *text;

	if (var->flags & V_ASSOC) {
		*key = sh_expand_string(subscript, 0);
		return *key != NULL;
	}
	*key = NULL;
	text = sh_expand_quoted(subscript, 2);
	if (!text || !sh_arith(text, &value))
		return 0;
	if (value < 0) {
		struct sh_element *last = var->elements;

		while (last && last->next)
			last = last->next;
		value += last ? last->index + 1 : 0;
		if (value < 0) {
			sh_error("%s[%s]: bad array subscript", var->name, subscript);
			return 0;
		}
	}
	*index = (long)value;
	return 1;
}

char *sh_element(struct sh_var *var, const char *subscript)
{
	struct sh_element *element;
	long index = 0;
	char *key;

	if (!locate(var, subscript, &index, &key))
		return NULL;
	if (!(var->flags & (V_ARRAY | V_ASSOC)))
		return index == 0 ? var->value : NULL;
	element = *find(var, index, key);
	if (!element || (!key && element->index != index))
		return NULL;
	return element->value;
}

static void put(struct sh_var *var, long index, const char *key, const char *value, int append)
{
	struct sh_element **at = find(var, index, key), *element = *at;
	struct sh_buf text = { 0 };

	if (!element || (!key && element->index != index)) {
		element = sh_xmalloc(sizeof *element);
		element->next = *at;
		element->index = index;
		element->key = key ? sh_xstrdup(key) : NULL;
		element->value = NULL;
		*at = element;
	}
	if (var->flags & V_INTEGER) {
		int64_t number = 0, before = 0;

		sh_arith(value, &number);
		if (append && element->value)
			sh_arith(element->value, &before);
		sh_putf(&text, "%lld", (long long)(number + before));
	} else {
		if (append && element->value)
			sh_puts(&text, element->value);
		sh_puts(&text, value);
	}
	free(element->value);
	element->value = sh_xstrdup(sh_text(&text));
}

static void become_array(struct sh_var *var)
{
	char *value = var->value;

	if (var->flags & (V_ARRAY | V_ASSOC))
		return;
	var->flags |= V_ARRAY;
	var->value = NULL;
	if (value) {
		put(var, 0, NULL, value, 0);
		free(value);
	}
}

int sh_set_element(struct sh_var *var, const char *subscript, const char *value, int append)
{
	long index = 0;
	char *key;

	if (var->flags & V_READONLY) {
		sh_error("%s: readonly variable", var->name);
		return 0;
	}
	become_array(var);
	if (!locate(var, subscript, &index, &key))
		return 0;
	put(var, index, key, value, append);
	return 1;
}

int sh_unset_element(struct sh_var *var, const char *subscript)
{
	struct sh_element **at, *gone;
	long index = 0;
	char *key;

	if (!locate(var, subscript, &index, &key))
		return 0;
	at = find(var, index, key);
	gone = *at;
	if (gone && (key || gone->index == index)) {
		*at = gone->next;
		free(gone->key);
		free(gone->value);
		free(gone);
	}
	return 1;
}

void sh_clear_elements(struct sh_var *var)
{
	while (var->elements) {
		struct sh_element *gone = var->elements;

		var->elements = gone->next;
		free(gone->key);
		free(gone->value);
		free(gone);
	}
}

int sh_element_count(const struct sh_var *var)
{
	const struct sh_element *element;
	int count = 0;

	for (element = var->elements; element; element = element->next)
		count++;
	return count;
}

/* The words between the parentheses. */
static void split(const char *text, struct sh_list *words)
{
	const char *end = text + strlen(text) - 1, *at = text + 1;

	while (at < end) {
		const char *word;

		while (at < end && strchr(" \t\n", *at))
			at++;
		word = at;
		while (at < end && !strchr(" \t\n", *at)) {
			if (*at == '\\')
				at += 2;
			else if (*at == '"' || *at == '\'' || *at == '`')
				at = sh_skip_quote(at, end);
			else if (*at == '$' && at[1] == '{')
				at = sh_skip_braced(at + 2, end, 0) + 1;
			else if (*at == '$' && at[1] == '(')
				at = sh_skip_paren(at + 2, end) + 1;
			else if (*at == '$' && at[1] == '\'')
				at = sh_skip_quote(at + 1, end);
			else
				at++;
		}
		if (at > word)
			sh_push(words, sh_copyn(word, (size_t)(at - word)));
	}
}

int sh_assign_compound(struct sh_var *var, const char *text, int append)
{
	struct sh_list words = { 0 }, fields = { 0 };
	struct sh_element *element;
	long next = 0;
	int i, j;

	split(text, &words);
	if (append)
		become_array(var);
	for (element = append ? var->elements : NULL; element; element = element->next)
		next = element->index + 1;
	{
		struct sh_var old = *var;

		/* The new elements may be made of the old ones: expand first. */
		for (i = 0; i < words.count; i++) {
			char *word = words.item[i], *close;

			if (*word == '[' && (close = strstr(word, "]=")) != NULL) {
				char *value = sh_expand_string(close + 2, X_ASSIGN);

				if (!value || sh_skip)
					return 0;
				sh_push(&fields, sh_copyn(word + 1, (size_t)(close - word - 1)));
				sh_push(&fields, value);
				continue;
			}
			{
				struct sh_list more = { 0 };

				if (!sh_expand_words(&word, 1, &more))
					return 0;
				for (j = 0; j < more.count; j++) {
					sh_push(&fields, NULL);
					sh_push(&fields, more.item[j]);
				}
			}
		}
		if (!append) {
			sh_clear_elements(var);
			free(var->value);
			var->value = NULL;
			if (!(old.flags & V_ASSOC))
				var->flags |= V_ARRAY;
		}
	}
	for (i = 0; i + 1 < fields.count; i += 2) {
		long index = next;
		char *key = NULL;

		if (fields.item[i] && !locate(var, fields.item[i], &index, &key))
			return 0;
		if (!fields.item[i] && var->flags & V_ASSOC) {   /* declare -A a=(key value …) */
			key = fields.item[i + 1];
			i += 2;
		}
		put(var, index, key, i + 1 < fields.count ? fields.item[i + 1] : "", 0);
		next = index + 1;
	}
	return 1;
}
