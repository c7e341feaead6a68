/* The caller's own ids (docs/protocol.md, 2): new for each thing that is wanted, the same when it is sent again. */

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/* `sort` and 22 random letters of 6 bits: 132 bits, so that no two pages ever make the same. */
export function make_id(sort: string): string {
	const bytes = crypto.getRandomValues(new Uint8Array(22));
	let id = `${sort}-`;
	for (const byte of bytes)
		id += letters[byte & 63];
	return id;
}
