/* linked list, binary tree, hash table and matrix exercises, as in a course */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
typedef struct Node { int key; struct Node *left, *right; } Node;
typedef struct Entry { char *name; int n; struct Entry *next; } Entry;
#define BUCKETS 7
static Entry *table[BUCKETS];
static unsigned hash(const char *s) { unsigned h = 5381; while (*s) h = h * 33 ^ (unsigned char)*s++; return h % BUCKETS; }
static Entry *look(const char *s, int make)
{
    Entry **p;
    for (p = &table[hash(s)]; *p; p = &(*p)->next) if (!strcmp((*p)->name, s)) return *p;
    if (!make) return NULL;
    *p = calloc(1, sizeof **p);
    (*p)->name = strdup(s);
    return *p;
}
static Node *insert(Node *t, int key)
{
    if (!t) { t = malloc(sizeof(Node)); t->key = key; t->left = t->right = NULL; return t; }
    if (key < t->key) t->left = insert(t->left, key); else t->right = insert(t->right, key);
    return t;
}
static int depth(Node *t) { if (!t) return 0; int l = depth(t->left), r = depth(t->right); return 1 + (l > r ? l : r); }
static void inorder(Node *t, void (*f)(int)) { if (!t) return; inorder(t->left, f); f(t->key); inorder(t->right, f); }
static void show(int k) { printf("%d ", k); }
static void hanoi(int n, char a, char b, char c, int *moves) { if (!n) return; hanoi(n - 1, a, c, b, moves); ++*moves; hanoi(n - 1, c, b, a, moves); }
static void swap(int *a, int *b) { int t = *a; *a = *b; *b = t; }
static void bubble(int *a, int n) { for (int i = 0; i < n; i++) for (int j = 0; j + 1 < n - i; j++) if (a[j] > a[j + 1]) swap(a + j, a + j + 1); }
int main(void)
{
    Node *root = NULL;
    int keys[] = { 50, 30, 70, 20, 40, 60, 80, 35 }, i, moves = 0;
    for (i = 0; i < 8; i++) root = insert(root, keys[i]);
    inorder(root, show); printf("depth %d\n", depth(root));
    const char *words[] = { "the", "cat", "the", "dog", "a", "the", "cat" };
    for (i = 0; i < 7; i++) look(words[i], 1)->n++;
    printf("the=%d cat=%d fish=%s\n", look("the", 0)->n, look("cat", 0)->n, look("fish", 0) ? "yes" : "no");
    hanoi(6, 'A', 'B', 'C', &moves); printf("%d moves\n", moves);
    bubble(keys, 8); for (i = 0; i < 8; i++) printf("%d%c", keys[i], i < 7 ? ',' : '\n');
    double a[2][2] = { { 1, 2 }, { 3, 4 } }, b[2][2] = { { 0, 1 }, { 1, 0 } }, c[2][2] = { 0 };
    for (i = 0; i < 2; i++) for (int j = 0; j < 2; j++) for (int k = 0; k < 2; k++) c[i][j] += a[i][k] * b[k][j];
    printf("%.1f %.1f %.1f %.1f\n", c[0][0], c[0][1], c[1][0], c[1][1]);
    char sieve[100] = { 0 }; for (i = 2; i < 100; i++) { if (!sieve[i]) { printf("%d ", i); for (int j = i * i; j < 100; j += i) sieve[j] = 1; } }
    putchar('\n');
    for (i = 1; i <= 15; i++) printf(i % 15 == 0 ? "FizzBuzz\n" : i % 5 == 0 ? "Buzz " : i % 3 == 0 ? "Fizz " : "%d ", i);
    unsigned long long f = 1; for (i = 2; i <= 20; i++) f *= i; printf("20! = %llu\n", f);
    return EXIT_SUCCESS;
}
