#ifndef _SYS_REG_H
#define _SYS_REG_H
/* Places of the registers in struct user_regs_struct, in words of 8 bytes. */
enum { R15, R14, R13, R12, RBP, RBX, R11, R10, R9, R8, RAX, RCX, RDX, RSI, RDI, ORIG_RAX, RIP, CS, EFLAGS, RSP, SS, FS_BASE, GS_BASE, DS, ES, FS, GS };
#define R15 R15
#define R14 R14
#define R13 R13
#define R12 R12
#define RBP RBP
#define RBX RBX
#define R11 R11
#define R10 R10
#define R9 R9
#define R8 R8
#define RAX RAX
#define RCX RCX
#define RDX RDX
#define RSI RSI
#define RDI RDI
#define ORIG_RAX ORIG_RAX
#define RIP RIP
#define CS CS
#define EFLAGS EFLAGS
#define RSP RSP
#define SS SS
#define FS_BASE FS_BASE
#define GS_BASE GS_BASE
#define DS DS
#define ES ES
#define FS FS
#define GS GS
#endif
