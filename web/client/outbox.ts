/*
 * The outbox of a conversation: what was written here and is not known to be on the desk's disk.
 *
 * Each sending keeps its id for ever, so that sending it again is harmless. It stays until the desk has acknowledged
 * it or the writer deletes a failed one, and survives a reload. Each has a storage key of its own: two tabs that
 * write into one conversation never overwrite each other's.
 */
import type { Keep } from './storage';

export type SendingKind = 'message' | 'note' | 'whisper' | 'file';

export interface Sending {
	id: string;
	kind: SendingKind;
	text: string;
	corrects?: number;
	/* The generation of the draft that it was: sent, it never comes back. */
	draft?: number;
	/* When it was written, ms; rises within an outbox, so it is the order as well. */
	at: number;
	state: 'sending' | 'failed';
	/* Why it failed, in the desk's words. */
	problem?: string;
	/* Of a file: how much of it, 0 to 1, is there; its text is its name. Files wait in memory only, not in an outbox (upload.ts). */
	file?: { size: number; type: string; part: number; preview: string | null };
	/* It is on disk under this number, and the item itself is on its way. */
	seq?: number;
}

export class Outbox {
	readonly sendings: Sending[];
	private readonly keep: Keep;
	private readonly prefix: string;

	constructor(keep: Keep, owner: string, conversation: string) {
		this.keep = keep;
		this.prefix = `${outbox_prefix(owner)}${conversation}.`;
		this.sendings = keep.keys(this.prefix)
			.map((key) => read_sending(keep.get(key)))
			.filter((sending) => sending !== null)
			.sort((a, b) => a.at - b.at);
	}

	add(sending: Sending): void {
		const last = this.sendings[this.sendings.length - 1];
		if (last && sending.at <= last.at)
			sending.at = last.at + 1;
		this.sendings.push(sending);
		this.save(sending);
	}

	find(id: string): Sending | undefined {
		return this.sendings.find((sending) => sending.id === id);
	}

	/* The one to send now: the first that is not known to be on disk. A failed one does not hold up those behind it. */
	next(): Sending | undefined {
		return this.sendings.find((sending) => sending.state === 'sending' && sending.seq === undefined);
	}

	save(sending: Sending): void {
		this.keep.set(this.prefix + sending.id, JSON.stringify(sending));
	}

	/* On disk: it need not survive a reload any more, but is shown until its item comes. */
	acknowledge(sending: Sending, seq: number): void {
		sending.seq = seq;
		sending.state = 'sending';
		this.keep.remove(this.prefix + sending.id);
	}

	remove(id: string): boolean {
		const index = this.sendings.findIndex((sending) => sending.id === id);
		if (index < 0)
			return false;
		this.sendings.splice(index, 1);
		this.keep.remove(this.prefix + id);
		return true;
	}
}

/* The conversations in which `owner` has something unsent. */
export function outbox_conversations(keep: Keep, owner: string): string[] {
	const prefix = outbox_prefix(owner);
	const found = keep.keys(prefix).map((key) => key.slice(prefix.length).split('.')[0] ?? '');
	return [...new Set(found)].filter((conversation) => conversation !== '');
}

function outbox_prefix(owner: string): string {
	return `softanswer.out.${owner}.`;
}

function read_sending(text: string | null): Sending | null {
	try {
		const sending = JSON.parse(text ?? '') as Sending;
		return typeof sending.id === 'string' && typeof sending.text === 'string' ? sending : null;
	} catch {
		return null;
	}
}
