/** One measured figure, printed as one line of JSON by `npm run bench`. */
export type BenchLine = {
  name: string;
  value: number;
  unit: string;
  /** What the figure should be, in words: `< 50`. */
  goal?: string;
  /** This figure divided by the peer's, where another program does the same work. */
  ratio?: number;
  peer?: string;
};
