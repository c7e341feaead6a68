/* Keys in a list of buttons that a button has opened: arrows step through it, Esc closes it. Nothing else hears them. */
export function popover_key(event: KeyboardEvent, list: HTMLElement | undefined, close: () => void): void {
	const buttons = [...(list?.querySelectorAll<HTMLElement>('button') ?? [])];
	const at = buttons.indexOf(document.activeElement as HTMLElement);
	if (event.key === 'Escape')
		close();
	else if (event.key === 'ArrowDown' || event.key === 'ArrowUp')
		buttons[(at + (event.key === 'ArrowDown' ? 1 : -1) + buttons.length) % buttons.length]?.focus();
	else
		return;
	event.preventDefault();
	event.stopPropagation();
}
