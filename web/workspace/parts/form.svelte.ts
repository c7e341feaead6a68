/* One form on its way to the desk: busy, what is wrong with which field, what is wrong at all. */
import { Refusal } from '../../client/door';
import { problem_text } from '../../kit/problem';
import { workspace } from '../state/workspace.svelte';

/* Puts a refusal into other words. */
export type Told = (refusal: Refusal) => string | null;

export class Form {
	is_busy = $state(false);
	problem = $state<string | null>(null);
	private field = $state<string | null>(null);
	private readonly fields: string[];

	/* The fields that can show what is wrong with them. */
	constructor(...fields: string[]) {
		this.fields = fields;
	}

	error(field: string): string | null {
		return this.field !== null && is_of(this.field, field) ? this.said : null;
	}

	private said = $state('');

	/* What was wrong at last; empty: nothing, or it is still under way. */
	get refused(): string {
		return this.is_busy ? '' : this.said;
	}

	/* True: it was done. */
	async send(run: () => Promise<unknown>, told?: Told): Promise<boolean> {
		if (this.is_busy)
			return false;
		this.is_busy = true;
		this.problem = this.field = null;
		this.said = '';
		try {
			await run();
			return true;
		} catch (reason) {
			this.said = (reason instanceof Refusal ? told?.(reason) : null) ?? problem_text(reason);
			if (reason instanceof Refusal && reason.field && this.fields.some((field) => is_of(reason.field!, field)))
				this.field = reason.field;
			else
				this.problem = this.said;
			return false;
		} finally {
			this.is_busy = false;
		}
	}
}

/* One opening of a dialog: closed, or with another one in its place, it is not open any more. */
export interface Sheet {
	is_open: () => boolean;
	close: () => void;
}

/* late: it was done, and the dialog had been closed meanwhile. */
export type Sent = 'done' | 'late' | 'refused';

/* Sends the form of a dialog. A late answer closes no other one; what is refused then is told, since nobody sees it there. */
export async function send_from(sheet: Sheet, form: Form, run: () => Promise<unknown>, told?: Told): Promise<Sent> {
	const is_done = await form.send(run, told), is_open = sheet.is_open();
	if (is_done && is_open)
		sheet.close();
	else if (!is_done && !is_open && form.refused)
		workspace.tell(form.refused, true);
	return is_done ? (is_open ? 'done' : 'late') : 'refused';
}

/* "origins[2]" and "fields[0].label" are of "origins" and "fields". */
function is_of(named: string, field: string): boolean {
	return named === field || named.startsWith(`${field}[`);
}
