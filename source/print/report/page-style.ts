/** The page's only style sheet. Colours stand in pairs of light and dark, and mean nothing that words do not say too. */
export const pageStyle = String.raw`
:root {
	color-scheme: light dark;
	--ground: #fff; --raised: #f5f7f9; --line: #d3dae1; --text: #1b2127; --muted: #56616c; --link: #0b5cad;
	--used: #1f6fbf; --unused: #c2410c; --unknown: #8a93a0; --ungranted: #6d28d9; --alarm: #b42318; --alarm-ground: #fdf1ef;
}
@media (prefers-color-scheme: dark) {
	:root {
		--ground: #11161b; --raised: #1a2128; --line: #323c46; --text: #e4eaf0; --muted: #9ba8b5; --link: #7cbcff;
		--used: #5aa5ee; --unused: #f2924e; --unknown: #77828e; --ungranted: #bda7f7; --alarm: #ff9d92; --alarm-ground: #2b1a1a;
	}
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 100rem; padding: 1.5rem 1rem 4rem; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 1rem; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .75rem; }
a { color: var(--link); }
a:focus-visible, button:focus-visible, summary:focus-visible, input:focus-visible, select:focus-visible, .scroll:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 0 0 1rem; }
.facts dt { color: var(--muted); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.notice { border: 1px solid var(--line); border-left: 4px solid var(--line); border-radius: 4px; padding: .5rem .9rem; margin: .75rem 0; background: var(--raised); }
.notice.alarm { border-left-color: var(--alarm); background: var(--alarm-ground); }
.notice ul { margin: .25rem 0; padding-left: 1.2rem; overflow-wrap: anywhere; }
.notice p { margin: .2rem 0; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: .75rem; padding: 0; margin: 0; list-style: none; }
.figures li { border: 1px solid var(--line); border-radius: 6px; padding: .6rem .9rem; background: var(--raised); }
.figures strong { display: block; font-size: 1.6rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
.figures span { color: var(--muted); font-size: .9rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
caption { text-align: left; color: var(--muted); padding: .25rem 0 .5rem; }
th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { background: var(--raised); white-space: nowrap; vertical-align: bottom; }
tbody th { font-weight: 600; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.day { white-space: nowrap; font-variant-numeric: tabular-nums; }
.name { overflow-wrap: anywhere; min-width: 13rem; }
thead .n { white-space: normal; }
.why { min-width: 16rem; color: var(--muted); overflow-wrap: anywhere; }
code { font: .92em ui-monospace, monospace; overflow-wrap: anywhere; }
.mark { display: inline-block; min-width: 1.1em; font: 700 1em ui-monospace, monospace; white-space: pre; }
.verdict { white-space: nowrap; }
.verdict.unused, .unused .mark { color: var(--unused); }
.verdict.ungranted, .ungranted .mark { color: var(--ungranted); }
.verdict.unknown, .unknown .mark { color: var(--muted); }
#principals thead th { white-space: normal; }
#principals .name { min-width: 9rem; }
#principals .why { min-width: 11rem; }
.risk { color: var(--muted); }
.risk b { color: var(--alarm); white-space: nowrap; }
.chart { table-layout: fixed; }
.chart th:first-child { width: 15rem; }
.chart th.n { width: 6rem; }
.chart th[scope=row] { overflow-wrap: anywhere; font-weight: 400; }
.chart + .chart, .scroll + .scroll { margin-top: 1.5rem; }
.bar { display: block; width: 100%; height: 1.1rem; background: var(--raised); }
.key { width: .7em; height: .7em; }
.fill-used, .fill-users { fill: var(--used); }
.fill-unused { fill: var(--unused); }
.fill-unknown { fill: var(--unknown); }
.fill-roles { fill: var(--ungranted); }
.tools { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; margin: .5rem 0; }
.tools label { color: var(--muted); }
input, select, button { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--muted); border-radius: 4px; padding: .2rem .5rem; }
input { width: 18rem; max-width: 70vw; }
button { cursor: pointer; }
th button { all: unset; cursor: pointer; font-weight: 600; }
th button:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
th button::after { content: "\2195"; color: var(--muted); padding-left: .35em; font-weight: 400; }
th[aria-sort=ascending] button::after { content: "\2191"; color: var(--text); }
th[aria-sort=descending] button::after { content: "\2193"; color: var(--text); }
details.principal { border: 1px solid var(--line); border-radius: 6px; margin: .4rem 0; }
details.principal > summary { padding: .45rem .8rem; cursor: pointer; overflow-wrap: anywhere; }
details.principal > summary span { color: var(--muted); }
details.principal[open] > summary { border-bottom: 1px solid var(--line); background: var(--raised); border-radius: 6px 6px 0 0; }
details.principal > div { padding: .6rem .8rem 1rem; }
[hidden] { display: none !important; }
footer { margin-top: 3rem; color: var(--muted); font-size: .9rem; }
@media (max-width: 40rem) {
	body { padding: 1rem .7rem 3rem; }
	.facts { grid-template-columns: 1fr; gap: 0; }
	.facts dd { margin-bottom: .4rem; }
	th, td { padding: .3rem .4rem; }
	.chart { min-width: 34rem; }
	.chart th:first-child { width: 9rem; }
	.chart th.n { width: 5rem; }
}
@media print { .tools { display: none; } body { max-width: none; } }
`;
