import { block, integer } from './protobuf.ts';

/** Numbers of ONNX's onnx.proto3, enum TensorProto.DataType. */
export const ONNX_FLOAT = 1;
export const ONNX_INT64 = 7;
export const ONNX_FLOAT16 = 10;

export type Attribute = number | string | readonly number[];
/** A named input or output; a text stands for a dimension that is left open, as `n` for the batch. */
export type Port = { name: string; shape: readonly (number | string)[] };

/**
 * Collects the nodes and constants of a model and writes them as an ONNX file of opset 13. Only whole-number, text and
 * integer-list attributes exist here: the three models need no others. What is written depends on nothing but the
 * calls and their order, so that a rebuilt file can be compared by its hash.
 */
export class OnnxGraph {
  readonly #nodes: Buffer[] = [];
  readonly #constants: Buffer[] = [];
  readonly #constantNames = new Set<string>();

  /** Adds a constant once per name and returns the name. */
  constant(name: string, shape: readonly number[], type: number, bytes: Buffer): string {
    if (this.#constantNames.has(name)) return name;
    this.#constantNames.add(name);
    const dims = shape.map((d) => integer(1, d));
    this.#constants.push(block(5, ...dims, integer(2, type), block(8, name), block(9, bytes)));
    return name;
  }

  floats(name: string, shape: readonly number[], values: Iterable<number>): string {
    return this.constant(name, shape, ONNX_FLOAT, Buffer.from(Float32Array.from(values).buffer));
  }

  integers(name: string, values: readonly number[]): string {
    return this.constant(name, [values.length], ONNX_INT64, Buffer.from(BigInt64Array.from(values, BigInt).buffer));
  }

  /** Adds an operator with one output and returns the output's name. */
  node(
    type: string,
    inputs: readonly string[],
    attributes: Record<string, Attribute> = {},
    output = `t${this.#nodes.length}`,
  ): string {
    const name = `${type}_${this.#nodes.length}`;
    this.#nodes.push(
      block(
        1,
        ...inputs.map((input) => block(1, input)),
        block(2, output),
        block(3, name),
        block(4, type),
        ...Object.entries(attributes).map(([key, value]) => attribute(key, value)),
      ),
    );
    return output;
  }

  encode(name: string, inputs: readonly Port[], outputs: readonly Port[], metadata: Record<string, string>): Buffer {
    const graph = block(
      7,
      ...this.#nodes,
      block(2, name),
      ...this.#constants,
      ...inputs.map((port) => block(11, ...valueInfo(port))),
      ...outputs.map((port) => block(12, ...valueInfo(port))),
    );
    const notes = Object.entries(metadata).map(([key, value]) => block(14, block(1, key), block(2, value)));
    const opset = block(8, block(1, ''), integer(2, 13));
    return Buffer.concat([integer(1, 8), block(2, 'tflite2onnx'), opset, graph, ...notes]);
  }
}

function attribute(name: string, value: Attribute): Buffer {
  if (typeof value === 'string') return block(5, block(1, name), block(4, value), integer(20, 3));
  if (typeof value === 'number') return block(5, block(1, name), integer(3, value), integer(20, 2));
  return block(5, block(1, name), ...value.map((v) => integer(8, v)), integer(20, 7));
}

function valueInfo({ name, shape }: Port): Buffer[] {
  const dims = shape.map((d) => block(1, typeof d === 'string' ? block(2, d) : integer(1, d)));
  return [block(1, name), block(2, block(1, integer(1, ONNX_FLOAT), block(2, ...dims)))];
}
