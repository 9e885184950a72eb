/* run: {"stdin": "1+2*3\n(4-6)/2\n7%4\n2*(3+\n"} */
#include <stdio.h>
#include <stdlib.h>
#include <ctype.h>
#include <setjmp.h>
typedef enum { NUM, ADD, SUB, MUL, DIV, MOD } Kind;
typedef struct Node { Kind kind; union { double num; struct { struct Node *l, *r; }; }; } Node;
static const char *p; static jmp_buf env;
static Node *expr(void);
static void die(const char *m) { fprintf(stdout, "error: %s at '%s'\n", m, p); longjmp(env, 1); }
static Node *mk(Kind k, Node *l, Node *r) { Node *n = calloc(1, sizeof *n); *n = (Node){ .kind = k, .l = l, .r = r }; return n; }
static Node *prim(void) { while (isspace((unsigned char)*p)) p++; if (*p == '(') { p++; Node *n = expr(); if (*p++ != ')') { p--; die("expected )"); } return n; } if (!isdigit((unsigned char)*p)) die("expected number"); Node *n = calloc(1, sizeof *n); n->num = strtod(p, (char **)&p); return n; }
static Node *term(void) { Node *n = prim(); for (;;) switch (*p) { case '*': p++; n = mk(MUL, n, prim()); break; case '/': p++; n = mk(DIV, n, prim()); break; case '%': p++; n = mk(MOD, n, prim()); continue; default: return n; } }
static Node *expr(void) { Node *n = term(); while (*p == '+' || *p == '-') n = *p++ == '+' ? mk(ADD, n, term()) : mk(SUB, n, term()); return n; }
static double eval(const Node *n) { static double (*ops[])(double, double) = {0}; switch (n->kind) { case NUM: return n->num; case ADD: return eval(n->l) + eval(n->r); case SUB: return eval(n->l) - eval(n->r); case MUL: return eval(n->l) * eval(n->r); case DIV: return eval(n->l) / eval(n->r); case MOD: return (int)eval(n->l) % (int)eval(n->r); } return 0; }
int main(void) { char line[128]; while (fgets(line, sizeof line, stdin)) { p = line; if (setjmp(env)) continue; Node *n = expr(); printf("= %g\n", eval(n)); } return 0; }
