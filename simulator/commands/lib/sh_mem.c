/* The shell's memory: an arena that is released in the reverse order of allocation, growing texts, lists. */
#include "sh.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct sh_chunk { struct sh_chunk *up; size_t used, room; char data[]; };
static struct sh_chunk *top;
/* What may not be released: everything in chunks below, and so much of this one. */
static struct sh_chunk *kept_chunk;
static size_t kept_used;

void *sh_xmalloc(size_t size)
{
	void *got = malloc(size ? size : 1);

	if (!got) {
		fprintf(stderr, "%s: xmalloc: cannot allocate %zu bytes\n", sh_message_name, size);
		exit(2);
	}
	return got;
}

char *sh_xstrdup(const char *text)
{
	size_t size = strlen(text) + 1;

	return memcpy(sh_xmalloc(size), text, size);
}

void *sh_alloc(size_t size)
{
	void *got;

	size = (size + 15) & ~(size_t)15;
	if (!top || top->room - top->used < size) {
		size_t room = size > 8000 ? size : 8000;
		struct sh_chunk *chunk = sh_xmalloc(sizeof *chunk + room);

		chunk->up = top;
		chunk->used = 0;
		chunk->room = room;
		top = chunk;
	}
	got = top->data + top->used;
	top->used += size;
	memset(got, 0, size);
	return got;
}

char *sh_copyn(const char *text, size_t length)
{
	char *copy = sh_alloc(length + 1);

	memcpy(copy, text, length);
	copy[length] = '\0';
	return copy;
}

char *sh_copy(const char *text)
{
	return sh_copyn(text, strlen(text));
}

struct sh_mark sh_mark(void)
{
	struct sh_mark mark = { top, top ? top->used : 0 };

	return mark;
}

void sh_release(struct sh_mark mark)
{
	while (top != mark.chunk) {
		struct sh_chunk *gone = top;

		if (gone == kept_chunk) {
			if (gone->used > kept_used)
				gone->used = kept_used;
			return;
		}
		top = gone->up;
		free(gone);
	}
	if (!top)
		return;
	top->used = top == kept_chunk && mark.used < kept_used ? kept_used : mark.used;
}

void sh_keep(void)
{
	kept_chunk = top;
	kept_used = top ? top->used : 0;
}

static void grow(struct sh_buf *buf, size_t more)
{
	size_t room = buf->room ? buf->room : 32;
	char *text;

	if (buf->length + more + 1 <= buf->room)
		return;
	while (room < buf->length + more + 1)
		room *= 2;
	text = sh_alloc(room);
	if (buf->length)
		memcpy(text, buf->text, buf->length);
	buf->text = text;
	buf->room = room;
}

void sh_put(struct sh_buf *buf, char c)
{
	grow(buf, 1);
	buf->text[buf->length++] = c;
}

void sh_putn(struct sh_buf *buf, const char *text, size_t length)
{
	grow(buf, length);
	memcpy(buf->text + buf->length, text, length);
	buf->length += length;
}

void sh_puts(struct sh_buf *buf, const char *text)
{
	sh_putn(buf, text, strlen(text));
}

void sh_putf(struct sh_buf *buf, const char *format, ...)
{
	char text[512];
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(text, sizeof text, format, args);
	va_end(args);
	if (length >= (int)sizeof text) {
		char *longer = sh_alloc((size_t)length + 1);

		va_start(args, format);
		vsnprintf(longer, (size_t)length + 1, format, args);
		va_end(args);
		sh_putn(buf, longer, (size_t)length);
	} else if (length > 0) {
		sh_putn(buf, text, (size_t)length);
	}
}

char *sh_text(struct sh_buf *buf)
{
	grow(buf, 1);
	buf->text[buf->length] = '\0';
	return buf->text;
}

void sh_clear(struct sh_buf *buf)
{
	buf->length = 0;
}

void sh_push(struct sh_list *list, char *text)
{
	if (list->count + 2 > list->room) {
		int room = list->room ? list->room * 2 : 8;
		char **item = sh_alloc((size_t)room * sizeof *item);

		if (list->count)
			memcpy(item, list->item, (size_t)list->count * sizeof *item);
		list->item = item;
		list->room = room;
	}
	list->item[list->count++] = text;
	list->item[list->count] = NULL;
}
