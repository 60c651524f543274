/** Serves a folder as the bucket "logs" through Athena on loopback; prints its address, then a line of engine milliseconds and scans for each line it is sent. */
import process from 'node:process';
import readline from 'node:readline';
import {makeTable} from '../../test/servers/athena/athena-source.js';
import {AthenaServer} from '../../test/servers/athena/server.js';

const [folder, table] = process.argv.slice(2);
const server = await AthenaServer.start({buckets: {logs: folder}, isFrozen: true});
makeTable(server, JSON.parse(table));
console.log(server.url);
for await (const _ of readline.createInterface({input: process.stdin})) {
	console.log(JSON.stringify({engine: server.engineMilliseconds, scans: server.scans.length}));
}

await server.close();
