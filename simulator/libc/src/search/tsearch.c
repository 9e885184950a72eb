#define _GNU_SOURCE
#include <search.h>
#include <stdlib.h>
struct node { const void *key; struct node *left, *right; };

static struct node **place(const void *key, struct node **at, int (*compare)(const void *, const void *)) {
  while (*at) {
    int order = compare(key, (*at)->key);
    if (order == 0) break;
    at = order < 0 ? &(*at)->left : &(*at)->right;
  }
  return at;
}
void *tsearch(const void *key, void **root, int (*compare)(const void *, const void *)) {
  struct node **at = place(key, (struct node **)root, compare);
  if (!*at && (*at = calloc(1, sizeof **at))) (*at)->key = key;
  return *at;
}
void *tfind(const void *key, void *const *root, int (*compare)(const void *, const void *)) { return *place(key, (struct node **)root, compare); }
void *tdelete(const void *key, void **root, int (*compare)(const void *, const void *)) {
  struct node **at = place(key, (struct node **)root, compare), *gone = *at;
  if (!gone) return 0;
  if (!gone->left) *at = gone->right;
  else {
    struct node **last = &gone->left;
    while ((*last)->right) last = &(*last)->right;
    struct node *up = *last;
    *last = up->left;
    up->left = gone->left;
    up->right = gone->right;
    *at = up;
  }
  free(gone);
  return root;
}
static void walk(const struct node *n, void (*action)(const void *, VISIT, int), int level) {
  if (!n->left && !n->right) {
    action(n, leaf, level);
    return;
  }
  action(n, preorder, level);
  if (n->left) walk(n->left, action, level + 1);
  action(n, postorder, level);
  if (n->right) walk(n->right, action, level + 1);
  action(n, endorder, level);
}
void tdestroy(void *root, void (*release)(void *)) {
  struct node *n = root;
  if (!n) return;
  tdestroy(n->left, release);
  tdestroy(n->right, release);
  release((void *)n->key);
  free(n);
}
void twalk(const void *root, void (*action)(const void *, VISIT, int)) {
  if (root) walk(root, action, 0);
}
