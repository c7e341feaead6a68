/* The token after the # of the address. Taken once: it does not stay in the address bar or the history. */
export function take_token(): string {
	const token = decodeURIComponent(location.hash.slice(1));
	if (token)
		history.replaceState(null, '', location.pathname);
	return token;
}
