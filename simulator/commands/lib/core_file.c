/* Owners, modes and sizes as GNU programs read and write them. */
#define _GNU_SOURCE
#include "core.h"

#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const char *core_user(uid_t uid, char room[24])
{
	const struct passwd *user = getpwuid(uid);

	if (user)
		snprintf(room, 24, "%.23s", user->pw_name);
	else
		snprintf(room, 24, "%u", uid);
	return room;
}

const char *core_group(gid_t gid, char room[24])
{
	const struct group *group = getgrgid(gid);

	if (group)
		snprintf(room, 24, "%.23s", group->gr_name);
	else
		snprintf(room, 24, "%u", gid);
	return room;
}

void core_mode_text(unsigned mode, char text[11])
{
	static const char bits[] = "rwxrwxrwx";
	int i;

	text[0] = S_ISDIR(mode) ? 'd' : S_ISLNK(mode) ? 'l' : S_ISCHR(mode) ? 'c' : S_ISBLK(mode) ? 'b' : S_ISFIFO(mode) ? 'p' : S_ISSOCK(mode) ? 's' :
		  S_ISREG(mode) ? '-' : '?';
	for (i = 0; i < 9; i++)
		text[1 + i] = mode >> (8 - i) & 1 ? bits[i] : '-';
	if (mode & S_ISUID)
		text[3] = mode & 0100 ? 's' : 'S';
	if (mode & S_ISGID)
		text[6] = mode & 010 ? 's' : 'S';
	if (mode & S_ISVTX)
		text[9] = mode & 1 ? 't' : 'T';
	text[10] = '\0';
}

void core_human(unsigned long long bytes, int base, char text[24])
{
	const char *units = base == 1024 ? "KMGTPE" : "kMGTPE";
	unsigned long long whole = bytes, tenths;
	int power = 0;
	unsigned long long unit = 1;

	if (bytes < (unsigned)base) {
		snprintf(text, 24, "%llu", bytes);
		return;
	}
	while (whole >= (unsigned)base && power < 6) {
		whole /= (unsigned)base;
		unit *= (unsigned)base;
		power++;
	}
	/* Rounded up, one decimal below 10. */
	tenths = (bytes / unit) * 10 + ((bytes % unit) * 10 + unit - 1) / unit;
	if (tenths < 100) {
		snprintf(text, 24, "%llu.%llu%c", tenths / 10, tenths % 10, units[power - 1]);
		return;
	}
	whole = bytes / unit + (bytes % unit != 0);
	if (whole >= (unsigned)base && power < 6)
		snprintf(text, 24, "1.0%c", units[power]);
	else
		snprintf(text, 24, "%llu%c", whole, units[power - 1]);
}

int core_parse_mode(const char *text, unsigned old, int directory, unsigned mask, unsigned *mode)
{
	unsigned value = old & 07777;

	if (*text >= '0' && *text <= '7') {
		char *end;
		unsigned long octal = strtoul(text, &end, 8);

		if (*end || octal > 07777)
			return 0;
		/* A directory keeps its set-id bits unless five digits say otherwise. */
		if (directory && strlen(text) < 5)
			octal |= old & 06000;
		*mode = (unsigned)octal;
		return 1;
	}
	for (;;) {
		unsigned who = 0, masked;

		for (; *text && strchr("ugoa", *text); text++)
			who |= *text == 'u' ? 04700u : *text == 'g' ? 02070u : *text == 'o' ? 01007u : 07777u;
		masked = who ? 0 : mask;
		if (!who)
			who = 07777;
		if (!*text || !strchr("+-=", *text))
			return 0;
		while (*text && strchr("+-=", *text)) {
			char op = *text++;
			unsigned bits = 0, clear;

			if (*text && strchr("ugo", *text)) {
				unsigned three = *text == 'u' ? value >> 6 & 7 : *text == 'g' ? value >> 3 & 7 : value & 7;

				bits = three | three << 3 | three << 6;
				text++;
			} else {
				for (; *text && strchr("rwxXst", *text); text++)
					bits |= *text == 'r' ? 0444u : *text == 'w' ? 0222u : *text == 'x' ? 0111u : *text == 's' ? 06000u : *text == 't' ? 01000u :
						directory || value & 0111 ? 0111u : 0u;
			}
			bits &= who & ~masked;
			clear = who & (directory ? 01777u : 07777u);
			if (op == '+')
				value |= bits;
			else if (op == '-')
				value &= ~bits;
			else
				value = (value & ~clear) | bits;
		}
		if (!*text) {
			*mode = value;
			return 1;
		}
		if (*text++ != ',')
			return 0;
	}
}

static int number(const char *text, unsigned *value)
{
	char *end;
	unsigned long long parsed;

	if (*text == '+')
		text++;
	if (*text < '0' || *text > '9')
		return 0;
	parsed = strtoull(text, &end, 10);
	*value = (unsigned)parsed;
	return *end == '\0' && parsed < 0xFFFFFFFFull;
}

const char *core_parse_owner(const char *text, uid_t *uid, gid_t *gid)
{
	char *copy = core_strdup(text), *colon = strchr(copy, ':');
	const struct passwd *user = NULL;
	const struct group *group;
	unsigned value;

	*uid = (uid_t)-1;
	*gid = (gid_t)-1;
	if (colon)
		*colon++ = '\0';
	if (*copy) {
		user = getpwnam(copy);
		if (user)
			*uid = user->pw_uid;
		else if (number(copy, &value))
			*uid = value;
		else
			return "invalid user";
		if (colon && !*colon) {
			if (!user)
				return "invalid spec";
			*gid = user->pw_gid;
		}
	}
	if (colon && *colon) {
		group = getgrnam(colon);
		if (group)
			*gid = group->gr_gid;
		else if (number(colon, &value))
			*gid = value;
		else
			return "invalid group";
	}
	free(copy);
	return NULL;
}
