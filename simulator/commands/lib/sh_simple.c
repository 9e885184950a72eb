/* Simple commands: assignments, functions, builtins, programs. */
#include "sh.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct sh_function *sh_function_list;
const char *sh_function_name;
char *sh_last_arg;

struct sh_function *sh_function(const char *name)
{
	struct sh_function *at;

	for (at = sh_function_list; at; at = at->next)
		if (strcmp(at->name, name) == 0)
			return at;
	return NULL;
}

void sh_define(const char *name, struct sh_node *body)
{
	struct sh_function *function = sh_function(name);

	if (!function) {
		function = sh_xmalloc(sizeof *function);
		function->name = sh_xstrdup(name);
		function->next = sh_function_list;
		sh_function_list = function;
	}
	function->body = body;
	sh_keep();
}

int sh_undefine(const char *name)
{
	struct sh_function **at = &sh_function_list;

	while (*at && strcmp((*at)->name, name) != 0)
		at = &(*at)->next;
	if (!*at)
		return 0;
	*at = (*at)->next;
	return 1;
}

int sh_call_function(struct sh_node *body, const char *name, char **argv, int argc)
{
	char **args = sh_args;
	int count = sh_arg_count, loops = sh_loops, status;
	const char *outer = sh_function_name;

	if (sh_functions > 1000) {
		sh_error("%s: maximum function nesting level exceeded (1000)", name);
		sh_skip = SKIP_ABORT;
		return 1;
	}
	sh_args = argv + 1;
	sh_arg_count = argc - 1;
	sh_loops = 0;
	sh_functions++;
	sh_function_name = name;
	sh_scope_push();
	status = sh_eval(body->a, 0);
	sh_scope_pop();
	sh_function_name = outer;
	sh_functions--;
	sh_loops = loops;
	sh_args = args;
	sh_arg_count = count;
	if (sh_skip == SKIP_RETURN) {
		sh_skip = SKIP_NONE;
		status = sh_status;
	}
	return status;
}

static void trace_text(struct sh_buf *line, const char *text)
{
	sh_puts(line, *text ? sh_quote(text) : "''");
}

int sh_trace_depth;

/* PS4, its first character once more for each level of substitution and eval. */
char *sh_trace_prompt(void)
{
	const char *prompt = sh_get("PS4");
	char *text = prompt ? sh_expand_quoted(prompt, 0) : (char *)"+ ";
	struct sh_buf out = { 0 };
	int i;

	for (i = 0; i < sh_trace_depth && !sh_dash && *text; i++)
		sh_put(&out, *text);
	sh_puts(&out, text);
	return sh_text(&out);
}

static void trace(struct sh_node *node, struct sh_list *words, struct sh_list *assigns)
{
	struct sh_buf line = { 0 };
	const char *prompt;
	int i;

	(void)node;
	prompt = sh_trace_prompt();
	sh_puts(&line, prompt);
	for (i = 0; i < assigns->count; i++) {
		char *equals = strchr(assigns->item[i], '=');

		if (i > 0 && sh_dash)
			sh_put(&line, ' ');
		sh_putn(&line, assigns->item[i], (size_t)(equals + 1 - assigns->item[i]));
		if (sh_dash)
			sh_puts(&line, equals + 1);
		else if (equals[1])
			trace_text(&line, equals + 1);
		if (!sh_dash && (i + 1 < assigns->count || words->count)) {
			sh_put(&line, '\n');
			sh_puts(&line, prompt);
		}
	}
	if (sh_dash && assigns->count && words->count)
		sh_put(&line, ' ');
	for (i = 0; i < words->count; i++) {
		if (i > 0)
			sh_put(&line, ' ');
		if (sh_dash)
			sh_puts(&line, words->item[i]);
		else
			trace_text(&line, words->item[i]);
	}
	sh_put(&line, '\n');
	fflush(stdout);
	fputs(sh_text(&line), stderr);
}

/* NAME=VALUE with the value expanded, for a command's environment. */
static int expand_assigns(struct sh_node *node, struct sh_list *out)
{
	int i;

	for (i = 0; i < node->assign_count; i++) {
		struct sh_buf text = { 0 };
		char *value;
		size_t at;

		sh_is_assignment(node->assigns[i], &at);
		at += node->assigns[i][at] == '+' ? 2 : 1;
		if (node->assigns[i][at] == '(' && !sh_dash)
			value = node->assigns[i] + at;
		else
			value = sh_expand_string(node->assigns[i] + at, X_ASSIGN);
		if (!value || sh_skip)
			return 0;
		sh_putn(&text, node->assigns[i], at);
		sh_puts(&text, value);
		sh_push(out, sh_text(&text));
	}
	return 1;
}

