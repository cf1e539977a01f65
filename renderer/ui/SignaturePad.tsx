import { type PointerEvent, type ReactNode, useRef, useState } from 'react';

/** x and y in thousandths of the pad's width and height, t in ms since the first touch. */
export type StrokePoint = [x: number, y: number, tMs: number];
export type SignatureStrokes = StrokePoint[][];

/** As many as the station takes: a longer line goes on as a new stroke, a longer signature stops. */
const mostPoints = 2000;
const mostStrokes = 60;

const thousandths = (offset: number, whole: number): number =>
  Math.min(1000, Math.max(0, Math.round((offset / whole) * 1000)));

/**
 * Handwriting by pen, finger or mouse, kept as points with their time so that it stays evidence and not a picture.
 * `height` in px; the caller clears by passing an empty value.
 */
export function SignaturePad(props: {
  value: SignatureStrokes;
  onChange: (strokes: SignatureStrokes) => void;
  height: number;
  label: string;
  disabled?: boolean;
}): ReactNode {
  const beganAtMs = useRef(0);
  const [drawing, setDrawing] = useState<number | null>(null);

  const pointOf = (event: globalThis.PointerEvent, box: DOMRect): StrokePoint => [
    thousandths(event.clientX - box.left, box.width),
    thousandths(event.clientY - box.top, box.height),
    Math.min(600_000, Math.max(0, Math.round(event.timeStamp - beganAtMs.current))),
  ];
  const down = (event: PointerEvent<SVGSVGElement>) => {
    if (props.disabled || drawing !== null || props.value.length >= mostStrokes) return;
    if (props.value.length === 0) beganAtMs.current = event.timeStamp;
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrawing(event.pointerId);
    props.onChange([...props.value, [pointOf(event.nativeEvent, event.currentTarget.getBoundingClientRect())]]);
  };
  const move = (event: PointerEvent<SVGSVGElement>) => {
    const last = props.value.at(-1);
    if (event.pointerId !== drawing || last === undefined || last.length >= mostPoints) return;
    const box = event.currentTarget.getBoundingClientRect();
    // Between two frames a pen reports many points; they come coalesced.
    const between = event.nativeEvent.getCoalescedEvents?.() ?? [];
    const points = (between.length > 0 ? between : [event.nativeEvent]).map((e) => pointOf(e, box));
    props.onChange([...props.value.slice(0, -1), [...last, ...points].slice(0, mostPoints)]);
  };
  const up = (event: PointerEvent<SVGSVGElement>) => {
    if (event.pointerId === drawing) setDrawing(null);
  };
  return (
    <svg
      className="ui-signature"
      role="img"
      aria-label={props.label}
      style={{ height: props.height }}
      viewBox="0 0 1000 1000"
      preserveAspectRatio="none"
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={up}
    >
      {props.value.map((stroke, i) => (
        <polyline
          // biome-ignore lint/suspicious/noArrayIndexKey: strokes are only ever added at the end
          key={i}
          points={(stroke.length === 1 ? [stroke[0]!, stroke[0]!] : stroke).map(([x, y]) => `${x},${y}`).join(' ')}
          fill="none"
          stroke="#141414"
          strokeWidth={3}
          strokeLinecap="round"
          strokeLinejoin="round"
          vectorEffect="non-scaling-stroke"
        />
      ))}
    </svg>
  );
}
