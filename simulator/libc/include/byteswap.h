#ifndef _BYTESWAP_H
#define _BYTESWAP_H
#define bswap_16(x) ((unsigned short)((((unsigned)(x) & 0xff00u) >> 8) | (((unsigned)(x) & 0xffu) << 8)))
#define bswap_32(x) ((((unsigned)(x) & 0xff000000u) >> 24) | (((unsigned)(x) & 0xff0000u) >> 8) | (((unsigned)(x) & 0xff00u) << 8) | (((unsigned)(x) & 0xffu) << 24))
#define bswap_64(x) ((unsigned long)bswap_32((unsigned long)(x) >> 32) | ((unsigned long)bswap_32((unsigned)(x)) << 32))
#endif
