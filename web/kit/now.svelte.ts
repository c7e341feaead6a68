/* One clock for everything on the page that shows how long something takes; it ticks only while somebody looks. */
import { createSubscriber } from 'svelte/reactivity';

const look = createSubscriber((update) => {
	const timer = setInterval(update, 1000);
	return () => clearInterval(timer);
});

export function now(): number {
	look();
	return Date.now();
}
