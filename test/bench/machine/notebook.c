// What a notebook may hold at most: about a million statements, with children, new namespaces, pipes and memory in between.
#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct item { int key; struct item *next; char name[24]; };

static struct item *insert(struct item *list, int key) {
  struct item *made = malloc(sizeof *made);
  made->key = key;
  snprintf(made->name, sizeof made->name, "item %d", key);
  struct item **at = &list;
  while (*at && (*at)->key < key)
    at = &(*at)->next;
  made->next = *at;
  *at = made;
  return list;
}

static long walk(struct item *list) {
  long sum = 0;
  for (; list; list = list->next) {
    sum = sum * 31 + list->key;
    if (sum > 1000000007)
      sum %= 1000000007;
  }
  return sum;
}

int main(void) {
  struct item *list = NULL;
  unsigned seed = 1;
  long total = 0;
  for (int round = 0; round < 250; round++) {
    seed = seed * 1103515245 + 12345;
    list = insert(list, seed >> 16);
    for (int again = 0; again < 10; again++)
      total += walk(list);
    int ends[2];
    if (pipe(ends) < 0)
      return 1;
    pid_t child = fork();
    if (child == 0) {
      char name[32];
      if (round % 2 == 0 && unshare(CLONE_NEWUTS | CLONE_NEWIPC) == 0)
        sethostname("bench", 5);
      gethostname(name, sizeof name);
      write(ends[1], name, strlen(name));
      _exit(round % 7);
    }
    char text[32];
    read(ends[0], text, sizeof text);
    close(ends[0]);
    close(ends[1]);
    waitpid(child, NULL, 0);
  }
  printf("%ld\n", total);
  return 0;
}
