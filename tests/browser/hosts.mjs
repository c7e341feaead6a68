/*
 * Pages of somebody else that show the widget, each an origin of its own: a plain one, one with a strict policy that unsets everything,
 * and a right-to-left one that draws its pages itself.
 */
import { createServer } from 'node:http';

function serve(answer) {
	return new Promise((done) => {
		const server = createServer((request, response) => {
			response.setHeader('Content-Type', 'text/html; charset=utf-8');
			answer(request, response);
		}).listen(0, '127.0.0.1', () => done({ server, url: `http://127.0.0.1:${server.address().port}` }));
	});
}

/* `desk()` and `site()` are asked when a page is: both begin after the hosts. `more`: further attributes of the snippet. */
export async function open_hosts(desk, site) {
	const snippet = (request) => {
		const language = new URL(request.url, 'http://host').searchParams.get('language');
		return `<script async src="${desk().url}/widget.js" data-site="${site()}"${language ? ` data-language="${language}"` : ''}></script>`;
	};
	const plain = await serve((request, response) => response.end(`<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width, initial-scale=1">
		<title>A shop</title></head><body><main><h1>Shop</h1><p><a href="/lamps">Lamps</a></p></main>${snippet(request)}</body></html>`));
	const strict = await serve((request, response) => {
		if (request.url === '/style.css')
			return response.setHeader('Content-Type', 'text/css').end('* { all: unset !important; display: block !important }');
		const url = desk().url;
		response.setHeader('Content-Security-Policy', `default-src 'none'; script-src ${url}; frame-src ${url}; connect-src ${url}; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'`);
		response.end(`<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width, initial-scale=1"><title>A strict shop</title>
			<link rel="stylesheet" href="/style.css"></head><body><main><h1>Shop</h1></main>${snippet(request)}${snippet(request)}</body></html>`);
	});
	const single = await serve((request, response) => response.end(`<!doctype html><html lang="he" dir="rtl"><head><meta name="viewport" content="width=device-width, initial-scale=1">
		<title>חנות</title><style>* { all: unset; display: block } script, style, title { display: none }</style></head><body><main><h1>חנות</h1></main>${snippet(request)}
		<script>
			window.go = (path) => {
				history.pushState(null, '', path);
				document.title = 'Page ' + path;
				document.body.replaceChildren(Object.assign(document.createElement('main'), { textContent: path }));
			};
		</script></body></html>`));
	return { plain, strict, single, origins: [plain.url, strict.url, single.url],
		close: () => [plain, strict, single].forEach(({ server }) => { server.closeAllConnections?.(); server.close(); }) };
}
