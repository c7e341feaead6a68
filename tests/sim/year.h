/*
 * The year: seats, shifts and routing through a year of a small desk, on a virtual clock, with the real desk (tests/kit/desk.h).
 *
 * The world. Three pools: of everybody (3 seats, 8 chats), of Orders (2, 8), of Repairs (2, 6); sometimes one of Gifts. Sixteen advisors and two leads with
 * weekly shifts that overlap, one of them over midnight, two back-ups without, and more people than seats at noon. Visitors come by the hour
 * and the weekday, often many at once, and on one day five times as many. They wish topics and languages, wait, lose patience,
 * talk for a while, fall silent, come back. Advisors come late, stay longer, go away or to the phone, let offers expire, decline, hand on, forget to sign out,
 * fall ill; their laptops die and come back, their links flap. The desk is killed and restarted, its commits fail, answers get lost, its clock is set by
 * minutes; a lead changes sizes of pools, settings, holidays and shifts, gives and takes pools, says who goes first, who is in which team and who can what. The desk's days are Berlin's: one has 23 hours, one 25.
 *
 * Time. There are two clocks: the true one, by which everybody lives, and the desk's, which somebody may set. A *due* thing is
 * an event of the world, or work of the desk at the time at which the program would do it: routing after every commit that could change
 * its answer, everything else in the rounds of every five seconds (those with nothing to do are left out). A *step* is a due
 * thing that reached the desk. 100,000 of them are about a year; of a shorter run so many days are played, with both odd ones, and
 * the machine is off in between.
 *
 * Invariants after every step, from the tables themselves (year.sql), by rules written down once more:
 *     P11 a chat is exactly one of waiting, offered, owned, closed; one open offer where one is asked, and nobody else is
 *     P12 seats in use <= size, or not more than before; extra ones by their rules; nobody and no pool is offered more than they may have, with
 *         `strict` nobody has more; every counter is what it counts
 *     P13 an able advisor with room and a visitor whose wishes fit are brought together within 2 s while the desk is up; a place in the line gets worse only by
 *         those with more right to it
 *     P19 offers end once, expire never early and at once after a downtime; winding down begins once per shift, at its moment
 *     P21 every open chat has a place in the line, or an owner with a seat
 *     P33 nobody is offered anything who was not heard of for 45 s; after two minutes they have neither chats nor a seat
 *     who goes first is as a lead said last, and whoever is offered a chat is offered none behind one that they could be; a chat stands in the line of its team's
 *         pool, a person signs in there, and a cap is what the lead said
 *     no seat is free while somebody waits for one, who keeps the place in that line; what seat_log tells, played again, is who has which seat
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "tests/kit/desk.h"
#include "tests/sim/run.h"

#define SECOND  INT64_C(1000)
#define MINUTE  (60 * SECOND)
#define HOUR    (60 * MINUTE)
#define DAY     (24 * HOUR)
#define FOREVER INT64_MAX

#define PEOPLE  20
#define CALLERS 150

/* Plays the year; the program's exit code. */
int year_play(char **arguments, uint64_t seed);
