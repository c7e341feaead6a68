/*
 * A dialog of a page, which is open for something, or not. Each opening has a form of its own: whoever comes back late with an answer closes only
 * what it was asked in.
 */
import { Form, send_from, type Sent, type Told } from './form.svelte';

export class Opening<T> {
	/* Null: closed. */
	of = $state.raw<T | null>(null);
	form = $state.raw(new Form());
	private readonly fields: string[];

	/* The fields that can show what is wrong with them. */
	constructor(...fields: string[]) {
		this.fields = fields;
	}

	open(of: T): void {
		this.form = new Form(...this.fields);
		this.of = of;
	}

	close(): void {
		this.of = null;
	}

	/* What is open now; closes it once it is done. */
	send(run: () => Promise<unknown>, told?: Told): Promise<Sent> {
		const { form } = this;
		return send_from({ is_open: () => this.of !== null && this.form === form, close: () => this.close() }, form, run, told);
	}
}
