/* What the commands of util-linux have in common: how they refuse their arguments, and how they hand over to another program. */
#ifndef UL_H
#define UL_H

#include <stdbool.h>
#include <sys/types.h>

/* After getopt's own message: where help is to be had; ends with status 1. */
void ul_try_help(void) __attribute__((noreturn));
/* `--help` and `--version`: print and end. */
void ul_help(const char *text) __attribute__((noreturn));
void ul_version(void) __attribute__((noreturn));
/* Runs the program (127: not found, 126: cannot be run); without one, the user's shell as a login shell. */
void ul_exec(char *argv[]) __attribute__((noreturn));
/* A number in decimal, 0x or 0; else ends with `message: 'text'`. */
unsigned long ul_number(const char *text, const char *message);
/* A user or group by name or number; false: neither. */
bool ul_uid(const char *text, uid_t *uid);
bool ul_gid(const char *text, gid_t *gid);
/* A signal by number or name, with or without SIG; 0: none such. */
int ul_signal(const char *text);
/* Writes a file of /proc; on failure errno says why. */
bool ul_write(const char *path, const char *text);

#endif
