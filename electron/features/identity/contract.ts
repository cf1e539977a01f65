/** What a desk may work out by itself while staff type; what counts is decided by the station. */
export { mod112CheckCharacter } from '../../lib/check-digits.ts';
