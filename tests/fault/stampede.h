/*
 * A stampede: a thread that connects thousands of times a second, each time from another address of the loopback (127.0.0.0/8). One
 * in three hangs up at once, one in three asks for something and hangs up later, one in three says nothing and stays for a while.
 */
#pragma once

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

#define STAMPEDE_HELD 3000

struct stampede {
	pthread_t thread;
	int port;
	unsigned rate; /* a second */
	atomic_bool is_over;
	atomic_ullong tried, failed; /* failed: not even a connection could be begun */
	double seconds;              /* that it took, when it is over */
	int held[STAMPEDE_HELD];     /* the thread's */
};

void stampede_begin(struct stampede *stampede, int port, unsigned rate);
void stampede_end(struct stampede *stampede);
