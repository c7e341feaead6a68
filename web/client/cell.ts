/* A value that tells who looks at it when it changes: a store in Svelte's sense. */
export class Cell<T> {
	private kept: T;
	private readonly subscribers = new Set<(value: T) => void>();

	constructor(value: T) {
		this.kept = value;
	}

	get value(): T {
		return this.kept;
	}

	set(value: T): void {
		this.kept = value;
		for (const run of [...this.subscribers])
			run(value);
	}

	subscribe(run: (value: T) => void): () => void {
		this.subscribers.add(run);
		run(this.kept);
		return () => void this.subscribers.delete(run);
	}
}
