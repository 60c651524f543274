/**
Evaluates every principal of an account with 1,600 roles and prints how long it takes; the bar is 500 ms.
Run it through tsx: `npx tsx bench/grants.mjs [roles]`. The account is made up of AWS's managed policies where ../shared/generate/policies
is present, else of generated documents of the same kind, and of inline policies that no two roles share.
*/
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {performance} from 'node:perf_hooks';
import process from 'node:process';
import {loadCatalog} from '../source/domain/catalog.js';
import {createGrantEvaluator} from '../source/domain/grants.js';

const roleCount = Number(process.argv[2] ?? 1600);
const accountId = '111122223333';
const folder = new URL('../../shared/generate/policies/', import.meta.url);
const catalog = loadCatalog();

function managedPolicies() {
	if (existsSync(folder)) {
		return readdirSync(folder).filter(name => name.endsWith('.json')).map(name => {
			const {arn, document} = JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
			return {arn, name: name.slice(0, -5), document};
		});
	}

	return Array.from({length: 80}, (_, index) => ({
		arn: `arn:aws:iam::aws:policy/Generated${index}`,
		name: `Generated${index}`,
		document: statementsOf(['Get*', 'List*', 'Describe*', '*Tag*'].flatMap(pattern => catalog.services.filter((_, at) => at % 7 === index % 7).map(service => `${service}:${pattern}`))),
	}));
}

function statementsOf(actions) {
	return {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: actions, Resource: '*'}]};
}

function roleOf(index, policies) {
	const name = `role-${index}`;
	const actions = Array.from({length: 12}, (_, at) => catalog.at((index * 131 + at * 977) % catalog.size).name);
	return {
		kind: 'role', name, arn: `arn:aws:iam::${accountId}:role/${name}`, path: '/', id: `AROA${index}`, created: null, lastUsed: null, trustPolicy: null,
		boundaryArn: index % 5 === 0 ? policies[index % policies.length].arn : null,
		attachedPolicies: [0, 1, 2].map(at => policies[(index * 7 + at * 13) % policies.length]).map(({name, arn}) => ({name, arn})),
		inlinePolicies: [
			{name: 'own', document: {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: actions, Resource: `arn:aws:s3:::bucket-${index}/*`}]}},
			{name: 'deny', document: {Version: '2012-10-17', Statement: [{Effect: 'Deny', NotAction: ['iam:*', 'sts:*'], Resource: '*', Condition: {Bool: {[`aws:PrincipalTag/${index}`]: 'true'}}}]}},
		],
	};
}

const policies = managedPolicies();
const roles = Array.from({length: roleCount}, (_, index) => roleOf(index, policies));
const snapshot = {accountId, users: [], roles, groups: [], policies, warnings: []};

const started = performance.now();
const evaluate = createGrantEvaluator(snapshot, catalog);
const evaluated = roles.map(role => evaluate(role));
const elapsed = performance.now() - started;
const granted = evaluated.reduce((sum, grants) => sum + grants.granted.count(), 0);
console.log(`grants: ${roles.length} roles, ${catalog.size} actions, ${granted} granted pairs`);
console.log(`${elapsed.toFixed(0)} ms (bar 500 ms for 1,600), ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB resident`);
