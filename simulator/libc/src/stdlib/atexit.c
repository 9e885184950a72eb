#define _GNU_SOURCE
#include <libc/start.h>
#include <stdlib.h>

struct exit_function { void (*function)(void); void (*with_status)(int, void *); void *argument; };
static struct exit_function first[32], *functions = first;
static int count, room = 32;

/* A function that a handler registers is called next. */
static void run(int status) {
  while (count > 0) {
    struct exit_function *f = &functions[--count];
    if (f->function) f->function();
    else f->with_status(status, f->argument);
  }
}

static struct exit_function *entry(void) {
  __exit_functions_hook = run;
  if (count == room) {
    struct exit_function *more = malloc(2 * room * sizeof *more);
    if (!more) return 0;
    for (int i = 0; i < count; i++) more[i] = functions[i];
    functions = more;
    room *= 2;
  }
  return &functions[count++];
}

int atexit(void (*function)(void)) {
  struct exit_function *f = entry();
  if (!f) return -1;
  f->function = function;
  return 0;
}

int on_exit(void (*function)(int, void *), void *argument) {
  struct exit_function *f = entry();
  if (!f) return -1;
  f->function = 0;
  f->with_status = function;
  f->argument = argument;
  return 0;
}
