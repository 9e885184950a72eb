/* Syntax trees as text: for jobs, `type` and `declare -f`; and quoting. */
#include "sh.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

char *sh_quote(const char *text)
{
	struct sh_buf out = { 0 };
	const char *p;
	int control = 0;

	for (p = text; *p; p++)
		control |= (unsigned char)*p < ' ' || *p == 127;
	if (*text && text[strcspn(text, " \t\n'\"\\|&;()<>*?[]{}$`!#^~")] == '\0')
		return sh_copy(text);
	if (*text && !strpbrk(text, " \t\n'\"\\|&;()<>*?[]{}$`!^") && *text != '#' && *text != '~')
		return sh_copy(text);
	if (control && !sh_dash) {
		sh_puts(&out, "$'");
		for (; *text; text++) {
			static const char from[] = "\a\b\033\f\n\r\t\v'\\", to[] = "abEfnrtv'\\";
			const char *at = strchr(from, *text);

			if (at)
				sh_put(&out, '\\'), sh_put(&out, to[at - from]);
			else if ((unsigned char)*text < ' ' || *text == 127)
				sh_putf(&out, "\\%03o", (unsigned char)*text);
			else
				sh_put(&out, *text);
		}
		sh_put(&out, '\'');
		return sh_text(&out);
	}
	sh_put(&out, '\'');
	for (; *text; text++) {
		if (*text == '\'')
			sh_puts(&out, "'\\''");
		else
			sh_put(&out, *text);
	}
	sh_put(&out, '\'');
	return sh_text(&out);
}

/* A multi-line text (depth: of indentation) or one line (depth -1). */
struct printer { struct sh_buf out; int depth; struct sh_redir *here; };

static void print(struct printer *p, const struct sh_node *node);

static void line(struct printer *p)
{
	int i;

	if (p->depth < 0) {
		sh_put(&p->out, ' ');
		return;
	}
	sh_put(&p->out, '\n');
	for (i = 0; i < p->depth * 4; i++)
		sh_put(&p->out, ' ');
}

static void redirs(struct printer *p, const struct sh_redir *redir)
{
	static const char *const operators[] = {
		[R_IN] = "<", [R_OUT] = ">", [R_APPEND] = ">>", [R_CLOBBER] = ">|", [R_RDWR] = "<>", [R_DUP_IN] = "<&", [R_DUP_OUT] = ">&",
		[R_HERE] = "<<", [R_HERE_STRING] = "<<<", [R_BOTH] = "&>", [R_BOTH_APPEND] = "&>>",
	};

	for (; redir; redir = redir->next) {
		int dup = redir->kind == R_DUP_IN || redir->kind == R_DUP_OUT;

		sh_put(&p->out, ' ');
		if (redir->variable)
			sh_putf(&p->out, "{%s}", redir->variable);
		else if (redir->fd >= 0)
			sh_putf(&p->out, "%d", redir->fd);
		else if (dup && p->depth >= 0)
			sh_put(&p->out, redir->kind == R_DUP_IN ? '0' : '1');
		else if (dup)
			sh_put(&p->out, redir->kind == R_DUP_IN ? '0' : '1');
		sh_puts(&p->out, operators[redir->kind]);
		if (redir->strip)
			sh_put(&p->out, '-');
		if (!dup && redir->kind != R_HERE)
			sh_put(&p->out, ' ');
		sh_puts(&p->out, redir->word);
	}
	for (; redir; redir = redir->next)
		;
}

static void here_bodies(struct printer *p, const struct sh_redir *redir)
{
	for (; redir; redir = redir->next)
		if (redir->kind == R_HERE && redir->body) {
			sh_put(&p->out, '\n');
			sh_puts(&p->out, redir->body);
			sh_puts(&p->out, sh_unquote(redir->word));
		}
}

static void words(struct printer *p, char **list, int count, int started)
{
	int i;

	for (i = 0; i < count; i++) {
		if (i > 0 || started)
			sh_put(&p->out, ' ');
		sh_puts(&p->out, list[i]);
	}
}

static void inner(struct printer *p, const struct sh_node *node)
{
	if (p->depth >= 0)
		p->depth++;
	line(p);
	print(p, node);
	if (!(p->out.length && p->out.text[p->out.length - 1] == '&'))
		sh_put(&p->out, ';');
	if (p->depth >= 0)
		p->depth--;
	line(p);
}

/* Between braces: no semicolon behind the last command. */
static void group(struct printer *p, const struct sh_node *node)
{
	sh_put(&p->out, ' ');
	p->depth++;
	line(p);
	print(p, node);
	p->depth--;
	line(p);
	sh_put(&p->out, '}');
}

static void cond(struct printer *p, const struct sh_cond *c)
{
	switch (c->kind) {
	case C_AND: case C_OR:
		cond(p, c->a);
		sh_puts(&p->out, c->kind == C_AND ? " && " : " || ");
		cond(p, c->b);
		break;
	case C_NOT: sh_puts(&p->out, "! "); cond(p, c->a); break;
	case C_UNARY: sh_putf(&p->out, "%s %s", c->op, c->left); break;
	case C_BINARY: sh_putf(&p->out, "%s %s %s", c->left, c->op, c->right); break;
	case C_WORD: sh_putf(&p->out, "-n %s", c->left); break;
	}
}

