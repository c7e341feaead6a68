/*
 * Says how far this page has come in a conversation: at most once a second, only onwards, and again after the link was down.
 */
import type { Reading } from './log';

export const reading_every_ms = 1000;

export class ReadingSignal {
	private readonly tell: (reading: Reading) => boolean;
	private now: Reading = { delivered: 0, seen: 0 };
	private told: Reading = { delivered: 0, seen: 0 };
	private timer: ReturnType<typeof setTimeout> | null = null;

	constructor(tell: (reading: Reading) => boolean) {
		this.tell = tell;
	}

	delivered(seq: number): void {
		this.move(seq, this.now.seen);
	}

	seen(seq: number): void {
		this.move(Math.max(seq, this.now.delivered), seq);
	}

	/* The link is up again: what was said last may have been lost. */
	again(): void {
		this.told = { delivered: 0, seen: 0 };
		this.plan();
	}

	private move(delivered: number, seen: number): void {
		this.now = { delivered: Math.max(this.now.delivered, delivered), seen: Math.max(this.now.seen, seen) };
		this.plan();
	}

	private plan(): void {
		if (this.timer === null && this.is_news())
			this.say();
	}

	private is_news(): boolean {
		return this.now.delivered > this.told.delivered || this.now.seen > this.told.seen;
	}

	private say(): void {
		if (!this.tell(this.now))
			return;
		this.told = this.now;
		this.timer = setTimeout(() => {
			this.timer = null;
			this.plan();
		}, reading_every_ms);
	}
}
