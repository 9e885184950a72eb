#include "work.h"
struct point { int x, y; long weight; double value; };
struct node { struct node *next; struct point p; };
static struct node pool[1000];
static struct point middle(struct point a, struct point b) {
  struct point r = { (a.x + b.x) / 2, (a.y + b.y) / 2, a.weight + b.weight, a.value * 0.5 + b.value };
  return r;
}
long work(void) {
  struct node *head = 0;
  for (int i = 0; i < 1000; i++) {
    struct node *n = &pool[i];
    n->p = (struct point){ .x = i, .y = i * 7 % 13, .weight = i, .value = i / 3.0 };
    n->next = head;
    head = n;
  }
  long sum = 0;
  double value = 0;
  for (int round = 0; round < 8000; round++) {
    for (struct node *n = head; n && n->next; n = n->next) {
      struct point m = middle(n->p, n->next->p);
      sum += m.x + m.y * 3 + m.weight;
      value += m.value;
      n->p.y = m.y ^ round;
    }
  }
  return sum + (long)value;
}
