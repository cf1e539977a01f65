/** One figure, printed as one line of JSON by `npm run bench`. */
export type BenchLine = MeasuredLine | SkippedLine;

export type MeasuredLine = {
  name: string;
  value: number;
  unit: string;
  /** What the figure should be, in words: `< 50`. */
  goal?: string;
  /** This figure divided by the peer's, where another program does the same work. */
  ratio?: number;
  /** What the peer is, and its own figure. */
  peer?: string;
  /** What a reader must know to judge the figure: sizes, number of runs, spread. */
  note?: string;
};

/** A figure that could not be had here: a tool is missing. The reason says which. */
export type SkippedLine = { name: string; skipped: string };

/** One benchmark: prints what it finds as it goes. @throws Error when it could not run for a defect */
export type Benchmark = (print: (line: BenchLine) => void) => Promise<void>;

/** Three significant digits: more would claim what no run repeats. */
export const rounded = (value: number): number => Number(value.toPrecision(3));

/** The ratio of two figures and the peer's own, as they stand in a line. */
export const against = (value: number, peerValue: number, unit: string, peer: string) => ({
  ratio: rounded(value / peerValue),
  peer: `${peer}: ${rounded(peerValue)} ${unit}`,
});
