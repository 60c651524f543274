import {Buffer} from 'node:buffer';

// What a terminal may act on and JSON.stringify leaves as it is: DEL, C1 controls, bidi and other invisible format characters, separators.
const unsafe = /[\u007F-\u009F\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** As JSON escapes it: a "\u" for each UTF-16 unit. */
function escaped(character: string): string {
	const units = Buffer.from(character, 'utf16le');
	return Array.from({length: units.length / 2}, (_, index) => String.raw`\u` + units.readUInt16LE(index * 2).toString(16).padStart(4, '0')).join('');
}

/** A value as JSON on one line, escaped as {@link toJson} does. */
export function toJsonLine(value: unknown): string {
	return JSON.stringify(value).replaceAll(unsafe, character => escaped(character));
}

/** A document as indented JSON with a final line feed; the same values as JSON.stringify, with nothing that a terminal would act on. */
export function toJson(document: unknown): string {
	return JSON.stringify(document, null, 2).replaceAll(unsafe, character => escaped(character)) + '\n';
}
