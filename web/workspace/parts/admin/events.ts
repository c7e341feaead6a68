/* What others change while one looks: runs at once and again after each such event, and when the link is back. */
import { workspace } from '../../state/workspace.svelte';

export function keep_read(read: () => Promise<unknown>, ...events: string[]): () => void {
	void read();
	return workspace.connection.watch_desk({
		ready: () => void read(),
		event: (event) => {
			if (events.includes(event.event))
				void read();
		},
	});
}
