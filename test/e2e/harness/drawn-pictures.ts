import type { Page } from '@playwright/test';

/** Somebody, drawn: no picture of a person leaves the tests. */
const person = (back: string, front: string) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 500"
  width="400" height="500" preserveAspectRatio="xMidYMid slice"><rect width="400" height="500" fill="${back}"/>
  <ellipse cx="200" cy="205" rx="82" ry="104" fill="${front}"/>
  <path d="M40 500c0-112 58-164 118-176 26 26 58 26 84 0 60 12 118 64 118 176z" fill="${front}"/></svg>`;

const wall = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 500" width="400" height="500"
  preserveAspectRatio="xMidYMid slice"><rect width="400" height="500" fill="#9fb0b8"/></svg>`;

/** Several persons before one camera. */
const four = () => {
  const one = (x: number, y: number, s: number) => `<g transform="translate(${x} ${y}) scale(${s})">
    <ellipse cx="200" cy="205" rx="82" ry="104" fill="#4c5a63"/>
    <path d="M40 500c0-112 58-164 118-176 26 26 58 26 84 0 60 12 118 64 118 176z" fill="#4c5a63"/></g>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 500" width="400" height="500"
    preserveAspectRatio="xMidYMid slice"><rect width="400" height="500" fill="#9fb0b8"/>
    ${one(-40, 120, 0.62)}${one(190, 90, 0.62)}${one(60, 190, 0.7)}</svg>`;
};

/** An exam room from the back, drawn: six seats at their desks, the board in front. */
const room = () => {
  const seats = [0, 1, 2, 3, 4, 5].map((i) => {
    const [x, y, s] = [290 + (i % 3) * 350, i < 3 ? 300 : 470, i < 3 ? 0.75 : 1];
    return `<g transform="translate(${x} ${y}) scale(${s})"><rect x="-130" y="70" width="260" height="22" fill="#8d7a63"/>
      <rect x="-118" y="92" width="12" height="80" fill="#6d5d4b"/><rect x="106" y="92" width="12" height="80" fill="#6d5d4b"/>
      <circle r="34" fill="#3d4650"/><path d="M-64 74c0-44 30-64 64-64s64 20 64 64z" fill="#56626e"/></g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1280 720" width="1280" height="720"
    preserveAspectRatio="xMidYMid slice"><rect width="1280" height="720" fill="#cfd4d6"/>
    <path d="M0 720L300 330H980L1280 720z" fill="#b3aa9c"/><rect x="390" y="90" width="500" height="150" fill="#2f4f46"/>
    <rect x="380" y="240" width="520" height="10" fill="#8d7a63"/>${seats.join('')}</svg>`;
};

const address = (svg: string) => `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;

/**
 * Puts a drawing in the place of every photograph and every camera picture of a page, each with its size, place and
 * mirroring, and another path in the place of the temporary one. Crops of print are left. The page is not to be used
 * any more.
 *
 * @param another  selects the pictures that show somebody else than the camera does, drawn as another figure
 */
export async function hidePeople(
  page: Page,
  pictures: 'person' | 'room' | 'nobody' | 'several',
  temporary: string,
  another = 'none',
): Promise<void> {
  const live = { room: room(), person: person('#9fb0b8', '#4c5a63'), nobody: wall, several: four() }[pictures];
  await page.evaluate(
    async ({ live, still, other, another, temporary }) => {
      const loaded: Promise<unknown>[] = [];
      const put = (img: HTMLImageElement, src: string) => {
        img.src = src;
        loaded.push(img.decode());
      };
      for (const img of document.querySelectorAll<HTMLImageElement>('img[src^="blob:"]:not([data-shows="print"])'))
        put(img, img.matches(another) ? other : still);
      for (const picture of document.querySelectorAll<HTMLElement>('video, canvas')) {
        const img = document.createElement('img');
        const { position, inset, width, height, transform, display } = getComputedStyle(picture);
        img.className = picture.className;
        Object.assign(img.style, { position, inset, width, height, transform, display, objectFit: 'cover' });
        picture.replaceWith(img);
        put(img, live);
      }
      const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = words.nextNode(); node !== null; node = words.nextNode())
        if (node.nodeValue?.includes(temporary)) node.nodeValue = node.nodeValue.replaceAll(temporary, '/srv/kaodian');
      await Promise.all(loaded);
    },
    {
      live: address(live),
      still: address(person('#c9d3d8', '#6b7a84')),
      other: address(person('#d8cfc0', '#8a6d5a')),
      another,
      temporary,
    },
  );
}
