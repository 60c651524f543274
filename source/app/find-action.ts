import {loadCatalog} from '../domain/catalog.js';
import {UserError} from '../lib/errors.js';
import {didYouMean} from '../lib/nearest.js';
import type {Analysis} from './analysis.js';

/**
The action that a name in any case means: one of the catalog, or one that the principal's policies name.
Throws UserError, with the nearest names, when there is none.
*/
export function findAction(analysis: Analysis, arn: string, name: string): string {
	const catalog = loadCatalog();
	const id = catalog.idOf(name);
	const row = analysis.principal(arn).actions.find(({lower}) => lower === name.toLowerCase());
	if (id !== undefined || row) {
		return row?.action ?? name;
	}

	const [from, to] = catalog.serviceRange(name.split(':')[0] ?? '') ?? [0, 0];
	const ofService = Array.from({length: to - from}, (_, index) => catalog.at(from + index).name);
	const candidates = ofService.length > 0 ? ofService : catalog.services.map(service => `${service}:`);
	throw new UserError(`no IAM action "${name}" is known${didYouMean(name, candidates)}`, {hint: 'name it as in a policy: s3:CreateBucket'});
}