static int only_assigns(struct sh_node *node)
{
	struct sh_list none = { 0 };
	int i, depth = sh_redir_depth(), status = 0;

	sh_had_subst = 0;
	for (i = 0; i < node->assign_count; i++) {
		if (!sh_assign(node->assigns[i], 0, 0)) {
			if (!sh_dash)
				sh_fatal_error(1);
			return sh_dash ? 2 : 1;
		}
		if (sh_opt_x) {
			struct sh_list one = { 0 };
			size_t length = sh_name_length(node->assigns[i]);
			struct sh_buf text = { 0 };
			const char *value = sh_get(sh_copyn(node->assigns[i], length));

			sh_putn(&text, node->assigns[i], length);
			sh_put(&text, '=');
			sh_puts(&text, value ? value : "");
			sh_push(&one, sh_text(&text));
			trace(node, &none, &one);
		}
	}
	if (sh_had_subst)
		status = sh_status;
	if (node->redirs) {
		if (!sh_redirect(node->redirs, 0))
			status = sh_dash ? 2 : 1;
		sh_restore_redirs(depth);
	}
	return status;
}

static void apply_temporary(struct sh_list *assigns, int local)
{
	int i;

	for (i = 0; i < assigns->count; i++)
		sh_assign_word(assigns->item[i], V_EXPORT, local);
}

static int run_here(struct sh_node *node, struct sh_list *words, struct sh_list *assigns, const struct sh_builtin *builtin, struct sh_function *function)
{
	int depth = sh_redir_depth(), status, temporary;
	int is_exec = builtin && strcmp(builtin->name, "exec") == 0;

	if (!sh_redirect(node->redirs, 0)) {
		sh_restore_redirs(depth);
		if (builtin && builtin->flags & B_SPECIAL && sh_dash)
			sh_fatal_error(sh_dash ? 2 : 1);
		return sh_dash ? 2 : 1;
	}
	temporary = assigns->count > 0 && !(builtin && builtin->flags & B_SPECIAL && (sh_dash || sh_posix));
	if (temporary)
		sh_scope_push();
	apply_temporary(assigns, temporary);
	if (function)
		status = sh_call_function(function->body, function->name, words->item, words->count);
	else
		status = sh_run_builtin(builtin, words->count, words->item);
	if (temporary)
		sh_scope_pop();
	if (is_exec && status == 0)
		sh_forget_redirs();
	else
		sh_restore_redirs(depth);
	return status;
}

static void run_program(struct sh_node *node, struct sh_list *words, struct sh_list *assigns, char *path, int status)
{
	if (node->redirs && !sh_redirect(node->redirs, 1))
		_exit(sh_dash ? 2 : 1);
	apply_temporary(assigns, 0);
	if (assigns->count) {   /* PATH=… before the command counts */
		sh_hash_clear();
		path = sh_find_command(words->item[0], &status);
	}
	if (!path) {
		sh_not_found(words->item[0], NULL, status);
		fflush(stdout);
		_exit(status);
	}
	if (!sh_dash) {
		struct sh_var *last = sh_make("_");

		last->value = sh_xstrdup(path);
		last->flags |= V_EXPORT;
	}
	sh_exec(words->item, path, sh_environment());
}

static int program(struct sh_node *node, struct sh_list *words, struct sh_list *assigns, int flags)
{
	struct sh_job *job;
	int status = 127, child_status;
	char *path;

	if (sh_dash && node->redirs && !sh_expand_redirs(node->redirs))
		return 2;
	path = assigns->count ? NULL : sh_find_command(words->item[0], &status);
	if (sh_dash && !path && !assigns->count) {   /* dash knows without a fork */
		int depth = sh_redir_depth();

		if (sh_redirect(node->redirs, 0))
			sh_not_found(words->item[0], NULL, status);
		sh_restore_redirs(depth);
		return status;
	}
	if (flags & E_LAST && (!node->redirs || flags & E_ANY_REDIR) && !sh_has_trap()) {
		fflush(stdout);
		if (!(flags & E_FORKED) && !sh_dash)   /* the shell is replaced */
			sh_set_level(-1);
		run_program(node, words, assigns, path, status);
	}
	job = sh_new_job();
	if (sh_fork(job, node, 0, NULL) == 0)
		run_program(node, words, assigns, path, status);
	if (!job->count) {
		sh_delete_job(job);
		return sh_skip ? sh_status : 1;
	}
	child_status = sh_wait_job(job);
	return child_status;
}

