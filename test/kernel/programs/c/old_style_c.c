#include <stdio.h>
#include <string.h>
#include <stdlib.h>
#define MAXLINE 100
#define swap(t, x, y) { t _z = x; x = y; y = _z; }
/* run: {"stdin": "the quick brown fox\njumps over the lazy dog\nthe end\n"} */
struct tnode { char *word; int count; struct tnode *left, *right; };
struct tnode *addtree(struct tnode *, char *); void treeprint(struct tnode *); static char buf[100]; 
int getword(w, lim) char *w; int lim; { int c; char *p = w; while ((c = getchar()) == ' ' || c == '\n'); if (c == EOF) return EOF; do *p++ = c; while ((c = getchar()) != EOF && c != ' ' && c != '\n' && p - w < lim - 1); *p = '\0'; return w[0]; }
main() { struct tnode *root = NULL; char word[MAXLINE]; while (getword(word, MAXLINE) != EOF) root = addtree(root, word); treeprint(root); { int a = 1, b = 2; swap(int, a, b) printf("%d %d\n", a, b); } printf("%s\n", strcpy(buf, "done")); exit(2); }
struct tnode *addtree(struct tnode *p, char *w) { int cond; if (p == NULL) { p = (struct tnode *) malloc(sizeof(struct tnode)); p->word = strdup(w); p->count = 1; p->left = p->right = NULL; } else if ((cond = strcmp(w, p->word)) == 0) p->count++; else if (cond < 0) p->left = addtree(p->left, w); else p->right = addtree(p->right, w); return p; }
void treeprint(struct tnode *p) { if (p != NULL) { treeprint(p->left); printf("%4d %s\n", p->count, p->word); treeprint(p->right); } }
