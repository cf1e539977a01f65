import type { ReactNode } from 'react';
import { plotPlace } from './plot-scale.ts';

const WIDTH = 400;
const HEIGHT = 34;
const PAD = 8;
const x = (tenths: number, end: number): number => PAD + plotPlace(tenths, end) * (WIDTH - 2 * PAD);

/**
 * One examiner's mean difference from the rest of the panel: a dot on its 95 % interval, nought drawn through all rows.
 * Colour says only that something is worth a look; the words beside it say what.
 *
 * @param severity  in tenths of a mark; null draws the empty scale
 */
export function DotPlot(props: {
  severity: { tenths: number; low: number; high: number } | null;
  end: number;
  isWorthALook: boolean;
  label: string;
}): ReactNode {
  const { severity, end } = props;
  const middle = HEIGHT / 2;
  return (
    <svg
      className={`appraisal-plot${props.isWorthALook ? ' is-look' : ''}`}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={props.label}
    >
      <line className="is-scale" x1={PAD} y1={middle} x2={WIDTH - PAD} y2={middle} />
      {[-end, -end / 2, end / 2, end].map((mark) => (
        <line
          key={mark}
          className="is-scale"
          x1={x(mark * 10, end)}
          x2={x(mark * 10, end)}
          y1={middle - 4}
          y2={middle + 4}
        />
      ))}
      <line className="is-nought" x1={WIDTH / 2} x2={WIDTH / 2} y1={0} y2={HEIGHT} />
      {severity && (
        <>
          <line className="is-interval" x1={x(severity.low, end)} x2={x(severity.high, end)} y1={middle} y2={middle} />
          {(['low', 'high'] as const).map((edge) => (
            <line
              key={edge}
              className="is-interval"
              x1={x(severity[edge], end)}
              x2={x(severity[edge], end)}
              y1={middle - 6}
              y2={middle + 6}
            />
          ))}
          <circle cx={x(severity.tenths, end)} cy={middle} r={6} />
        </>
      )}
    </svg>
  );
}
