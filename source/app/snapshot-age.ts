/** "3 h", "2 d" between two instants; "less than a minute" below one. */
function ageWords(from: Date, now: Date): string {
	const minutes = Math.floor((now.getTime() - from.getTime()) / 60_000);
	if (minutes < 1) {
		return 'less than a minute';
	}

	if (minutes < 60) {
		return `${minutes} min`;
	}

	return minutes < 60 * 48 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / (60 * 24))} d`;
}

/** When an IAM snapshot was taken and how old it is, in words; null where it does not say. */
export function snapshotAge(takenAt: string | undefined, now: Date): string | null {
	return takenAt === undefined ? null : `IAM snapshot of ${takenAt.slice(0, 16).replace('T', ' ')} UTC, ${ageWords(new Date(takenAt), now)} old`;
}
