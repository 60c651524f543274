/** Whether colours may be used on a stream: not where it is no terminal, nor where NO_COLOR (no-color.org) or a dumb terminal forbids them. */
export function mayColor(isTerminal: boolean, environment: Readonly<Record<string, string | undefined>>): boolean {
	return isTerminal && (environment.NO_COLOR ?? '') === '' && environment.TERM !== 'dumb';
}
