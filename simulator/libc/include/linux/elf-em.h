#ifndef _LINUX_ELF_EM_H
#define _LINUX_ELF_EM_H
#define EM_386 3
#define EM_ARM 40
#define EM_X86_64 62
#define EM_AARCH64 183
#endif
