import {expect, test} from 'vitest';
import {parameterOf} from '../../../source/trail/opensearch/fold.js';

/** As Elastic's pipeline writes an object: with Java's toString. */
const written = '{roleSessionName=a,b=c@d, roleArn=arn:aws:iam::012345678901:role/admin, tags=[{key=team, value=x}], durationSeconds=900, sourceIdentity=jane}';

test.each([
	['a session\'s name may hold commas and equals signs', 'roleSessionName', 'a,b=c@d'],
	['a value ends before the next key', 'roleArn', 'arn:aws:iam::012345678901:role/admin'],
	['the last value ends before the bracket', 'sourceIdentity', 'jane'],
	['a key that is not there has no value', 'externalId', null],
	['the end of another key is none', 'Identity', null],
])('Java\'s text of parameters: %s', (_, key, expected) => {
	expect(parameterOf(null, written, key)).toBe(expected);
});
