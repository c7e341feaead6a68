/*
 * The door to the desk over HTTP: JSON in, JSON out, and every refusal as a typed error.
 *
 * A Refusal is an answer of the desk (a problem document); Lost means that no answer came, so what was asked may have been done
 * or not: repeat it with the same id.
 */
import type { Problem } from './api';

export type RefusalKind = 'syntax' | 'field' | 'range' | 'sign-in' | 'origin' | 'permission' | 'unknown' | 'method' | 'state'
	| 'size' | 'media' | 'reload' | 'flood' | 'failed' | 'store' | 'busy' | 'uncertain';

export class Refusal extends Error {
	declare readonly kind: RefusalKind;
	declare readonly status: number;
	declare readonly detail: string;
	declare readonly field: string | null;
	declare readonly code?: string;
	declare readonly line?: number;
	declare readonly retry_after_ms: number | null;

	/* Has what the document has. */
	constructor(problem: Problem, retry_after_ms: number | null = null) {
		super(problem.detail || problem.title);
		Object.assign(this, { detail: '', field: null }, problem, { kind: problem.type.replace('urn:softanswer:', ''), retry_after_ms });
	}

	/* The same request, with the same id, may succeed later. */
	get is_retryable(): boolean {
		return this.kind === 'flood' || this.kind === 'busy' || this.kind === 'uncertain';
	}
}

/* Of docs/protocol.md; the desk tells pages that speak one too old to be loaded anew. */
export const protocol = '1';

export class Lost extends Error {}

export interface DoorSettings {
	/* Before every path; empty for a page of the desk itself. */
	base?: string;
	/* The widget's pages act as the visitor even where an advisor is signed in. */
	as_visitor?: boolean;
	token?: () => string | null;
	timeout_ms?: number;
	/* The desk is newer than this page can talk to (426): the page must be loaded anew. */
	on_reload?: () => void;
	/* Whatever was answered. */
	on_answer?: (headers: Headers) => void;
}

export class Door {
	private readonly settings: DoorSettings;

	constructor(settings: DoorSettings = {}) {
		this.settings = settings;
	}

	get<T>(path: string): Promise<T> {
		return this.ask<T>('GET', path);
	}

	post<T = object>(path: string, body: object = {}): Promise<T> {
		return this.ask<T>('POST', path, body);
	}

	put<T = object>(path: string, body: object = {}): Promise<T> {
		return this.ask<T>('PUT', path, body);
	}

	delete<T = object>(path: string, body: object = {}): Promise<T> {
		return this.ask<T>('DELETE', path, body);
	}

	/* Bytes as they are. */
	async put_bytes(path: string, bytes: Blob): Promise<void> {
		await this.fetch(path, { method: 'PUT', body: bytes, headers: { ...this.headers(false), 'Content-Type': 'application/octet-stream' } }, 60_000);
	}

	/* What lies beside the API, such as a file, for pages that have a token instead of a cookie. */
	async get_blob(address: string): Promise<Blob> {
		const response = await fetch(`${this.settings.base ?? ''}${address}`, { headers: this.headers(false), credentials: 'same-origin' })
			.catch((reason) => { throw new Lost(String(reason)); });
		if (!response.ok)
			throw new Lost(`a file that cannot be had: ${response.status}`);
		return response.blob();
	}

	private headers(has_body: boolean): Record<string, string> {
		const headers: Record<string, string> = { Accept: 'application/json', 'Softanswer-Protocol': protocol };
		const token = this.settings.token?.();
		if (has_body)
			headers['Content-Type'] = 'application/json';
		if (token)
			headers['Authorization'] = `Bearer ${token}`;
		if (this.settings.as_visitor)
			headers['X-Softanswer-As'] = 'visitor';
		return headers;
	}

	private async ask<T>(method: string, path: string, body?: object): Promise<T> {
		const init: RequestInit = { method, headers: this.headers(body !== undefined) };
		if (body !== undefined)
			init.body = JSON.stringify(body);
		return this.fetch<T>(path, init, this.settings.timeout_ms ?? 20_000);
	}

	private async fetch<T>(path: string, init: RequestInit, timeout_ms: number): Promise<T> {
		const abort = new AbortController();
		const timer = setTimeout(() => abort.abort(), timeout_ms);
		let response: Response, text: string;
		try {
			response = await fetch(`${this.settings.base ?? ''}/api/v1${path}`, { credentials: 'same-origin', signal: abort.signal, ...init });
			text = await response.text();
		} catch (reason) {
			throw new Lost(String(reason));
		} finally {
			clearTimeout(timer);
		}
		this.settings.on_answer?.(response.headers);
		try {
			return understand<T>(response, text);
		} catch (reason) {
			if (reason instanceof Refusal && reason.kind === 'reload')
				this.settings.on_reload?.();
			throw reason;
		}
	}
}

function understand<T>(response: Response, text: string): T {
	let body: unknown = null;
	try {
		body = text === '' ? {} : JSON.parse(text);
	} catch {
		/* Not the desk's answer: something in between (a proxy, a sign-in page of a hotel) spoke. */
	}
	if (response.ok && body !== null)
		return body as T;

	const problem = body as Partial<Problem> | null;
	if (typeof problem?.type !== 'string' || !problem.type.startsWith('urn:softanswer:'))
		throw new Lost(`an answer that is not the desk's: ${response.status}`);
	const seconds = Number(response.headers.get('Retry-After'));
	throw new Refusal(problem as Problem, seconds > 0 ? seconds * 1000 : null);
}
