import {terminalText} from '../../lib/terminal-text.js';

const entities: ReadonlyMap<string, string> = new Map([['&', '&amp;'], ['<', '&lt;'], ['>', '&gt;'], ['"', '&quot;'], ['\'', '&#39;']]);

/** Any string as text of an HTML page, between tags or inside a quoted attribute; control and invisible characters come out as visible escapes. */
export function escapeHtml(text: string): string {
	return terminalText(text).replaceAll(/[&<>"']/g, character => entities.get(character) ?? '');
}

/** A value as JSON inside a `<script type="application/json">`: no character of it can end the element or start a comment. */
export function embeddedJson(value: unknown): string {
	return JSON.stringify(value).replaceAll(/[<>&\u2028\u2029]/g, character => String.raw`\u` + character.codePointAt(0)!.toString(16).padStart(4, '0'));
}
