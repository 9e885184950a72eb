#define _GNU_SOURCE
#include <libc/start.h>
#include <stdlib.h>
#include <unistd.h>

extern void (*const __fini_array_start[])(void), (*const __fini_array_end[])(void);
void (*__exit_functions_hook)(int), (*__stdio_exit_hook)(void);

void exit(int status) {
  if (__exit_functions_hook) __exit_functions_hook(status);
  for (long i = __fini_array_end - __fini_array_start; i-- > 0;) __fini_array_start[i]();
  if (__stdio_exit_hook) __stdio_exit_hook();
  _exit(status);
}
