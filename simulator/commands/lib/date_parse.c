/* Dates: 2024-01-31 12:30:59.5, @1700000000, Jan 5 2024, yesterday, 3 days ago, next friday, UTC, +0200 … */
#define _GNU_SOURCE
#include "date_parse.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct state { const char *at; struct tm tm; long nsec, zone, seconds; int has_time, has_date, has_zone, days, months, years, day_of_week, day_shift, absolute; };

static const char *const months[] = { "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december" };
static const char *const week[] = { "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday" };

static int name_in(const char *const *names, int count, const char *word)
{
	size_t length = strlen(word);
	int i;

	for (i = 0; i < count && length >= 3; i++)
		if (strncasecmp(names[i], word, length) == 0)
			return i;
	return -1;
}

static int time_of_day(struct state *s, long hour)
{
	s->tm.tm_hour = (int)hour;
	s->tm.tm_min = (int)strtol(s->at + 1, (char **)&s->at, 10);
	s->tm.tm_sec = 0;
	if (*s->at == ':')
		s->tm.tm_sec = (int)strtol(s->at + 1, (char **)&s->at, 10);
	if (*s->at == '.' || *s->at == ',') {
		long scale = 100000000;

		for (s->at++; isdigit((unsigned char)*s->at); s->at++, scale /= 10)
			s->nsec += (*s->at - '0') * scale;
	}
	s->has_time = 1;
	while (*s->at == ' ')
		s->at++;
	if (strncasecmp(s->at, "am", 2) == 0 || strncasecmp(s->at, "pm", 2) == 0) {
		s->tm.tm_hour = s->tm.tm_hour % 12 + (tolower((unsigned char)*s->at) == 'p' ? 12 : 0);
		s->at += 2;
	}
	if ((*s->at == '+' || *s->at == '-') && isdigit((unsigned char)s->at[1])) {
		int sign = *s->at == '-' ? -1 : 1;
		long zone = strtol(s->at + 1, (char **)&s->at, 10);

		if (*s->at == ':')
			zone = zone * 100 + strtol(s->at + 1, (char **)&s->at, 10);
		else if (zone < 24)
			zone *= 100;
		s->zone = sign * (zone / 100 * 3600 + zone % 100 * 60);
		s->has_zone = 1;
	}
	return s->tm.tm_hour < 24 && s->tm.tm_min < 60 && s->tm.tm_sec <= 60;
}

/* A unit behind a number: how much of it is added. */
static int unit(struct state *s, const char *word, long amount)
{
	size_t length = strlen(word);
	char single[32];

	if (length >= sizeof single)
		return 0;
	strcpy(single, word);
	if (length > 3 && single[length - 1] == 's')
		single[length - 1] = '\0';
	if (strcasecmp(single, "second") == 0 || strcasecmp(single, "sec") == 0)
		s->seconds += amount;
	else if (strcasecmp(single, "minute") == 0 || strcasecmp(single, "min") == 0)
		s->seconds += amount * 60;
	else if (strcasecmp(single, "hour") == 0)
		s->seconds += amount * 3600;
	else if (strcasecmp(single, "day") == 0)
		s->days += (int)amount;
	else if (strcasecmp(single, "week") == 0)
		s->days += (int)amount * 7;
	else if (strcasecmp(single, "fortnight") == 0)
		s->days += (int)amount * 14;
	else if (strcasecmp(single, "month") == 0)
		s->months += (int)amount;
	else if (strcasecmp(single, "year") == 0)
		s->years += (int)amount;
	else
		return 0;
	return 1;
}

static const char *word_at(struct state *s, char *word)
{
	int length = 0;

	while (*s->at == ' ' || *s->at == ',')
		s->at++;
	while (isalpha((unsigned char)*s->at) && length < 31)
		word[length++] = *s->at++;
	word[length] = '\0';
	return word;
}

static int ago(struct state *s)
{
	const char *back = s->at;
	char word[32];

	if (strcasecmp(word_at(s, word), "ago") == 0)
		return -1;
	s->at = back;
	return 1;
}

