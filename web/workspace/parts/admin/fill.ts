/* A canned answer with its variables filled, for the preview. */
export const variables = ['visitor.name', 'me.name', 'desk.name', 'topic'] as const;
export type Variable = (typeof variables)[number];

export interface FilledPart {
	text: string;
	/* Filled in from a variable; false: said by itself; null: a variable that there is none of. */
	is_filled: boolean | null;
}

export function fill(text: string, values: Record<Variable, string>): FilledPart[] {
	return text.split(/(\{\{[^{}]*\}\})/).filter((part) => part !== '').map((part) => {
		const name = /^\{\{\s*([^{}]*?)\s*\}\}$/.exec(part)?.[1];
		if (name === undefined)
			return { text: part, is_filled: false };
		const known = variables.find((each) => each === name);
		return known ? { text: values[known], is_filled: true } : { text: part, is_filled: null };
	});
}

/* What a shortcut may be; the desk says the same. */
export function shortcut_tidy(text: string): string {
	return text.toLowerCase().replace(/^\//, '').replace(/[^a-z0-9-]/g, '').slice(0, 32);
}
