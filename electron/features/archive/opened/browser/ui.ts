import type { TwoTongues } from '../../claims/claim.ts';

/** A child that is left out stands as null or false, so that conditions read in place. */
export type Child = Node | string | number | null | false;

/** What the parts of the page share: the data, the words, elements and times. */
export interface Ui<View> {
  view: View;
  /** A text, `{}` filled in order; a code without a text is shown as it is. */
  t: (key: string, ...values: (string | number)[]) => string;
  /** The one of two texts that the reader's language has. */
  said: (of: TwoTongues | undefined, otherwise: string) => string;
  h: (
    tag: string,
    attributes: Record<string, string | boolean | ((e: Event) => void)>,
    ...children: Child[]
  ) => HTMLElement;
  /** A field to search in, with what stands in it; `look` gets every change. */
  searchField: (label: string, value: string, look: (text: string) => void) => HTMLElement;
  /** Puts these in the place of what an element holds. */
  put: (into: HTMLElement, ...children: Child[]) => void;
  clock: (ms: number | null) => string;
  day: (ms: number | null) => string;
  length: (ms: number) => string;
  score: (tenths: number | null) => string;
  /** Handwriting as a drawing. */
  writing: (strokes: number[][][]) => HTMLElement;
  switchLanguage: () => void;
  /** Set by whoever draws the page. */
  redraw: () => void;
}

/** The sites lie in one time zone, whatever the reader's computer is set to. */
export function makeUi<View>(view: View, texts: Record<string, TwoTongues>): Ui<View> {
  let language: 'zh' | 'en' = 'zh';
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false, ...options });
  const clockFormat = format({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const dayFormat = format({ year: 'numeric', month: '2-digit', day: '2-digit' });
  const isTime = (ms: number | null): ms is number => ms !== null && Math.abs(ms) < 8e15;
  const ui: Ui<View> = {
    view,
    t(key, ...values) {
      let text = texts[key]?.[language] ?? key.slice(key.indexOf('.') + 1);
      for (const value of values) text = text.replace('{}', String(value));
      return text;
    },
    said: (of, otherwise) => of?.[language] ?? otherwise,
    h(tag, attributes, ...children) {
      const element = document.createElement(tag);
      for (const [name, value] of Object.entries(attributes)) {
        if (typeof value === 'function') element.addEventListener(name, value);
        else if (value === true) element.setAttribute(name, '');
        else if (value !== false) element.setAttribute(name, value);
      }
      ui.put(element, ...children);
      return element;
    },
    searchField: (label, value, look) =>
      ui.h('input', {
        type: 'search',
        value,
        placeholder: label,
        'aria-label': label,
        input: (e) => look((e.target as HTMLInputElement).value),
      }),
    put: (into, ...children) =>
      into.replaceChildren(
        ...children.filter((c) => c !== null && c !== false).map((c) => (typeof c === 'number' ? String(c) : c)),
      ),
    clock: (ms) => (isTime(ms) ? clockFormat.format(ms) : '–'),
    day: (ms) => (isTime(ms) ? dayFormat.format(ms).replaceAll('/', '-') : '–'),
    length(ms) {
      const seconds = Math.round(ms / 1000);
      if (seconds < 60) return ui.t('ui.seconds', seconds);
      if (seconds < 3600) return ui.t('ui.minutes', Math.floor(seconds / 60), seconds % 60);
      return ui.t('ui.hours', Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60));
    },
    score: (tenths) => (tenths === null ? '–' : (tenths / 10).toFixed(1)),
    writing(strokes) {
      const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
      svg.setAttribute('viewBox', '0 0 1000 1000');
      svg.setAttribute('class', 'writing');
      svg.setAttribute('preserveAspectRatio', 'xMidYMid meet');
      for (const stroke of strokes) {
        const line = document.createElementNS('http://www.w3.org/2000/svg', 'polyline');
        line.setAttribute('points', stroke.map(([x, y]) => `${x},${y}`).join(' '));
        svg.append(line);
      }
      return ui.h('span', { class: 'paper' }, svg);
    },
    switchLanguage() {
      language = language === 'zh' ? 'en' : 'zh';
      document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
      ui.redraw();
    },
    redraw: () => {},
  };
  return ui;
}
