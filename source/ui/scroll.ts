import type {Command} from './keymap.js';

type Move = (height: number, total: number) => number;

const moves: Partial<Record<Command, Move>> = {
	up: () => -1,
	down: () => 1,
	top: (_height, total) => -total,
	bottom: (_height, total) => total,
	'half-up': height => -Math.max(1, Math.floor(height / 2)),
	'half-down': height => Math.max(1, Math.floor(height / 2)),
	'page-up': height => -height,
	'page-down': height => height,
};

/** The first drawn line of a text without a cursor, as near to `first` as leaves no line empty without need. */
export function fitScroll(first: number, height: number, total: number): number {
	return Math.max(0, Math.min(first, total - height));
}

/** The first drawn line after a command: `height` lines of `total` are drawn. */
export function scrollBy(first: number, command: Command | undefined, height: number, total: number): number {
	return fitScroll(first + (command ? moves[command]?.(height, total) ?? 0 : 0), height, total);
}