/* Words that are expanded already, without functions (the builtin `command` that was not seen by its name). */
int sh_run_words(int argc, char **argv)
{
	const struct sh_builtin *builtin = sh_builtin(argv[0]);
	struct sh_list words = { argv, argc, argc }, none = { 0 };
	struct sh_node node;

	if (builtin)
		return sh_run_builtin(builtin, argc, argv);
	memset(&node, 0, sizeof node);
	node.kind = N_SIMPLE;
	node.line = sh_line;
	node.words = argv;
	node.count = argc;
	return program(&node, &words, &none, 0);
}

/* `command NAME …` and `builtin NAME …`: no functions. */
static int without_functions(struct sh_list *words, int *only_builtin)
{
	int i = 0;

	while (i < words->count) {
		if (strcmp(words->item[i], "command") == 0 && i + 1 < words->count && words->item[i + 1][0] != '-') {
			i++;
		} else if (strcmp(words->item[i], "builtin") == 0 && i + 1 < words->count && !sh_dash) {
			*only_builtin = 1;
			i++;
		} else {
			break;
		}
	}
	return i;
}

static int declares(const struct sh_node *node)
{
	const struct sh_builtin *builtin = node->count ? sh_builtin(node->words[0]) : NULL;

	return builtin && builtin->flags & B_ASSIGN;
}

/* The arguments of export, local, …: an assignment is not split; NAME=(…) goes on as it is. */
static int expand_declaration(struct sh_node *node, struct sh_list *words)
{
	int i;

	for (i = 0; i < node->count; i++) {
		size_t at;

		if (i > 0 && sh_is_assignment(node->words[i], &at)) {
			size_t from = at + (node->words[i][at] == '+' ? 2 : 1);
			struct sh_buf text = { 0 };
			char *value;

			if (node->words[i][from] == '(' && !sh_dash) {
				sh_push(words, node->words[i]);
				continue;
			}
			value = sh_expand_string(node->words[i] + from, X_ASSIGN);
			if (!value || sh_skip)
				return 0;
			sh_putn(&text, node->words[i], from);
			sh_puts(&text, value);
			sh_push(words, sh_text(&text));
			continue;
		}
		if (!sh_expand_words(&node->words[i], 1, words))
			return 0;
	}
	return 1;
}

int sh_eval_simple(struct sh_node *node, int flags)
{
	struct sh_list words = { 0 }, assigns = { 0 };
	const struct sh_builtin *builtin;
	struct sh_function *function;
	struct sh_mark mark = sh_mark();
	int skipped, only_builtin = 0, status;

	sh_line = node->line;
	sh_had_subst = 0;
	if (declares(node) ? !expand_declaration(node, &words) : !sh_expand_words(node->words, node->count, &words))
		return sh_status ? sh_status : 1;
	if (sh_skip)
		return sh_status;
	if (words.count == 0) {
		status = only_assigns(node);
		if (node->count && sh_had_subst)
			status = sh_status;
		return status;
	}
	if (!expand_assigns(node, &assigns))
		return sh_status ? sh_status : 1;
	if (sh_opt_x)
		trace(node, &words, &assigns);
	skipped = without_functions(&words, &only_builtin);
	words.item += skipped;
	words.count -= skipped;
	builtin = sh_builtin(words.item[0]);
	function = skipped ? NULL : sh_function(words.item[0]);
	if (sh_dash && builtin && builtin->flags & B_SPECIAL)
		function = NULL;
	if (only_builtin && !builtin) {
		sh_error("builtin: %s: not a shell builtin", words.item[0]);
		return 1;
	}
	if (function || builtin)
		status = run_here(node, &words, &assigns, builtin && !function ? builtin : NULL, function);
	else
		status = program(node, &words, &assigns, flags);
	sh_close_process_substs();
	if (!sh_dash && sh_interactive) {
		struct sh_var *last = sh_make("_");

		free(last->value);
		last->value = sh_xstrdup(words.item[words.count - 1]);
	}
	if (!sh_skip)
		sh_release(mark);
	return status;
}
