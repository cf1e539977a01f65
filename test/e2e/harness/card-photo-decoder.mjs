// Stands for makers' software in browser tests: the first byte of what the chip holds is the number of a picture.
// Usage: card-photo-decoder.mjs FOLDER WLT PICTURE
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder = '', wlt = '', picture = ''] = process.argv.slice(2);
copyFileSync(join(folder, `${readFileSync(wlt)[0]}.bmp`), picture);
