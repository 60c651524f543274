/** https://aws.amazon.com/athena/pricing/ : per TB scanned, at least 10 MB a query. TB and MB are powers of two there. */
const dollarsPerTerabyte = 5;
const terabyte = 2 ** 40;
const leastBytes = 10 * 2 ** 20;

/** What a scan costs at AWS's list price. */
export function dollarsFor(bytes: number): number {
	return Math.max(bytes, leastBytes) / terabyte * dollarsPerTerabyte;
}

const units: ReadonlyArray<readonly [size: number, name: string]> = [[1e12, 'TB'], [1e9, 'GB'], [1e6, 'MB'], [1e3, 'kB']];

/** "1.2 GB" */
export function bytesText(bytes: number): string {
	const unit = units.find(([size]) => bytes >= size);
	return unit ? `${(bytes / unit[0]).toFixed(bytes / unit[0] < 10 ? 1 : 0)} ${unit[1]}` : `${bytes} bytes`;
}

/** "$12.10", "$0.34", "$0.0059": two figures that say something. */
export function dollarsText(dollars: number): string {
	const places = dollars >= 1 || dollars === 0 ? 2 : Math.min(6, 1 - Math.floor(Math.log10(dollars)));
	return `$${dollars.toFixed(places)}`;
}
