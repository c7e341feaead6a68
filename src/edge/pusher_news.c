/* What each person is to be told of: see pusher_inside.h. Loop thread. */
#include <string.h>

#include "edge/pusher_inside.h"

void
hearer_free(gpointer data)
{
	struct hearer *hearer = data;

	g_array_unref(hearer->news);
	g_free(hearer);
}

struct hearer *
pusher_hearer(struct pusher *pusher, int64_t person_id)
{
	struct hearer *hearer = g_hash_table_lookup(pusher->hearers, &person_id);

	if (hearer != NULL)
		return hearer;
	hearer = g_new0(struct hearer, 1);
	hearer->person_id = person_id;
	hearer->news = g_array_new(FALSE, FALSE, sizeof(struct news));
	g_hash_table_add(pusher->hearers, hearer);
	return hearer;
}

static struct news *
news_at(const struct hearer *hearer, guint i)
{
	return &g_array_index(hearer->news, struct news, i);
}

static enum kind
kind_of(const char *name)
{
	enum kind kind = 0;

	while (strcmp(pusher_kinds[kind], name) != 0)
		kind++;
	return kind;
}

/* The same conversation again, such as waiting and then handed over, is still one. */
static bool
is_same(const struct news *one, const struct news *other)
{
	if (one->conversation[0] == '\0' || other->conversation[0] == '\0')
		return one->kind == other->kind && one->about_id == other->about_id;
	return strcmp(one->conversation, other->conversation) == 0;
}

void
hearer_learns(struct hearer *hearer, const struct push_notice *notice, const struct push_hearers *what)
{
	struct news news = { .kind = kind_of(notice->kind), .about_id = notice->about_id, .until = what->until };

	g_strlcpy(news.conversation, what->conversation == NULL ? "" : what->conversation, sizeof news.conversation);
	g_strlcpy(news.name, what->name == NULL ? "" : what->name, sizeof news.name);
	for (guint i = 0; i < hearer->news->len; i++) {
		if (!is_same(news_at(hearer, i), &news))
			continue;
		if (news_at(hearer, i)->kind < news.kind)
			return;
		g_array_remove_index(hearer->news, i);
		break;
	}
	g_array_append_val(hearer->news, news);
}

void
hearer_unlearns_offer(struct hearer *hearer, int64_t chat_id)
{
	for (guint i = hearer->news->len; i-- > 0;) {
		if (news_at(hearer, i)->kind == KIND_OFFER && news_at(hearer, i)->about_id == chat_id)
			g_array_remove_index(hearer->news, i);
	}
}

static const struct news *
most_urgent(const struct hearer *hearer)
{
	const struct news *first = news_at(hearer, 0);

	for (guint i = 1; i < hearer->news->len; i++) {
		if (news_at(hearer, i)->kind <= first->kind)
			first = news_at(hearer, i);
	}
	return first;
}

/* With an offer goes whatever was told of it: so nothing else may be in that push. */
struct pushed
hearer_tells(struct hearer *hearer)
{
	struct pushed pushed = { .news = *most_urgent(hearer), .person_id = hearer->person_id };

	if (pushed.news.kind == KIND_OFFER) {
		pushed.count = 1;
		pushed.is_alone = true;
		hearer_unlearns_offer(hearer, pushed.news.about_id);
		return pushed;
	}
	for (guint i = 0; i < hearer->news->len; i++)
		pushed.count += news_at(hearer, i)->conversation[0] != '\0';
	pushed.is_alone = hearer->news->len == 1;
	g_array_set_size(hearer->news, 0);
	return pushed;
}

/* An offer ends within a minute: it waits for nothing but another one. */
bool
hearer_is_due(const struct hearer *hearer, int64_t now_ms)
{
	if (hearer->is_called || hearer->news->len == 0)
		return false;
	return hearer->quiet_until_ms <= now_ms ||
	    (hearer->told != KIND_OFFER && most_urgent(hearer)->kind == KIND_OFFER);
}
