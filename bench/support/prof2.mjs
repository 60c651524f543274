import {Engine} from '../../source/trail/files/duckdb.js';
import {defineGroups} from '../../source/trail/athena/local-groups.js';
import {askGroups} from '../../source/trail/sql-answers.js';
import {usageRowsSql, assumptionsSql, accountDaysSql, regionsSql} from '../../source/trail/query.js';
import {readdirSync} from 'node:fs';
const base=process.argv[2];
const dir=readdirSync(base+'/trails').map(n=>base+'/trails/'+n).find(n=>!n.endsWith('running'));
const file=dir+'/'+readdirSync(dir).find(n=>n.endsWith('.parquet'));
const s=new AbortController().signal;
let t=performance.now(), c=process.cpuUsage();
const stamp=l=>{const d=process.cpuUsage(c);console.log(l.padEnd(30),(performance.now()-t).toFixed(0).padStart(5),'cpu',((d.user+d.system)/1000).toFixed(0));t=performance.now();c=process.cpuUsage()};
const e=await Engine.open('/tmp/spill-x'); stamp('open');
for (let i=0;i<2;i++){
const entries="string_split(substr(days, 2, length(days) - 2), ', ')";
const rows=`SELECT * EXCLUDE (days, one), string_split(one, ' ') AS entry FROM (SELECT *, unnest(${entries}) AS one FROM read_parquet('${file}')) WHERE substr(one, 1, 10) >= '2020'`;
await defineGroups(e,rows,s); stamp('defineGroups');
const d=['2026-07-01','2026-09-01'];
const r=await e.rows(usageRowsSql('counted_groups'),s,[...d,'111122223333','111122223333']); stamp('usageRows '+r.length);
await e.rows(assumptionsSql('counted_groups'),s,d); stamp('assumptions');
await e.rows(accountDaysSql('all_groups'),s,d); stamp('accountDays');
await e.rows(regionsSql('all_groups'),s,[...d,'111122223333']); stamp('regions');
await e.run(`CREATE OR REPLACE TEMP TABLE x AS ${rows}`,s); stamp('unnest only');
await e.run(`CREATE OR REPLACE TEMP TABLE y AS SELECT * FROM read_parquet('${file}')`,s); stamp('parquet only');
}
e.close();
