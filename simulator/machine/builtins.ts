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
 * A function that is declared but defined nowhere is looked for among the natives (natives/): pure functions over memory in TypeScript, for speed.
 */
export const MACHINE_BUILTINS = ['__syscall', '__clone', '__setjmp', '__longjmp', '__thread_pointer'] as const;
export type MachineBuiltin = typeof MACHINE_BUILTINS[number];
