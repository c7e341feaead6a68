/* What is told once something is done, with what takes it back. */
import type { Notice } from '../state/workspace.svelte';

export interface Said {
	text: string;
	action: Notice['action'];
}
