import type {Analysis, PrincipalSummary} from '../../../app/analysis.js';
import {summarizeAccount, type AccountSummary} from '../../../domain/account-summary.js';
import {counted, dayOf, grouped} from '../../words.js';
import type {TextLine} from './state.js';

/** "62%: 1,240 of 2,000 granted actions"; never 100% while a part of it was used. */
function shareWords({granted, unused, unusedShare}: AccountSummary): string {
	if (unusedShare === null) {
		return 'nothing is granted';
	}

	const percent = unused === granted ? 100 : Math.min(99, Math.round(unusedShare * 100));
	return `${percent}%: ${grouped(unused)} of ${grouped(granted)} granted actions`;
}

const dangerWords = (count: number) => count === 0 ? '' : `, ${grouped(count)} dangerous`;
const principalWords = ({counts, unusedDangerous}: PrincipalSummary) => `${grouped(counts.unused)} of ${grouped(counts.granted)} unused${dangerWords(unusedDangerous)}`;

/** The account in a few lines; without logs nothing is called unused. */
export function overviewTexts({principals, trail}: Pick<Analysis, 'principals' | 'trail'>): ReadonlyArray<readonly [lead: string, text: string]> {
	const summary = summarizeAccount(principals);
	const {total, users, roles, unused, unknown} = summary.principals;
	const who = `${grouped(total)} (${counted(users, 'user')}, ${counted(roles, 'role')})`;
	if (trail.events === 0) {
		return [['principals', who], ['never used', 'not known: the window has no event of the account']];
	}

	return [
		['principals', `${who} · ${grouped(unused)} unused${unknown === 0 ? '' : ` · ${grouped(unknown)} not known`}`],
		['never used', shareWords(summary)],
		['dangerous', `${counted(summary.unusedDangerous, 'unused grant')} known for a step of an attack`],
	];
}

/** The accounts of which the trail holds events beside this one: Enter opens those that are configured. */
function otherAccounts({account, accountsInTrail}: Analysis): readonly TextLine[] {
	return accountsInTrail.filter(({accountId}) => accountId !== account.id).map(({accountId, events, firstEvent, lastEvent}) => {
		const text = `${accountId} · ${counted(events, 'event')} in this trail, ${dayOf(firstEvent)} to ${dayOf(lastEvent)}`;
		return {key: `account ${accountId}`, lead: 'also here', text, more: `account ${text} · Enter opens it where it is configured; else add it with its own IAM and these logs`, accountId};
	});
}

/** The same as a list, and the ten principals with the most to take away: each opens. */
export function overviewLines(analysis: Analysis): readonly TextLine[] {
	const worst = analysis.trail.events === 0 ? [] : summarizeAccount(analysis.principals).worst;
	return [
		...overviewTexts(analysis).map(([lead, text]) => ({key: lead, lead, text, more: `${lead}: ${text}`})),
		...otherAccounts(analysis),
		...worst.map((principal, index) => {
			const text = `${principal.kind} ${principal.name} · ${principalWords(principal)}`;
			return {key: principal.arn, lead: `worst ${index + 1}`, text, more: `${principal.arn} · ${principalWords(principal)}`, arn: principal.arn};
		}),
	];
}
