import {useStdin} from 'ink';
import {useEffect} from 'react';
import {createPressReader, type Press} from '../press.js';

/**
Calls back with every key press while the program is shown. Stands where Ink's useInput would: that throws at sequences it does not know
(Ctrl-F3, colours in pasted text) and takes a paste for keys.
*/
export function usePresses(onPress: (press: Press) => void): void {
	const {setRawMode, internal_eventEmitter: input} = useStdin();
	useEffect(() => {
		const read = createPressReader();
		const onInput = (text: string) => {
			for (const press of read(text)) {
				onPress(press);
			}
		};

		setRawMode(true);
		input.on('input', onInput);
		return () => {
			input.off('input', onInput);
			setRawMode(false);
		};
	}, [setRawMode, input, onPress]);
}
