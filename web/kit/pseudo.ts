/*
 * Pseudo-locales, made of the English words when they are asked for: en-XA is longer and accented (what is cut off or was not
 * taken from a message file shows), ar-XB runs from right to left. For tests; nobody's language.
 */
const plain = 'abcdefghijklmnoprstuvwyzABCDEGHIKLNOPRSTUWYZ';
const accented = 'àƀçďéƒĝĥíĵķĺɱñóþŕšťúṽŵýžÀƁÇĎÉĜĤÍĶĹÑÓÞŔŠŤÚŴÝŽ';

function lengthen(text: string): string {
	const changed = [...text].map((letter) => (plain.includes(letter) ? [...accented][plain.indexOf(letter)] : letter)).join('');
	return text === '' ? '' : `[${changed}${' one two three'.slice(0, Math.ceil(text.length * 0.4))}]`;
}

/* Marks of direction around each word make Latin letters run as Arabic ones would. */
function turn(text: string): string {
	return text.replace(/[\p{L}\p{N}]+/gu, (word) => `\u200f\u202e${word}\u202c\u200f`);
}

export function pseudo<T>(words: T, tag: 'en-XA' | 'ar-XB'): T {
	const change = tag === 'en-XA' ? lengthen : turn;
	const changed = (value: unknown): unknown => {
		if (typeof value === 'string')
			return change(value);
		if (typeof value === 'function')
			return (...args: unknown[]) => changed((value as (...args: unknown[]) => unknown)(...args));
		if (Array.isArray(value))
			return value.map(changed);
		if (value && typeof value === 'object')
			return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, changed(each)]));
		return value;
	};
	return changed(words) as T;
}
