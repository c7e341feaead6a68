/* The canned answers that one may use: read at the start and when one of them changed. */
import type { CannedAnswer } from '../../client/api';
import type { Door } from '../../client/door';
import { canned_find } from './canned';

const pages_max = 25;

export class Answers {
	private readonly door: Door;
	all = $state.raw<CannedAnswer[]>([]);
	private is_reading = false;
	private is_old = true;

	constructor(door: Door) {
		this.door = door;
	}

	find(wanted: string): CannedAnswer[] {
		return canned_find(this.all, wanted);
	}

	/* One was changed, or the link was away. */
	set_old(): void {
		this.is_old = true;
		void this.read();
	}

	async read(): Promise<void> {
		if (this.is_reading || !this.is_old)
			return;
		this.is_reading = true;
		try {
			while (this.is_old) {
				this.is_old = false;
				this.all = await this.read_all();
			}
		} catch {
			this.is_old = true; /* read again when the link is back */
		}
		this.is_reading = false;
	}

	private async read_all(): Promise<CannedAnswer[]> {
		const answers: CannedAnswer[] = [];
		for (let pages = 0, more = true; more && pages < pages_max; pages++) {
			const last = answers.at(-1);
			const answer = await this.door.get<{ answers: CannedAnswer[]; more: boolean }>(`/answers?limit=200${last ? `&before=${last.id}` : ''}`);
			answers.push(...answer.answers);
			more = answer.more && answer.answers.length > 0;
		}
		return answers;
	}
}
