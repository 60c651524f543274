/**
The page's only script: sorts and filters the tables, and makes a principal's table of actions when it is opened.
It writes text by textContent alone, never HTML, and asks nothing of any network.
*/
export const pageScript = String.raw`(() => {
'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const verdicts = ['used', 'unused', 'unknown', 'ungranted'];
const marks = ['', '-', '?', '+'];
const verdictOrder = [3, 0, 2, 1];
const levels = {L: 'List', R: 'Read', W: 'Write', P: 'Permissions management', T: 'Tagging', '-': ''};
const levelOrder = {P: 0, W: 1, T: 2, R: 3, L: 4, '-': 5};
const riskOrder = {'privilege-escalation': 0, 'resource-exposure': 1, 'data-exfiltration': 2};
const pageSize = 500;
const number = value => value.toLocaleString('en-US');

const make = (tag, attributes, ...children) => {
	const element = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) {
		element.setAttribute(name, value);
	}
	element.append(...children);
	return element;
};

const decodeRuns = text => {
	const found = [];
	let at = 0;
	for (const part of text === '' ? [] : text.split(',')) {
		const [gap, length] = part.split('.');
		at += parseInt(gap, 36);
		for (let left = length === undefined ? 1 : parseInt(length, 36); left > 0; left--) {
			found.push(at++);
		}
	}
	return found;
};

const rowOf = (action, reason, count = 0, failed = 0, denied = 0, first = '', last = '') => ({
	action, name: data.actions[action], level: data.levels[action], risk: data.risks[action],
	verdict: data.reasons[reason][0], why: data.reasons[reason][1], count, failed, denied, first, last,
});

const rowsOf = index => {
	const [usual, others, full] = data.principals[index];
	return [
		...decodeRuns(usual).map(action => rowOf(action, data.usual[action])),
		...others.flatMap(([reason, actions]) => decodeRuns(actions).map(action => rowOf(action, reason))),
		...full.map(values => rowOf(...values)),
	].sort((a, b) => a.action - b.action);
};

const matcher = text => {
	const words = text.toLowerCase().split(/\s+/).filter(word => word !== '' && word !== '!');
	const include = words.filter(word => !word.startsWith('!'));
	const exclude = words.filter(word => word.startsWith('!')).map(word => word.slice(1));
	return lower => include.every(word => lower.includes(word)) && !exclude.some(word => lower.includes(word));
};

/* A header that sorts: a button inside the cell, its state on the cell. */
const makeSortable = (headers, sort) => {
	for (const [column, header] of headers.entries()) {
		const button = make('button', {type: 'button'}, ...header.childNodes);
		header.append(button);
		button.addEventListener('click', () => {
			const first = header.dataset.first ?? 'ascending';
			const direction = header.getAttribute('aria-sort') === null ? first : header.getAttribute('aria-sort') === 'ascending' ? 'descending' : 'ascending';
			for (const other of headers) {
				other.removeAttribute('aria-sort');
			}
			header.setAttribute('aria-sort', direction);
			sort(column, direction === 'ascending' ? 1 : -1);
		});
	}
};

const compare = (a, b) => a < b ? -1 : a > b ? 1 : 0;

for (const table of document.querySelectorAll('table.sortable')) {
	makeSortable([...table.tHead.rows[0].cells], (column, sign) => {
		const keys = [...table.tBodies[0].rows].map(row => {
			const {v} = row.cells[column].dataset;
			return [v === undefined ? row.cells[column].textContent.toLowerCase() : Number(v), row];
		});
		keys.sort((a, b) => sign * compare(a[0], b[0]));
		table.tBodies[0].append(...keys.map(([, row]) => row));
	});
}

const filterTools = (label, onInput) => {
	const input = make('input', {type: 'search', placeholder: 'words; !word leaves out', spellcheck: 'false'});
	const count = make('span', {role: 'status'});
	input.addEventListener('input', onInput);
	return {input, count, tools: make('div', {class: 'tools'}, make('label', {}, label + ' ', input), count)};
};

const principals = document.getElementById('principals');
const sections = new Map([...document.querySelectorAll('details.principal')].map(section => [section.dataset.index, section]));
if (principals) {
	const rows = [...principals.tBodies[0].rows].map(row => [row, row.textContent.toLowerCase()]);
	const {input, count, tools} = filterTools('Filter principals', () => {
		const matches = matcher(input.value);
		let shown = 0;
		for (const [row, lower] of rows) {
			row.hidden = !matches(lower);
			sections.get(row.dataset.index).hidden = row.hidden;
			shown += row.hidden ? 0 : 1;
		}
		count.textContent = number(shown) + ' of ' + number(rows.length) + ' principals';
	});
	input.dispatchEvent(new Event('input'));
	principals.parentElement.before(tools);
}

const columns = [
	{text: '', label: 'verdict', sort: row => verdictOrder[row.verdict]},
	{text: 'action', sort: row => row.action},
	{text: 'access level', sort: row => levelOrder[row.level]},
	{text: 'risk', sort: row => (row.risk ? riskOrder[row.risk[0]] : 100) + 10 * verdictOrder[row.verdict]},
	{text: 'events', number: true, sort: row => row.count},
	{text: 'denied', number: true, sort: row => row.denied},
	{text: 'last used', first: 'descending', sort: row => row.last},
	{text: 'why', sort: row => row.why},
];

const rowElement = row => make('tr', {},
	make('td', {class: 'verdict ' + verdicts[row.verdict]}, make('span', {class: 'mark'}, marks[row.verdict]), ' ' + verdicts[row.verdict]),
	make('th', {scope: 'row', class: 'name'}, make('code', {}, row.name)),
	make('td', {}, levels[row.level]),
	row.risk ? make('td', {class: 'risk'}, make('b', {}, row.risk[0]), make('br', {}), row.risk[1]) : make('td', {}),
	make('td', {class: 'n'}, number(row.count) + (row.failed > 0 ? ' (' + number(row.failed) + ' failed)' : '')),
	make('td', {class: 'n'}, number(row.denied)),
	make('td', {class: 'day', title: row.last}, row.last.slice(0, 10)),
	make('td', {class: 'why'}, row.why),
);

const showActions = section => {
	const holder = section.querySelector('.actions');
	if (holder.dataset.made) {
		return;
	}
	holder.dataset.made = 'yes';
	let rows = rowsOf(Number(section.dataset.index));
	const texts = new Map(rows.map(row => [row, (row.name + ' ' + (row.risk ? row.risk[0] : '')).toLowerCase()]));
	const body = make('tbody', {});
	const more = make('button', {type: 'button'}, 'Show ' + number(pageSize) + ' more');
	let shown = pageSize;
	const draw = () => {
		const matches = matcher(input.value);
		const left = rows.filter(row => (select.value === '' || verdicts[row.verdict] === select.value) && matches(texts.get(row)));
		body.replaceChildren(...left.slice(0, shown).map(rowElement));
		more.hidden = left.length <= shown;
		count.textContent = number(left.length) + ' of ' + number(rows.length) + ' actions' + (more.hidden ? '' : ', ' + number(shown) + ' shown');
	};
	const restart = () => {
		shown = pageSize;
		draw();
	};
	const {input, count, tools} = filterTools('Filter actions', restart);
	const select = make('select', {}, make('option', {value: ''}, 'every verdict'), ...verdicts.map(verdict => make('option', {value: verdict}, verdict)));
	select.addEventListener('change', restart);
	count.before(make('label', {}, 'Verdict ', select));
	more.addEventListener('click', () => {
		shown += pageSize;
		draw();
	});
	const headers = columns.map(column => make('th', {scope: 'col', ...(column.number && {class: 'n'}), ...((column.number || column.first) && {'data-first': 'descending'})}, column.text || column.label));
	makeSortable(headers, (column, sign) => {
		const key = columns[column].sort;
		rows = [...rows].sort((a, b) => sign * compare(key(a), key(b)) || a.action - b.action);
		restart();
	});
	const caption = make('caption', {}, 'Actions of ' + section.dataset.name);
	const table = make('table', {}, caption, make('thead', {}, make('tr', {}, ...headers)), body);
	holder.replaceChildren(tools, make('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption.textContent}, table), more);
	headers[3].firstElementChild.click();
};

document.addEventListener('toggle', event => {
	if (event.target.matches('details.principal') && event.target.open) {
		showActions(event.target);
	}
}, true);

const openTarget = () => {
	const target = /^#p\d+$/.test(location.hash) ? document.getElementById(location.hash.slice(1)) : null;
	if (target) {
		target.closest('details').open = true;
		target.focus({preventScroll: true});
		target.closest('details').scrollIntoView();
	}
};
addEventListener('hashchange', openTarget);
document.addEventListener('click', event => {
	const link = event.target.closest('a[href^="#p"]');
	if (link && link.hash === location.hash) {
		openTarget();
	}
});
openTarget();
})();
`;
