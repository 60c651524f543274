/** https://aws.amazon.com/athena/pricing/ : per TB scanned, at least 10 MB a query. TB and MB are powers of two there. */
const dollarsPerTerabyte = 5;
const terabyte = 2 ** 40;
const leastBytes = 10 * 2 ** 20;

/** What a scan costs at AWS's list price; nothing where nothing was run. */
export function dollarsFor(bytes: number): number {
	return Math.max(bytes, leastBytes) / terabyte * dollarsPerTerabyte;
}

const units: ReadonlyArray<readonly [size: number, name: string]> = [[1e12, 'TB'], [1e9, 'GB'], [1e6, 'MB'], [1e3, 'kB']];

/** "1.2 GB" */
export function bytesText(bytes: number): string {
	const unit = units.find(([size]) => bytes >= size);
	return unit ? `${(bytes / unit[0]).toFixed(bytes / unit[0] < 10 ? 1 : 0)} ${unit[1]}` : `${bytes} bytes`;
}

/** "$0.00005", "$0.34", "$12.10": two figures at least that say something. */
export function dollarsText(dollars: number): string {
	return `$${dollars >= 0.1 ? dollars.toFixed(2) : dollars.toPrecision(1).includes('e') ? dollars.toFixed(6) : String(Number(dollars.toPrecision(2)))}`;
}