static int number(struct state *s)
{
	int sign = *s->at == '-' ? -1 : *s->at == '+' ? 1 : 0;
	const char *start = s->at += sign != 0, *back;
	long value = strtol(s->at, (char **)&s->at, 10);
	char word[32];
	int month;

	if (s->at == start)
		return 0;
	if (!sign && *s->at == ':')
		return time_of_day(s, value);
	if (!sign && *s->at == '-' && isdigit((unsigned char)s->at[1])) {
		s->tm.tm_year = (int)(value < 69 ? value + 100 : value < 100 ? value : value - 1900);
		s->tm.tm_mon = (int)strtol(s->at + 1, (char **)&s->at, 10) - 1;
		if (*s->at != '-')
			return 0;
		s->tm.tm_mday = (int)strtol(s->at + 1, (char **)&s->at, 10);
		s->has_date = 1;
		if (*s->at == 'T' && isdigit((unsigned char)s->at[1]))
			s->at++;
		return s->tm.tm_mon >= 0 && s->tm.tm_mon < 12 && s->tm.tm_mday >= 1 && s->tm.tm_mday <= 31;
	}
	if (!sign && *s->at == '/') {
		s->tm.tm_mon = (int)value - 1;
		s->tm.tm_mday = (int)strtol(s->at + 1, (char **)&s->at, 10);
		if (*s->at == '/') {
			value = strtol(s->at + 1, (char **)&s->at, 10);
			s->tm.tm_year = (int)(value < 69 ? value + 100 : value < 100 ? value : value - 1900);
		}
		s->has_date = 1;
		return 1;
	}
	if (!sign && s->at - start == 8) {
		s->tm.tm_year = (int)(value / 10000 - 1900);
		s->tm.tm_mon = (int)(value / 100 % 100 - 1);
		s->tm.tm_mday = (int)(value % 100);
		s->has_date = 1;
		return s->tm.tm_mon >= 0 && s->tm.tm_mon < 12;
	}
	back = s->at;
	word_at(s, word);
	month = name_in(months, 12, word);
	if (!sign && month >= 0 && value >= 1 && value <= 31) {
		s->tm.tm_mday = (int)value;
		s->tm.tm_mon = month;
		s->has_date = 1;
		return 1;
	}
	if (*word && (strcasecmp(word, "am") == 0 || strcasecmp(word, "pm") == 0)) {
		s->tm.tm_hour = (int)(value % 12 + (tolower((unsigned char)*word) == 'p' ? 12 : 0));
		s->tm.tm_min = s->tm.tm_sec = 0;
		s->has_time = 1;
		return 1;
	}
	if (*word)
		return unit(s, word, (sign < 0 ? -value : value) * ago(s));
	s->at = back;
	if (s->has_date && s->at - start == 4) {
		s->tm.tm_year = (int)value - 1900;
		return 1;
	}
	return 0;
}

static int named(struct state *s)
{
	char word[32], next[32];
	int index;

	word_at(s, word);
	if (!*word)
		return 0;
	if (strcasecmp(word, "now") == 0 || strcasecmp(word, "today") == 0)
		return 1;
	if (strcasecmp(word, "tomorrow") == 0 || strcasecmp(word, "yesterday") == 0) {
		s->days += tolower((unsigned char)*word) == 't' ? 1 : -1;
		return 1;
	}
	if (strcasecmp(word, "midnight") == 0 || strcasecmp(word, "noon") == 0) {
		s->tm.tm_hour = tolower((unsigned char)*word) == 'n' ? 12 : 0;
		s->tm.tm_min = s->tm.tm_sec = 0;
		s->has_time = 1;
		return 1;
	}
	if (strcasecmp(word, "utc") == 0 || strcasecmp(word, "gmt") == 0 || strcasecmp(word, "z") == 0) {
		s->zone = 0;
		s->has_zone = 1;
		return 1;
	}
	if (strcasecmp(word, "next") == 0 || strcasecmp(word, "last") == 0 || strcasecmp(word, "this") == 0) {
		int by = strcasecmp(word, "next") == 0 ? 1 : strcasecmp(word, "last") == 0 ? -1 : 0;

		word_at(s, next);
		index = name_in(week, 7, next);
		if (index >= 0) {
			s->day_of_week = index;
			s->day_shift = by;
			return 1;
		}
		return unit(s, next, by);
	}
	index = name_in(months, 12, word);
	if (index >= 0) {
		while (*s->at == ' ' || *s->at == '.')
			s->at++;
		s->tm.tm_mon = index;
		if (isdigit((unsigned char)*s->at)) {
			s->tm.tm_mday = (int)strtol(s->at, (char **)&s->at, 10);
			if (*s->at == ',')
				s->at++;
		}
		s->has_date = 1;
		return 1;
	}
	index = name_in(week, 7, word);
	if (index >= 0) {
		s->day_of_week = index;
		return 1;
	}
	return unit(s, word, ago(s));
}

int date_parse(const char *text, time_t now, struct timespec *to)
{
	struct state s;

	memset(&s, 0, sizeof s);
	s.at = text;
	s.day_of_week = -1;
	localtime_r(&now, &s.tm);
	while (isspace((unsigned char)*s.at))
		s.at++;
	if (*s.at == '@') {
		char *end;

		to->tv_sec = (time_t)strtoll(s.at + 1, &end, 10);
		to->tv_nsec = 0;
		return end != s.at + 1 && !*end;
	}
	if (!*s.at) {
		s.has_time = 1;
		s.tm.tm_hour = s.tm.tm_min = s.tm.tm_sec = 0;
	}
	while (*s.at) {
		if (isspace((unsigned char)*s.at) || *s.at == ',') {
			s.at++;
			continue;
		}
		if (!(isdigit((unsigned char)*s.at) || *s.at == '+' || *s.at == '-' ? number(&s) : named(&s)))
			return 0;
	}
	if ((s.has_date || s.day_of_week >= 0) && !s.has_time)
		s.tm.tm_hour = s.tm.tm_min = s.tm.tm_sec = 0;
	s.tm.tm_isdst = -1;
	s.tm.tm_mday += s.days;
	s.tm.tm_mon += s.months;
	s.tm.tm_year += s.years;
	if (s.day_of_week >= 0 && !s.has_date)
		s.tm.tm_mday += (s.day_of_week - s.tm.tm_wday + 7) % 7 + 7 * (s.day_shift - (s.day_shift > 0 && s.day_of_week != s.tm.tm_wday));
	to->tv_sec = s.has_zone ? timegm(&s.tm) - s.zone : mktime(&s.tm);
	to->tv_sec += s.seconds;
	to->tv_nsec = s.nsec;
	return 1;
}
