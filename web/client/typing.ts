/* Says that somebody is typing here: at once, again every 3 seconds while it lasts, and "off" when it stops for 4. */
export class TypingSignal {
	private readonly tell: (on: boolean) => void;
	private told_at: number | null = null;
	private timer: ReturnType<typeof setTimeout> | undefined;

	constructor(tell: (on: boolean) => void) {
		this.tell = tell;
	}

	touch(): void {
		if (this.told_at === null || Date.now() - this.told_at >= 3000) {
			this.told_at = Date.now();
			this.tell(true);
		}
		clearTimeout(this.timer);
		this.timer = setTimeout(() => this.stop(), 4000);
	}

	stop(): void {
		clearTimeout(this.timer);
		if (this.told_at !== null)
			this.tell(false);
		this.told_at = null;
	}
}
