/*
 * Undo instead of "are you sure": what was asked for is shown as done, and done when some seconds have passed, something else is
 * asked for, or the page is left. Until then it can be taken back.
 */
export const later_ms = 6000;

interface Asked {
	text: string;
	run: () => Promise<unknown>;
	undo: () => void;
}

export class Later {
	asked = $state.raw<Asked | null>(null);
	private timer: ReturnType<typeof setTimeout> | undefined;

	/* `undo` puts back what is shown. */
	ask(text: string, run: () => Promise<unknown>, undo: () => void): void {
		void this.now();
		this.asked = { text, run, undo };
		this.timer = setTimeout(() => void this.now(), later_ms);
	}

	async now(): Promise<void> {
		clearTimeout(this.timer);
		const asked = this.asked;
		this.asked = null;
		await asked?.run();
	}

	undo(): void {
		clearTimeout(this.timer);
		this.asked?.undo();
		this.asked = null;
	}
}
