/*
 * What a page keeps across a reload. Browsers may refuse storage (frames of other sites, private windows): then it lasts as
 * long as the page, and nothing else changes.
 */
export interface Keep {
	get(key: string): string | null;
	set(key: string, value: string): void;
	remove(key: string): void;
	keys(prefix: string): string[];
}

export function keep_in_memory(): Keep {
	const kept = new Map<string, string>();
	return {
		get: (key) => kept.get(key) ?? null,
		set: (key, value) => void kept.set(key, value),
		remove: (key) => void kept.delete(key),
		keys: (prefix) => [...kept.keys()].filter((key) => key.startsWith(prefix)),
	};
}

/* localStorage where it works, or that of the tab only. A full one keeps in memory what it cannot take. */
export function keep_in_browser(of: 'localStorage' | 'sessionStorage' = 'localStorage'): Keep {
	const memory = keep_in_memory();
	let store: Storage;
	try {
		store = window[of];
		store.getItem('softanswer');
	} catch {
		return memory;
	}
	return {
		get: (key) => memory.get(key) ?? store.getItem(key),
		set: (key, value) => {
			try {
				store.setItem(key, value);
				memory.remove(key);
			} catch {
				memory.set(key, value);
			}
		},
		remove: (key) => {
			memory.remove(key);
			store.removeItem(key);
		},
		keys: (prefix) => {
			const found = new Set(memory.keys(prefix));
			for (let i = 0; i < store.length; i++) {
				const key = store.key(i);
				if (key?.startsWith(prefix))
					found.add(key);
			}
			return [...found];
		},
	};
}
