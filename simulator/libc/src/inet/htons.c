#define _GNU_SOURCE
#include <netinet/in.h>
uint32_t htonl(uint32_t value) { return bswap_32(value); }
uint16_t htons(uint16_t value) { return bswap_16(value); }
uint32_t ntohl(uint32_t value) { return bswap_32(value); }
uint16_t ntohs(uint16_t value) { return bswap_16(value); }
