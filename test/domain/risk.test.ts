import {describe, expect, test} from 'vitest';
import {loadCatalog} from '../../source/domain/catalog.js';
import {riskOf, riskTable} from '../../source/domain/risk.js';

const catalog = loadCatalog();
const table = riskTable();

describe('the table of risky actions', () => {
	test('holds at least 80 actions, some of each kind', () => {
		expect(table.length).toBeGreaterThanOrEqual(80);
		expect(new Set(table.map(({kind}) => kind))).toEqual(new Set(['privilege-escalation', 'data-exfiltration', 'resource-exposure']));
	});

	test('spells each action as the catalog does', () => {
		const spelled = (action: string): string | undefined => {
			const id = catalog.idOf(action);
			return id === undefined ? undefined : catalog.at(id).name;
		};

		expect(table.filter(({action}) => spelled(action) !== action)).toEqual([]);
	});

	test('names no action twice', () => {
		const names = table.map(({action}) => action);
		expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
	});

	test('says of each what it opens, in a line, and where that is told', () => {
		expect(table.filter(({note, source}) => note.length < 10 || note.length > 100 || !URL.canParse(source) || !source.startsWith('https://'))).toEqual([]);
	});
});

describe('riskOf', () => {
	test.each([
		['iam:passrole', 'privilege-escalation'],
		['s3:getobject', 'data-exfiltration'],
		['s3:putbucketpolicy', 'resource-exposure'],
		['s3:listallmybuckets', undefined],
		['constructor', undefined],
	])('%s is %s', (action, kind) => {
		expect(riskOf(action)?.kind).toBe(kind);
	});
});
