/* MD5 (RFC 1321), SHA-1 and SHA-2 (FIPS 180-4). */
#include "digest.h"

#include <stdio.h>
#include <string.h>

static const uint32_t sines[64] = {
	0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501, 0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122,
	0xfd987193, 0xa679438e, 0x49b40821, 0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8, 0x21e1cde6, 0xc33707d6,
	0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a, 0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60,
	0xbebfbc70, 0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665, 0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039,
	0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1, 0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
};
static const unsigned char shifts[4][4] = { { 7, 12, 17, 22 }, { 5, 9, 14, 20 }, { 4, 11, 16, 23 }, { 6, 10, 15, 21 } };

/* The cube roots of the first 80 primes, the square roots of the first 16, behind the point: SHA-256 takes their upper halves. */
static const uint64_t cubes[80] = {
	0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc, 0x3956c25bf348b538, 0x59f111f1b605d019, 0x923f82a4af194f9b,
	0xab1c5ed5da6d8118, 0xd807aa98a3030242, 0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2, 0x72be5d74f27b896f, 0x80deb1fe3b1696b1,
	0x9bdc06a725c71235, 0xc19bf174cf692694, 0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65, 0x2de92c6f592b0275,
	0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5, 0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4,
	0xc6e00bf33da88fc2, 0xd5a79147930aa725, 0x06ca6351e003826f, 0x142929670a0e6e70, 0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed,
	0x53380d139d95b3df, 0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b, 0xa2bfe8a14cf10364, 0xa81a664bbc423001,
	0xc24b8b70d0f89791, 0xc76c51a30654be30, 0xd192e819d6ef5218, 0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8, 0x19a4c116b8d2d0c8,
	0x1e376c085141ab53, 0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8, 0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3,
	0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec, 0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915,
	0xc67178f2e372532b, 0xca273eceea26619c, 0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178, 0x06f067aa72176fba, 0x0a637dc5a2c898a6,
	0x113f9804bef90dae, 0x1b710b35131c471b, 0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc, 0x431d67c49c100d4c, 0x4cc5d4becb3e42b6,
	0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
};
static const uint64_t squares[16] = {
	0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1, 0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b,
	0x5be0cd19137e2179, 0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939, 0x67332667ffc00b31, 0x8eb44a8768581511,
	0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4,
};

static uint32_t turn(uint32_t word, int by) { return word << by | word >> (32 - by); }
static uint64_t turn_long(uint64_t word, int by) { return word >> by | word << (64 - by); }

static void md5(uint64_t state[8], const unsigned char *bytes)
{
	uint32_t word[16], a = state[0], b = state[1], c = state[2], d = state[3];
	int i;

	for (i = 0; i < 16; i++)
		word[i] = bytes[4 * i] | (uint32_t)bytes[4 * i + 1] << 8 | (uint32_t)bytes[4 * i + 2] << 16 | (uint32_t)bytes[4 * i + 3] << 24;
	for (i = 0; i < 64; i++) {
		int round = i / 16;
		uint32_t f = round == 0 ? (b & c) | (~b & d) : round == 1 ? (d & b) | (~d & c) : round == 2 ? b ^ c ^ d : c ^ (b | ~d);
		int from = round == 0 ? i : round == 1 ? (5 * i + 1) % 16 : round == 2 ? (3 * i + 5) % 16 : 7 * i % 16;
		uint32_t sum = a + f + sines[i] + word[from];

		a = d;
		d = c;
		c = b;
		b += turn(sum, shifts[round][i % 4]);
	}
	state[0] = (uint32_t)(state[0] + a);
	state[1] = (uint32_t)(state[1] + b);
	state[2] = (uint32_t)(state[2] + c);
	state[3] = (uint32_t)(state[3] + d);
}

static void sha1(uint64_t state[8], const unsigned char *bytes)
{
	static const uint32_t adds[4] = { 0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6 };
	uint32_t word[80], v[5];
	int i;

	for (i = 0; i < 80; i++)
		word[i] = i >= 16 ? turn(word[i - 3] ^ word[i - 8] ^ word[i - 14] ^ word[i - 16], 1)
			: (uint32_t)bytes[4 * i] << 24 | (uint32_t)bytes[4 * i + 1] << 16 | (uint32_t)bytes[4 * i + 2] << 8 | bytes[4 * i + 3];
	for (i = 0; i < 5; i++)
		v[i] = (uint32_t)state[i];
	for (i = 0; i < 80; i++) {
		uint32_t f = i < 20 ? (v[1] & v[2]) | (~v[1] & v[3]) : i >= 40 && i < 60 ? (v[1] & v[2]) | (v[1] & v[3]) | (v[2] & v[3]) : v[1] ^ v[2] ^ v[3];
		uint32_t next = turn(v[0], 5) + f + v[4] + adds[i / 20] + word[i];

		memmove(v + 1, v, sizeof v - sizeof *v);
		v[2] = turn(v[2], 30);
		v[0] = next;
	}
	for (i = 0; i < 5; i++)
		state[i] = (uint32_t)(state[i] + v[i]);
}

