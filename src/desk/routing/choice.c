/*
 * The choice: who is asked next, and which chat. See routing_inside.h. Pure: nothing here knows of a store, a clock or an order but
 * that in which it is given the facts.
 */
#include <string.h>

#include "desk/routing/routing_inside.h"

/* Whether a language is the same but for the country: de and de-AT. */
static bool
is_language(const char *can, const char *wish)
{
	size_t can_length = strcspn(can, "-"), wish_length = strcspn(wish, "-");

	return can_length == wish_length && g_ascii_strncasecmp(can, wish, can_length) == 0;
}

static bool
knows_topic(const struct routing_person *person, const char *topic)
{
	for (size_t i = 0; i < person->topic_count; i++) {
		if (g_ascii_strcasecmp(person->topics[i], topic) == 0)
			return true;
	}
	return person->topic_count == 0;
}

static bool
knows_language(const struct routing_person *person, const char *language)
{
	for (size_t i = 0; i < person->language_count; i++) {
		if (is_language(person->languages[i], language))
			return true;
	}
	return person->language_count == 0;
}

static bool
is_in_team(const struct routing_person *person, int64_t team)
{
	for (size_t i = 0; i < person->team_count; i++) {
		if (person->teams[i] == team)
			return true;
	}
	return false;
}

static bool
fits(const struct routing_facts *facts, const struct routing_waiter *waiter, const struct routing_person *person)
{
	if (facts->now_ms - waiter->since >= facts->wishes_ms)
		return true;
	return (waiter->team == 0 || is_in_team(person, waiter->team)) &&
	    (waiter->topic == NULL || knows_topic(person, waiter->topic)) &&
	    (waiter->language == NULL || knows_language(person, waiter->language));
}

static bool
was_asked(const struct routing_facts *facts, const struct routing_waiter *waiter, const struct routing_person *person)
{
	for (size_t i = 0; i < facts->asked_count; i++) {
		if (facts->asked[i].chat == waiter->chat && facts->asked[i].person == person->person)
			return true;
	}
	return false;
}

/* The first who fits; of who was asked only where that does not matter any more. 0: nobody. */
static int64_t
first_for(const struct routing_facts *facts, const struct routing_waiter *waiter, bool also_asked)
{
	for (size_t i = 0; i < facts->person_count; i++) {
		const struct routing_person *person = &facts->people[i];

		if (fits(facts, waiter, person) && (also_asked || !was_asked(facts, waiter, person)))
			return person->person;
	}
	return 0;
}

struct routing_choice
routing_choose(const struct routing_facts *facts)
{
	if (facts->chats >= facts->cap || facts->person_count == 0 || facts->waiter_count == 0)
		return (struct routing_choice) { 0 };
	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < facts->waiter_count; i++) {
			int64_t person = first_for(facts, &facts->waiters[i], round > 0);

			if (person != 0)
				return (struct routing_choice) { &facts->waiters[i], person, round > 0, false };
			/* Somebody further down might fit: nobody else goes before. */
			if (!facts->is_all)
				return (struct routing_choice) { .wants_more = true };
		}
		if (!facts->is_all)
			return (struct routing_choice) { .wants_more = true };
	}
	return (struct routing_choice) { 0 };
}