static void cases(struct printer *p, const struct sh_node *node)
{
	const struct sh_case *item;
	int i;

	sh_putf(&p->out, "case %s in ", node->name);
	for (item = node->cases; item; item = item->next) {
		if (p->depth >= 0)
			p->depth++;
		line(p);
		for (i = 0; i < item->count; i++)
			sh_putf(&p->out, i ? " | %s" : "%s", item->patterns[i]);
		sh_put(&p->out, ')');
		if (p->depth >= 0)
			p->depth++;
		if (item->body) {
			line(p);
			print(p, item->body);
		}
		if (p->depth >= 0)
			p->depth--;
		line(p);
		sh_puts(&p->out, item->ending == ';' ? ";;" : item->ending == '&' ? ";&" : ";;&");
		if (p->depth >= 0)
			p->depth--;
	}
	line(p);
	sh_puts(&p->out, "esac");
}

static void print_if(struct printer *p, const struct sh_node *node)
{
	sh_puts(&p->out, "if ");
	print(p, node->a);
	sh_puts(&p->out, "; then");
	inner(p, node->b);
	if (node->c) {
		sh_puts(&p->out, "else");
		inner(p, node->c);
	}
	sh_puts(&p->out, "fi");
}

static void body(struct printer *p, const struct sh_node *list)
{
	if (p->depth >= 0)
		line(p);
	else
		sh_put(&p->out, ' ');
	sh_puts(&p->out, "do");
	inner(p, list);
	sh_puts(&p->out, "done");
}

static void print(struct printer *p, const struct sh_node *node)
{
	const struct sh_node *element;

	if (!node)
		return;
	switch (node->kind) {
	case N_SIMPLE:
		words(p, node->assigns, node->assign_count, 0);
		words(p, node->words, node->count, node->assign_count > 0);
		redirs(p, node->redirs);
		if (!node->count && !node->assign_count && p->out.length && p->out.text[0] == ' ')
			memmove(p->out.text, p->out.text + 1, --p->out.length);
		here_bodies(p, node->redirs);
		return;
	case N_PIPE:
		for (element = node->a; element; element = element->c) {
			if (element != node->a)
				sh_puts(&p->out, element->flag ? " 2>&1 | " : " | ");
			print(p, element->a);
		}
		return;
	case N_AND: case N_OR:
		print(p, node->a);
		sh_puts(&p->out, node->kind == N_AND ? " && " : " || ");
		print(p, node->b);
		return;
	case N_SEQ:
		print(p, node->a);
		if (p->out.text[p->out.length - 1] != '&')
			sh_put(&p->out, ';');
		line(p);
		print(p, node->b);
		return;
	case N_BG: print(p, node->a); sh_puts(&p->out, " &"); return;
	case N_NOT: sh_puts(&p->out, "! "); print(p, node->a); return;
	case N_TIME: sh_puts(&p->out, node->flag ? "time -p " : "time "); print(p, node->a); return;
	case N_SUBSHELL: sh_puts(&p->out, "( "); print(p, node->a); sh_puts(&p->out, " )"); break;
	case N_GROUP:
		sh_put(&p->out, '{');
		if (p->depth < 0)
			sh_put(&p->out, ' '), print(p, node->a), sh_puts(&p->out, "; }");
		else
			group(p, node->a);
		break;
	case N_IF: print_if(p, node); break;
	case N_FOR: case N_SELECT:
		sh_putf(&p->out, "%s %s", node->kind == N_FOR ? "for" : "select", node->name);
		sh_puts(&p->out, node->flag ? " in" : " in \"$@\"");
		words(p, node->words, node->count, 1);
		sh_put(&p->out, ';');
		body(p, node->a);
		break;
	case N_ARITH_FOR:
		sh_putf(&p->out, "for ((%s; %s; %s))", node->name, node->name2 + strspn(node->name2, " "), node->name3 + strspn(node->name3, " "));
		body(p, node->a);
		break;
	case N_WHILE: case N_UNTIL:
		sh_puts(&p->out, node->kind == N_WHILE ? "while " : "until ");
		print(p, node->a);
		sh_puts(&p->out, "; do");
		inner(p, node->b);
		sh_puts(&p->out, "done");
		break;
	case N_CASE: cases(p, node); break;
	case N_FUNCTION:
		sh_putf(&p->out, "function %s () ", node->name);
		if (p->depth >= 0)
			line(p);
		print(p, node->a);
		return;
	case N_COND: sh_puts(&p->out, "[[ "); cond(p, node->cond); sh_puts(&p->out, " ]]"); break;
	case N_ARITH: sh_putf(&p->out, "((%s))", node->name); break;
	}
	redirs(p, node->redirs);
}

char *sh_print_node(const struct sh_node *node)
{
	struct printer p = { .depth = -1 };

	print(&p, node);
	return sh_text(&p.out);
}

void sh_print_function(const char *name, const struct sh_node *node)
{
	struct printer p = { .depth = 0 };

	if (node->a && node->a->kind == N_GROUP) {
		sh_put(&p.out, '{');
		sh_put(&p.out, ' ');
		p.depth = 1;
		line(&p);
		print(&p, node->a->a);
		p.depth = 0;
		line(&p);
		sh_put(&p.out, '}');
		redirs(&p, node->a->redirs);
	} else {
		print(&p, node->a);
	}
	printf("%s () \n%s\n", name, sh_text(&p.out));
}
