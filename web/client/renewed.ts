/*
 * Parts of a page are loaded when they are needed. After the desk was renewed they are gone: then the page must be loaded anew. Where
 * only the link is lost they come the next time.
 */
export function watch_renewed(tell: () => void): void {
	window.addEventListener('vite:preloadError', () => {
		/* Whatever is answered, somebody answers: the link is there, and the part is not. */
		void fetch(import.meta.url, { method: 'HEAD', cache: 'no-store' }).then(tell, () => undefined);
	});
}
