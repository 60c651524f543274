import process from 'node:process';
import {openFilesSource} from '../../source/trail/files/source.js';
import {totalEvents, wholeWindow} from './trail-records.js';

/** A copy of the program for tests: reads a trail, says each step of its progress on a line, and at the end the number of events. */
const [trail, accountId, cacheFolder] = process.argv.slice(2);
if (trail === undefined || accountId === undefined || cacheFolder === undefined) {
	throw new TypeError('give a trail, an account id and a cache folder');
}

const source = openFilesSource({path: trail, accountId, cacheFolder});
const {rows} = await source.usage(wholeWindow, {signal: new AbortController().signal, progress({stage, done}) {
	process.stdout.write(`${stage} ${done}\n`);
}});
process.stdout.write(`events ${totalEvents(rows)}\n`);
