/* Visitors and advisors that speak HTTP, to fill a desk with something to look at. */
let count = 0;
const own_id = (sort) => `${sort}-${Date.now()}-${++count}`;

export async function ask(desk, method, path, body, headers = {}) {
	const response = await fetch(`${desk.url}/api/v1${path}`, {
		method,
		headers: { Origin: desk.url, 'Content-Type': 'application/json', ...headers },
		body: method === 'GET' ? undefined : JSON.stringify(body ?? {}),
	});
	const answer = await response.json();
	if (!response.ok)
		throw new Error(`${method} ${path}: ${response.status} ${answer.detail ?? answer.title}`);
	return { answer, cookie: response.headers.get('set-cookie')?.split(';')[0] };
}

/* A visitor who starts a chat; say() writes on. */
export async function visitor(desk, { name, email, page, topic, text }) {
	const { answer: { token } } = await ask(desk, 'POST', '/visitors', { token: true });
	const headers = { Authorization: `Bearer ${token}` };
	const { answer: { conversation } } = await ask(desk, 'POST', '/chats', { id: own_id('chat'), name, email, page, topic, text }, headers);
	return {
		conversation,
		call: (method, path, body) => ask(desk, method, path, body, headers).then(({ answer }) => answer),
		headers,
		say: (line) => ask(desk, 'POST', `/conversations/${conversation}/messages`, { id: own_id('message'), text: line }, headers),
		end: () => ask(desk, 'POST', `/conversations/${conversation}/end`, {}, headers),
		again: (line) => ask(desk, 'POST', '/chats', { id: own_id('chat'), text: line }, headers),
	};
}

/* A member of staff by cookie. */
export async function advisor(desk, { email, password }) {
	const { cookie } = await ask(desk, 'POST', '/session', { email, password });
	const headers = { Cookie: cookie };
	const on = (conversation, verb, body) => ask(desk, 'POST', `/conversations/${conversation}/${verb}`, body, headers);
	return {
		call: (method, path, body) => ask(desk, method, path, body, headers).then(({ answer }) => answer),
		status: (status) => ask(desk, 'POST', '/me/status', { status }, headers),
		take: (conversation) => on(conversation, 'take', { id: own_id('take') }),
		end: (conversation) => on(conversation, 'end', {}),
		say: (conversation, text) => on(conversation, 'messages', { id: own_id('message'), text }),
		note: (conversation, text) => on(conversation, 'notes', { id: own_id('note'), text }),
		/* A small file, in one part. */
		file: async (conversation, name, content) => {
			const { answer: { file } } = await on(conversation, 'files', { id: own_id('file'), name, size: Buffer.byteLength(content) });
			const put = await fetch(`${desk.url}/api/v1/conversations/${conversation}/files/${file}/parts/0`, { method: 'PUT',
				headers: { Origin: desk.url, 'Content-Type': 'application/octet-stream', ...headers }, body: content });
			if (!put.ok)
				throw new Error(`the part of ${name}: ${put.status}`);
			await on(conversation, `files/${file}/finish`, {});
		},
		/* Anything else: the answer of a request as this member of staff. */
		ask: (method, path, body) => ask(desk, method, path, body, headers).then(({ answer }) => answer),
		invite: (invitation) => ask(desk, 'POST', '/invitations', invitation, headers).then(({ answer }) => answer.link),
	};
}

/* Accepts an invitation; the new colleague's e-mail and password. */
export async function join_desk(desk, link, { email, password }) {
	await ask(desk, 'POST', '/invitations/accept', { token: link.split('#')[1], password });
	return { email, password };
}

/* Somebody new on the desk, invited by `by`: as advisor(), with an id, and what changes their status. */
export async function colleague(desk, by, name, role = 'advisor') {
	const who = { email: `${name.split(' ')[0].toLowerCase()}@lantern.example`, password: 'another long secret' };
	await join_desk(desk, await by.invite({ name, email: who.email, role }), who);
	const api = await advisor(desk, who);
	return { ...api, ...who, name, be: (status, more = {}) => api.ask('POST', '/me/status', { status, ...more }), id: (await api.ask('GET', '/me')).id };
}
