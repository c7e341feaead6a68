/*
 * Files on their way to a conversation, one after the other, in parts (docs/protocol.md).
 *
 * Each keeps its id, so a part or an end that was asked for twice does nothing twice; after a loss it goes on where it was.
 * What is under way is shown among the log's sendings. Files wait in memory: a reload loses those that are not there yet.
 */
import { Lost, Refusal, type Door } from './door';
import { make_id } from './ids';
import type { ConversationLog } from './log';
import type { Sending } from './outbox';

export const file_bytes_max = 20 * 1024 * 1024;
const retry_ms_max = 15_000;

export type FileRefusal = 'empty' | 'large';

interface Waiting {
	file: File;
	sending: Sending;
	is_over: boolean;
}

interface Begun {
	file: string;
	part_bytes: number;
	parts: number;
}

/* Why a file need not even be begun; null: it can be sent. */
export function file_refusal(file: { size: number }): FileRefusal | null {
	if (file.size === 0)
		return 'empty';
	return file.size > file_bytes_max ? 'large' : null;
}

/* What the desk must have got, told with the end (docs/protocol.md); null where the browser has no digests: pages without https. */
async function digest_of(parts: Iterable<Blob>): Promise<string | null> {
	if (!globalThis.crypto?.subtle)
		return null;
	const sha256 = async (bytes: Blob): Promise<ArrayBuffer> => crypto.subtle.digest('SHA-256', await bytes.arrayBuffer());
	const each: ArrayBuffer[] = [];
	for (const part of parts)
		each.push(await sha256(part));
	return Array.from(new Uint8Array(await sha256(new Blob(each))), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function* parts_of(file: File, part_bytes: number): Iterable<Blob> {
	for (let at = 0; at < file.size; at += part_bytes)
		yield file.slice(at, at + part_bytes);
}

export class Uploads {
	private readonly door: Door;
	private readonly log: ConversationLog;
	private readonly waiting: Waiting[] = [];
	private is_running = false;

	constructor(door: Door, log: ConversationLog) {
		this.door = door;
		this.log = log;
	}

	/* The file must have passed file_refusal(). */
	add(file: File): void {
		const preview = /^image\/(png|jpeg|gif|webp)$/.test(file.type) ? URL.createObjectURL(file) : null;
		const sending: Sending = { id: make_id('f'), kind: 'file', text: file.name, at: Date.now(), state: 'sending',
			file: { size: file.size, type: file.type, part: 0, preview } };
		this.waiting.push({ file, sending, is_over: false });
		this.log.uploads.push(sending);
		this.log.uploads_changed();
		void this.run();
	}

	retry(id: string): void {
		const found = this.waiting.find(({ sending }) => sending.id === id);
		if (found?.sending.state !== 'failed')
			return;
		found.sending.state = 'sending';
		delete found.sending.problem;
		this.log.uploads_changed();
		void this.run();
	}

	/* Takes back a file that is not there yet. */
	discard(id: string): void {
		const index = this.waiting.findIndex(({ sending }) => sending.id === id);
		if (index < 0)
			return;
		this.waiting[index]!.is_over = true;
		this.forget(this.waiting[index]!);
		this.hide(id);
		this.log.uploads_changed();
	}

	/* Its item, if there is one, is shown from now on. */
	private hide(id: string): void {
		const shown = this.log.uploads.findIndex((sending) => sending.id === id);
		if (shown >= 0)
			this.log.uploads.splice(shown, 1);
	}

	private forget(waiting: Waiting): void {
		const preview = waiting.sending.file?.preview;
		this.waiting.splice(this.waiting.indexOf(waiting), 1);
		if (preview)
			setTimeout(() => URL.revokeObjectURL(preview), 60_000);
	}

	private async run(): Promise<void> {
		if (this.is_running)
			return;
		this.is_running = true;
		for (let next; (next = this.waiting.find(({ sending }) => sending.state === 'sending'));)
			await this.send(next);
		this.is_running = false;
	}

	private async send(waiting: Waiting): Promise<void> {
		const { sending } = waiting;
		for (let wait = 1000; !waiting.is_over; wait = Math.min(wait * 2, retry_ms_max)) {
			try {
				sending.seq = await this.send_once(waiting);
				if (!waiting.is_over)
					this.forget(waiting);
				if (sending.seq <= this.log.cursor)
					this.hide(sending.id);
				break;
			} catch (reason) {
				if (!(reason instanceof Lost || (reason instanceof Refusal && reason.is_retryable))) {
					sending.state = 'failed';
					sending.problem = reason instanceof Refusal ? reason.detail || reason.message : String(reason);
					break;
				}
				await new Promise((resolve) => setTimeout(resolve, (reason as Refusal).retry_after_ms ?? wait));
			}
		}
		this.log.uploads_changed();
	}

	private async send_once(waiting: Waiting): Promise<number> {
		const { file, sending } = waiting;
		const files = `/conversations/${this.log.conversation}/files`;
		const begun = await this.door.post<Begun>(files, { id: sending.id, name: file.name || 'file', size: file.size });
		const count = Math.ceil(file.size / begun.part_bytes);
		for (let number = begun.parts; number < count && !waiting.is_over; number++) {
			await this.door.put_bytes(`${files}/${begun.file}/parts/${number}`, file.slice(number * begun.part_bytes, (number + 1) * begun.part_bytes));
			sending.file!.part = (number + 1) / count;
			this.log.uploads_changed();
		}
		if (waiting.is_over)
			return 0;
		const digest = await digest_of(parts_of(file, begun.part_bytes));
		return (await this.door.post<{ seq: number }>(`${files}/${begun.file}/finish`, digest ? { digest } : {})).seq;
	}
}
