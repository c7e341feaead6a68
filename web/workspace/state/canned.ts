/*
 * Canned answers while one writes: what a slash asks for, which answers fit, and how their variables are filled. Pure.
 */
import type { CannedAnswer } from '../../client/api';

export interface Slash {
	/* Where the slash stands. */
	from: number;
	wanted: string;
}

export type CannedValues = Record<'visitor.name' | 'me.name' | 'desk.name' | 'topic', string | null | undefined>;

const variable = /\{\{\s*([a-z.]+)\s*\}\}/g;
const proposals_max = 8;

/* The word behind a slash that the caret stands in; null: there is none. A slash inside a word or an address is no question. */
export function slash_at(text: string, caret: number): Slash | null {
	const found = /(?:^|\s)\/([^\s/]{0,40})$/u.exec(text.slice(0, caret));
	return found ? { from: caret - found[1]!.length - 1, wanted: found[1]!.toLocaleLowerCase() } : null;
}

/* Whose shortcut begins so, then whose shortcut, title or text holds it; within each, one's own first, as they come. */
export function canned_find(answers: readonly CannedAnswer[], wanted: string): CannedAnswer[] {
	const folded = wanted.toLocaleLowerCase();
	const rank = (answer: CannedAnswer): number => {
		if (answer.shortcut.startsWith(folded))
			return answer.scope === 'own' ? 0 : answer.scope === 'team' ? 1 : 2;
		if (`${answer.shortcut} ${answer.title}`.toLocaleLowerCase().includes(folded))
			return 3;
		return answer.text.toLocaleLowerCase().includes(folded) ? 4 : 5;
	};
	return answers.map((answer) => ({ answer, rank: rank(answer) })).filter((each) => each.rank < 5)
		.sort((a, b) => a.rank - b.rank || a.answer.shortcut.localeCompare(b.answer.shortcut)).slice(0, proposals_max)
		.map((each) => each.answer);
}

/* What is not known stays as it is written, to be seen. */
export function canned_fill(text: string, values: CannedValues): string {
	return text.replace(variable, (whole, name: string) => values[name as keyof CannedValues]?.trim() || whole);
}

/* The first variable that still stands there. */
export function unfilled_at(text: string): { from: number; to: number; name: string } | null {
	const found = new RegExp(variable.source).exec(text);
	return found ? { from: found.index, to: found.index + found[0].length, name: found[1]! } : null;
}