/* Of a word of 32 or of 64 bits: turned right by a, by b, and by c or, where `shifts` says so, shifted. */
static uint64_t mix(uint64_t word, int wide, int a, int b, int c, int shifted)
{
	if (wide)
		return turn_long(word, a) ^ turn_long(word, b) ^ (shifted ? word >> c : turn_long(word, c));
	return turn((uint32_t)word, 32 - a) ^ turn((uint32_t)word, 32 - b) ^ (shifted ? (uint32_t)word >> c : turn((uint32_t)word, 32 - c));
}

static void sha2(uint64_t state[8], const unsigned char *bytes, int wide)
{
	uint64_t word[80], v[8], mask = wide ? ~0ull : 0xffffffff;
	int i, j, size = wide ? 8 : 4, rounds = wide ? 80 : 64;

	for (i = 0; i < rounds; i++) {
		if (i >= 16) {
			uint64_t a = wide ? mix(word[i - 15], 1, 1, 8, 7, 1) : mix(word[i - 15], 0, 7, 18, 3, 1), b = wide ? mix(word[i - 2], 1, 19, 61, 6, 1) : mix(word[i - 2], 0, 17, 19, 10, 1);

			word[i] = (word[i - 16] + a + word[i - 7] + b) & mask;
			continue;
		}
		for (word[i] = 0, j = 0; j < size; j++)
			word[i] = word[i] << 8 | bytes[size * i + j];
	}
	memcpy(v, state, sizeof v);
	for (i = 0; i < rounds; i++) {
		uint64_t e = wide ? mix(v[4], 1, 14, 18, 41, 0) : mix(v[4], 0, 6, 11, 25, 0), a = wide ? mix(v[0], 1, 28, 34, 39, 0) : mix(v[0], 0, 2, 13, 22, 0);
		uint64_t first = v[7] + e + ((v[4] & v[5]) ^ (~v[4] & v[6])) + (wide ? cubes[i] : cubes[i] >> 32) + word[i];
		uint64_t second = a + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));

		memmove(v + 1, v, sizeof v - sizeof *v);
		v[4] = (v[4] + first) & mask;
		v[0] = (first + second) & mask;
	}
	for (i = 0; i < 8; i++)
		state[i] = (state[i] + v[i]) & mask;
}

static int wide(const struct digest *d) { return d->kind >= DIGEST_SHA384; }
static size_t block_size(const struct digest *d) { return wide(d) ? 128 : 64; }

static void block(struct digest *d)
{
	if (d->kind == DIGEST_MD5)
		md5(d->state, d->bytes);
	else if (d->kind == DIGEST_SHA1)
		sha1(d->state, d->bytes);
	else
		sha2(d->state, d->bytes, wide(d));
}

void digest_start(struct digest *d, enum digest_kind kind)
{
	static const uint32_t first[5] = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0 };
	int i;

	memset(d, 0, sizeof *d);
	d->kind = kind;
	for (i = 0; i < 8; i++) {
		uint64_t square = squares[kind == DIGEST_SHA224 || kind == DIGEST_SHA384 ? 8 + i : i];

		d->state[i] = kind <= DIGEST_SHA1 ? (i < 5 ? first[i] : 0) : kind == DIGEST_SHA224 ? (uint32_t)square : kind == DIGEST_SHA256 ? square >> 32 : square;
	}
}

void digest_add(struct digest *d, const unsigned char *bytes, size_t count)
{
	while (count > 0) {
		size_t at = d->total % block_size(d), some = block_size(d) - at;

		if (some > count)
			some = count;
		memcpy(d->bytes + at, bytes, some);
		d->total += some;
		bytes += some;
		count -= some;
		if (at + some == block_size(d))
			block(d);
	}
}

int digest_end(struct digest *d, char text[129])
{
	static const int sizes[] = { 16, 20, 28, 32, 48, 64 };
	size_t at = d->total % block_size(d), end = block_size(d);
	int i, size = wide(d) ? 8 : 4;

	memset(d->bytes + at, 0, end - at);
	d->bytes[at] = 0x80;
	if (at >= end - 2 * (size_t)size) {
		block(d);
		memset(d->bytes, 0, end);
	}
	for (i = 0; i < 8; i++)
		d->bytes[d->kind == DIGEST_MD5 ? end - 8 + i : end - 1 - i] = (unsigned char)(d->total * 8 >> (8 * i));
	block(d);
	for (i = 0; i < sizes[d->kind]; i++) {
		int byte = d->kind == DIGEST_MD5 ? i % 4 : size - 1 - i % size;

		sprintf(text + 2 * i, "%02x", (unsigned)(d->state[i / size] >> (8 * byte)) & 255);
	}
	return 2 * i;
}
