/*
 * Asks when something has happened, but not for each of many things at once: one question at a time, the next no sooner than
 * `rest_ms` after the answer to the last.
 */
export function calmly(ask: () => Promise<unknown>, rest_ms: number): () => Promise<void> {
	let is_asking = false, is_old = false;
	return async function again(): Promise<void> {
		if (is_asking) {
			is_old = true;
			return;
		}
		is_asking = true;
		do {
			is_old = false;
			await ask();
			await new Promise((resolve) => setTimeout(resolve, rest_ms));
		} while (is_old);
		is_asking = false;
	};
}
