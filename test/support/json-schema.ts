import {readFileSync} from 'node:fs';
import {Ajv2020} from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import {objectOf} from './documents.js';

/** What is wrong with a document by docs/NAME.schema.json; empty when nothing is. */
export function schemaErrors(name: string, document: unknown): string[] {
	const ajv = new Ajv2020({allErrors: true, strict: true, allowUnionTypes: true});
	addFormats.default(ajv);
	const validate = ajv.compile(objectOf(readFileSync(new URL(`../../docs/${name}.schema.json`, import.meta.url), 'utf8')));
	validate(document);
	return (validate.errors ?? []).map(({instancePath, message}) => `${instancePath} ${message ?? ''}`);
}
