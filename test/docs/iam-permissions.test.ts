import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {createPolicyCompiler} from '../../source/domain/compiled-policy.js';
import {createEventMapper} from '../../source/domain/event-mapping.js';
import {loadCatalog} from '../../source/domain/catalog.js';
import {objectsOf} from '../../source/lib/json-fields.js';
import {objectOf} from '../support/documents.js';
import {callsIn, type AwsCall} from './aws-calls.js';

const text = readFileSync(new URL('../../docs/iam-permissions.md', import.meta.url), 'utf8');
const catalog = loadCatalog();
const mapEvent = createEventMapper(catalog);

type Policy = ReturnType<typeof objectOf>;

/** The policies below a heading, in order. */
function policiesOf(heading: string): readonly Policy[] {
	const section = text.split(/^## /m).find(part => part.startsWith(`${heading}\n`)) ?? '';
	return [...section.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']) => objectOf(json));
}

const actionsOf = (policies: readonly Policy[]): readonly string[] => [
	...new Set(policies.flatMap(({Statement: statements}) => objectsOf(statements).flatMap(({Action: action}) => Array.isArray(action) ? action.map(String) : [String(action)]))),
].toSorted();

/** The actions that a call needs, by the very map that reads CloudTrail's events; none where AWS asks no permission. */
function needsOf({client, operation}: AwsCall): readonly string[] {
	const mapping = mapEvent({eventSource: `${client}.amazonaws.com`, eventName: operation, eventType: 'AwsApiCall', serviceNamespace: null, clientHost: null, sessionTags: false, sourceIdentity: false});
	if (mapping.kind === 'unmapped') {
		throw new Error(`the map does not know ${client}:${operation}`);
	}

	return mapping.kind === 'no-permission' ? [] : mapping.certain.map(id => catalog.at(id).name);
}

/**
What Athena does on behalf of whoever asks: no call of ours.
https://docs.aws.amazon.com/athena/latest/ug/fine-grained-access-to-glue-resources.html
https://docs.aws.amazon.com/athena/latest/ug/s3-permissions.html
*/
const onBehalf: Readonly<Record<string, readonly string[]>> = {
	GetDatabase: ['glue:GetDatabase'],
	GetTableMetadata: ['glue:GetTable'],
	ListTableMetadata: ['glue:GetTables'],
	StartQueryExecution: [
		'glue:CreateDatabase', 'glue:CreateTable', 'glue:GetDatabase', 'glue:GetPartitions', 'glue:GetTable', 'glue:UpdateTable', 's3:GetBucketLocation', 's3:GetObject', 's3:ListBucket', 's3:PutObject',
	],
	GetQueryResults: ['s3:GetObject'],
};

const needed = (calls: readonly AwsCall[], more: readonly string[] = []): readonly string[] =>
	[...new Set([...calls.flatMap(call => [...needsOf(call), ...call.client === 'athena' ? onBehalf[call.operation] ?? [] : []]), ...more])].toSorted();

const athena = callsIn(['trail/athena'], ['discover.ts', 'teardown.ts']);
/** Looking into a bucket, which trail discover does through the code of the source. */
const bucket = callsIn(['trail/athena/bucket.ts']);

const sections: Array<{heading: string; calls: readonly AwsCall[]; beside?: readonly string[]; more?: readonly string[]}> = [
	{heading: 'Live IAM', calls: callsIn(['iam', 'aws'])},
	{heading: 'Last accessed', calls: callsIn(['trail/last-accessed'])},
	{heading: 'Athena, one account', calls: athena, more: ['kms:Decrypt']},
	{heading: 'Athena, an organization', calls: athena},
	{heading: 'trail discover', calls: [...callsIn(['trail/athena/discover.ts']), ...bucket]},
	// What the teardown's own statements make Athena do: DROP TABLE, DROP DATABASE.
	{heading: 'athena teardown', calls: callsIn(['trail/athena/teardown.ts']), beside: actionsOf(policiesOf('Athena, one account')), more: ['glue:DeleteDatabase', 'glue:DeleteTable']},
];

describe('docs/iam-permissions.md: the policy of', () => {
	for (const {heading, calls, beside = [], more = []} of sections) {
		// A source that is not in this tree makes no call, and its policy cannot be held to any.
		test.skipIf(calls.length === 0)(`${heading} grants what the code calls, and nothing else`, () => {
			expect(actionsOf(policiesOf(heading))).toEqual(needed(calls, more).filter(action => !beside.includes(action)));
		});
	}

	test('OpenSearch grants the methods that are used', () => {
		expect(actionsOf(policiesOf('OpenSearch'))).toEqual(['es:ESHttpDelete', 'es:ESHttpGet', 'es:ESHttpPost', 'es:ESHttpPut']);
	});
});

test('the calls of last accessed data are found in the code', () => {
	expect(callsIn(['trail/last-accessed']).map(({client, operation}) => `${client}:${operation}`).toSorted()).toEqual(['iam:GenerateServiceLastAccessedDetails', 'iam:GetServiceLastAccessedDetails']);
});

test('no call is made from where no policy is held to it', () => {
	const known = new Set([...sections.flatMap(({calls}) => calls), ...callsIn(['trail/athena'])].map(({client, operation}) => `${client}:${operation}`));
	const others = callsIn(['.']).filter(({client, operation}) => !known.has(`${client}:${operation}`));
	// The doctor's own calls are those of the sources.
	expect(others).toEqual([]);
});

test('every policy is one that IAM takes, of actions that exist, without wildcards in them', () => {
	const compile = createPolicyCompiler(catalog);
	const policies = [...text.matchAll(/^## (.+)$/gm)].flatMap(([, heading = '']) => policiesOf(heading));
	expect(policies.length).toBeGreaterThanOrEqual(sections.length + 1);
	for (const policy of policies) {
		const {problems, unknown} = compile(policy);
		expect([problems, unknown]).toEqual([[], []]);
		expect(actionsOf([policy]).filter(action => action.includes('*'))).toEqual([]);
	}
});
