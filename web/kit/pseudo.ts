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

export function pseudo(tag: 'en-XA' | 'ar-XB'): (text: string) => string {
	return tag === 'en-XA' ? lengthen : turn;
}
