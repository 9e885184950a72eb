#ifndef _SYS_SYSMACROS_H
#define _SYS_SYSMACROS_H
#define major(dev) ((unsigned)((((unsigned long)(dev) >> 8) & 0xfff) | (((unsigned long)(dev) >> 32) & 0xfffff000)))
#define minor(dev) ((unsigned)(((unsigned long)(dev) & 0xff) | (((unsigned long)(dev) >> 12) & 0xffffff00)))
#define makedev(major, minor) ((((unsigned long)(major) & 0xfff) << 8) | (((unsigned long)(major) & 0xfffff000ul) << 32) | ((unsigned long)(minor) & 0xff) | (((unsigned long)(minor) & 0xffffff00ul) << 12))
#endif
