#ifndef _LIBC_START_H
#define _LIBC_START_H
/* What the start of the program keeps, and the end of it calls. */
extern unsigned long *__auxv;
extern char *program_invocation_name, *program_invocation_short_name;
extern void (*__exit_functions_hook)(int), (*__stdio_exit_hook)(void);
_Noreturn void __fatal(const char *message);
#endif
