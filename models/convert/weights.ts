import { halfToNumber } from './half.ts';
import { ONNX_FLOAT, ONNX_FLOAT16, type OnnxGraph } from './onnx-graph.ts';
import { FLOAT16, FLOAT32, type Step, type TfGraph } from './tflite.ts';

/** A constant of the TFLite graph: its tensor number, shape (N, H, W, C order), element type and bytes. */
export type Weight = { id: number; shape: number[]; type: number; data: Buffer };

/** The constant behind a tensor, looking through the step that widens float16 weights; null when it is computed. */
export function weightBehind(graph: TfGraph, makers: ReadonlyMap<number, Step>, id: number): Weight | null {
  const tensor = graph.tensors[id];
  if (!tensor) return null;
  if (tensor.data) return { id, shape: tensor.shape, type: tensor.type, data: tensor.data };
  const maker = makers.get(id);
  if (maker?.operator.kind !== 'dequantize') return null;
  return weightBehind(graph, makers, maker.inputs[0]!);
}

export function floatsOf(weight: Weight): number[] {
  const { data } = weight;
  if (weight.type === FLOAT16) {
    return Array.from({ length: data.length / 2 }, (_, i) => halfToNumber(data.readUInt16LE(2 * i)));
  }
  return Array.from({ length: data.length / 4 }, (_, i) => data.readFloatLE(4 * i));
}

export const integersOf = ({ data }: Weight): number[] =>
  Array.from({ length: data.length / 4 }, (_, i) => data.readInt32LE(4 * i));

/**
 * Writes a weight with its elements reordered and returns the name under which operators find it as float32. Weights
 * of 16 bits stay so in the file, at half its size, and are widened by a Cast when the model is loaded.
 *
 * @param sourceOf  for each element of the new order, the element of the old order
 */
export function addWeight(
  onnx: OnnxGraph,
  written: Map<number, string>,
  weight: Weight,
  shape: readonly number[],
  sourceOf: (element: number) => number = (element) => element,
): string {
  const before = written.get(weight.id);
  if (before !== undefined) return before;
  if (weight.type !== FLOAT32 && weight.type !== FLOAT16) throw new Error(`weights of type ${weight.type}`);
  const width = weight.type === FLOAT16 ? 2 : 4;
  const bytes = Buffer.alloc(weight.data.length);
  for (let i = 0; i < bytes.length / width; i += 1) {
    const from = sourceOf(i) * width;
    weight.data.copy(bytes, i * width, from, from + width);
  }
  const stored = onnx.constant(`c${weight.id}`, shape, width === 2 ? ONNX_FLOAT16 : ONNX_FLOAT, bytes);
  const name = width === 2 ? onnx.node('Cast', [stored], { to: ONNX_FLOAT }, `${stored}_f32`) : stored;
  written.set(weight.id, name);
  return name;
}
