/**
 * Functions that the compiler knows and the machine does itself; the libc is built on them. As C sees them:
 * ```c
 * long __syscall(long nr, long a, long b, long c, long d, long e, long f);   // result, or -errno
 * // clone or clone3 (nr, its five arguments); the child runs fn(arg) on `stack` (0: where it is) with nothing below, then exit(2) with the value
 * long __clone(long nr, long a, long b, long c, long d, long e, int (*fn)(void *), void *arg, void *stack);
 * int __setjmp(void *buf);                  // buf: 64 bytes; twice-returning
 * void __longjmp(void *buf, int value);     // unwinds to it; a frame that has returned: SIGSEGV
 * void *__thread_pointer(void);             // what arch_prctl(ARCH_SET_FS) or CLONE_SETTLS set; thread-locals end there
 * ```
 * Symbols that the linker makes, for `_start` (all there even when empty):
 * ```c
 * extern const struct { const void *data; unsigned long data_size, size, align; } __tls_template;   // Image.tls: initialised bytes (in rodata), their length, whole size, alignment
 * extern void (*const __init_array_start[])(int, char **, char **), (*const __init_array_end[])(int, char **, char **);   // constructors, in order
 * extern void (*const __fini_array_start[])(void), (*const __fini_array_end[])(void);                                     // destructors, run from the last to the first
 * ```
 * The first task begins with the thread pointer 0; `_start` makes room, copies the template and calls arch_prctl(ARCH_SET_FS). A signal's `sa_restorer` is the libc's
 * `__restore_rt`, which calls rt_sigreturn; a machine that sees handlers return by itself need not call it.
 * A function that is declared but defined nowhere is looked for among the natives (natives/): pure functions over memory in TypeScript, for speed.
 */
export const MACHINE_BUILTINS = ['__syscall', '__clone', '__setjmp', '__longjmp', '__thread_pointer'] as const;
export type MachineBuiltin = typeof MACHINE_BUILTINS[number];
