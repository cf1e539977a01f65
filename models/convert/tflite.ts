import { FlatTable } from './flatbuffer.ts';

/** Element types of tensors that the three models use (TFLite schema, enum TensorType). */
export const FLOAT32 = 0;
export const FLOAT16 = 1;

export type Activation = 'none' | 'relu' | 'relu6';
export type Sliding = { same: boolean; strideX: number; strideY: number; activation: Activation };

export type Operator =
  | ({ kind: 'conv' | 'depthwise-conv' } & Sliding)
  | ({ kind: 'max-pool' | 'average-pool'; width: number; height: number } & Sliding)
  | { kind: 'add' | 'sub' | 'mul'; activation: Activation }
  | { kind: 'concat'; axis: number }
  | { kind: 'resize'; alignCorners: boolean; halfPixel: boolean }
  | { kind: 'dequantize' | 'relu' | 'relu6' | 'abs' | 'sigmoid' | 'prelu' | 'pad' | 'reshape' };

export type Step = { operator: Operator; inputs: number[]; outputs: number[] };
/** `data` is the constant's bytes, or null for a value that is computed. Shapes are in the order N, H, W, C. */
export type TfTensor = { name: string; shape: number[]; type: number; data: Buffer | null };
export type TfGraph = { tensors: TfTensor[]; steps: Step[]; inputs: number[]; outputs: number[] };

/**
 * Reads the first graph of a TFLite file: tensors by index, operators in order of execution. Field numbers are those of
 * TensorFlow's schema.fbs, version 3. Throws on another file type and on operators, dilations or activations that
 * the three models do not use.
 */
export function readTflite(file: Buffer): TfGraph {
  if (file.toString('latin1', 4, 8) !== 'TFL3') throw new Error('not a TFLite file');
  const root = FlatTable.root(file);
  const codes = root.tables(1).map((code) => Math.max(code.int8(0), code.int32(3)));
  const buffers = root.tables(4);
  const graph = root.tables(2)[0];
  if (!graph) throw new Error('a TFLite file without a graph');
  const tensors = graph.tables(0).map((tensor): TfTensor => {
    const data = buffers[tensor.int32(2)]?.bytes(0);
    return { name: tensor.text(3), shape: tensor.int32s(0), type: tensor.int8(1), data: data?.length ? data : null };
  });
  const steps = graph.tables(3).map((step): Step => {
    const operator = readOperator(codes[step.int32(0)] ?? -1, step.table(4));
    return { operator, inputs: step.int32s(1), outputs: step.int32s(2) };
  });
  return { tensors, steps, inputs: graph.int32s(1), outputs: graph.int32s(2) };
}

function readOperator(code: number, options: FlatTable | null): Operator {
  const number = (field: number, otherwise = 0) => options?.int32(field, otherwise) ?? otherwise;
  const byte = (field: number) => options?.int8(field) ?? 0;
  const sliding = (activationField: number): Sliding => ({
    same: byte(0) === 0,
    strideX: number(1),
    strideY: number(2),
    activation: activation(byte(activationField)),
  });
  const undilated = (field: number) => {
    if (number(field, 1) !== 1 || number(field + 1, 1) !== 1) throw new Error('a dilated convolution');
  };
  switch (code) {
    case 0:
      return { kind: 'add', activation: activation(byte(0)) };
    case 1:
      return { kind: 'average-pool', width: number(3), height: number(4), ...sliding(5) };
    case 2:
      return { kind: 'concat', axis: number(0) };
    case 3:
      undilated(4);
      return { kind: 'conv', ...sliding(3) };
    case 4:
      undilated(5);
      return { kind: 'depthwise-conv', ...sliding(4) };
    case 6:
      return { kind: 'dequantize' };
    case 14:
      return { kind: 'sigmoid' };
    case 17:
      return { kind: 'max-pool', width: number(3), height: number(4), ...sliding(5) };
    case 18:
      return { kind: 'mul', activation: activation(byte(0)) };
    case 19:
      return { kind: 'relu' };
    case 21:
      return { kind: 'relu6' };
    case 22:
      return { kind: 'reshape' };
    case 23:
      return { kind: 'resize', alignCorners: byte(2) !== 0, halfPixel: byte(3) !== 0 };
    case 34:
      return { kind: 'pad' };
    case 41:
      return { kind: 'sub', activation: activation(byte(0)) };
    case 54:
      return { kind: 'prelu' };
    case 101:
      return { kind: 'abs' };
    default:
      throw new Error(`TFLite operator ${code} is not converted here`);
  }
}

function activation(code: number): Activation {
  if (code === 0) return 'none';
  if (code === 1) return 'relu';
  if (code === 3) return 'relu6';
  throw new Error(`TFLite activation ${code} is not converted here`);
}
