import { OnnxGraph, type Port } from './onnx-graph.ts';
import { type Activation, readTflite, type Sliding, type Step, type TfGraph } from './tflite.ts';
import { addWeight, floatsOf, integersOf, type Weight, weightBehind } from './weights.ts';

export type Conversion = { name: string; outputs: readonly string[]; metadata: Record<string, string> };

/**
 * A TFLite graph of floats as an ONNX file. Pictures change from N,H,W,C to N,C,H,W; other outputs keep the order in
 * which TFLite flattens them. The batch dimension is left open as `n`. Throws on anything the three models do not use.
 */
export function tfliteToOnnx(file: Buffer, { name, outputs, metadata }: Conversion): Buffer {
  const graph = readTflite(file);
  const conversion = new Converter(graph);
  const ports = graph.outputs.map((id, i): Port => conversion.output(id, outputs[i] ?? `output${i}`));
  const [, height, width, channels] = graph.tensors[graph.inputs[0]!]!.shape;
  const input: Port = { name: 'input', shape: ['n', channels!, height!, width!] };
  return conversion.onnx.encode(name, [input], ports, metadata);
}

/** Where each axis of N,H,W,C stands in N,C,H,W. */
const AXIS_IN_NCHW = [0, 2, 3, 1] as const;

class Converter {
  readonly onnx = new OnnxGraph();
  readonly #graph: TfGraph;
  readonly #makers = new Map<number, Step>();
  readonly #values = new Map<number, string>();
  readonly #written = new Map<number, string>();

  constructor(graph: TfGraph) {
    this.#graph = graph;
    for (const step of graph.steps) for (const id of step.outputs) this.#makers.set(id, step);
    for (const id of graph.inputs) this.#values.set(id, 'input');
  }

  output(id: number, name: string): Port {
    const shape = this.#shape(id);
    this.onnx.node('Identity', [this.#inTfliteOrder(this.#value(id), shape)], {}, name);
    const [, height, width, channels] = shape;
    const rest = shape.length === 4 && height! * width! === 1 ? [channels!, 1, 1] : shape.slice(1);
    return { name, shape: ['n', ...rest] };
  }

  /** The name of a tensor's value, converting the step that makes it (and all before it) on first use. */
  #value(id: number): string {
    const known = this.#values.get(id);
    if (known !== undefined) return known;
    const step = this.#makers.get(id);
    if (!step) throw new Error(`nothing computes tensor ${id}`);
    const value = this.#convert(step, id);
    this.#values.set(id, value);
    return value;
  }

  #convert(step: Step, id: number): string {
    const { operator } = step;
    const [first, second] = step.inputs as [number, number];
    switch (operator.kind) {
      case 'conv':
      case 'depthwise-conv':
        return this.#convolution(step, operator.kind === 'depthwise-conv', operator);
      case 'max-pool':
      case 'average-pool': {
        const window = {
          kernel_shape: [operator.height, operator.width],
          strides: [operator.strideY, operator.strideX],
        };
        const pads = padding(operator, this.#shape(first), operator.height, operator.width);
        const type = operator.kind === 'max-pool' ? 'MaxPool' : 'AveragePool';
        return this.#activate(this.onnx.node(type, [this.#value(first)], { ...window, pads }), operator.activation);
      }
      case 'add':
      case 'sub':
      case 'mul':
        return this.#spelledOutPrelu(step) ?? this.#arithmetic(step, operator);
      case 'relu':
        return this.onnx.node('Relu', [this.#value(first)]);
      case 'relu6':
        return this.#activate(this.#value(first), 'relu6');
      case 'abs':
        return this.onnx.node('Abs', [this.#value(first)]);
      case 'sigmoid':
        return this.onnx.node('Sigmoid', [this.#value(first)]);
      case 'prelu':
        return this.#prelu(this.#value(first), floatsOf(this.#weight(second)), second);
      case 'pad': {
        const pairs = integersOf(this.#weight(second));
        const before = axesInNchw(pairs.filter((_, i) => i % 2 === 0));
        const after = axesInNchw(pairs.filter((_, i) => i % 2 === 1));
        return this.onnx.node('Pad', [this.#value(first), this.onnx.integers(`pad${id}`, [...before, ...after])]);
      }
      case 'resize': {
        const [height, width] = integersOf(this.#weight(second)) as [number, number];
        const [, oldHeight, oldWidth] = this.#shape(first) as [number, number, number];
        const mode = operator.alignCorners ? 'align_corners' : operator.halfPixel ? 'half_pixel' : 'asymmetric';
        const value = this.#value(first);
        const scales = this.onnx.floats(`sc${id}`, [4], [1, 1, height / oldHeight, width / oldWidth]);
        return this.onnx.node('Resize', [value, '', scales], { mode: 'linear', coordinate_transformation_mode: mode });
      }
      case 'concat': {
        const values = step.inputs.map((input) => this.#value(input));
        const isPicture = this.#shape(first).length === 4;
        const axis = operator.axis < 0 && isPicture ? operator.axis + 4 : operator.axis;
        return this.onnx.node('Concat', values, { axis: isPicture ? AXIS_IN_NCHW[axis]! : axis });
      }
      case 'reshape': {
        const [batch, ...rest] = this.#shape(id);
        const isBatch = batch === this.#shape(this.#graph.inputs[0]!)[0];
        const value = this.#inTfliteOrder(this.#value(first), this.#shape(first));
        const shape = this.onnx.integers(`sh${id}`, [isBatch ? 0 : batch!, ...rest]); // 0 keeps the batch open
        return this.onnx.node('Reshape', [value, shape]);
      }
      case 'dequantize':
        throw new Error('a computed value is widened from float16');
    }
  }

  /** TFLite kernels are [out, h, w, in], depthwise [1, h, w, channels]; ONNX wants [out, in, h, w] and [channels, 1, h, w]. */
  #convolution(step: Step, depthwise: boolean, sliding: Sliding): string {
    const [input, kernelId, biasId] = step.inputs as [number, number, number];
    const kernel = this.#weight(kernelId);
    const [out, height, width, inner] = kernel.shape as [number, number, number, number];
    const area = height * width;
    const shape = depthwise ? [inner, 1, height, width] : [out, inner, height, width];
    const weights = addWeight(this.onnx, this.#written, kernel, shape, (i) => {
      const spot = i % area;
      const channel = Math.floor(i / area) % inner;
      const filter = Math.floor(i / area / inner);
      return (filter * area + spot) * inner + channel;
    });
    const bias = this.#weight(biasId);
    const inputs = [this.#value(input), weights, addWeight(this.onnx, this.#written, bias, bias.shape)];
    const result = this.onnx.node('Conv', inputs, {
      kernel_shape: [height, width],
      strides: [sliding.strideY, sliding.strideX],
      group: depthwise ? this.#shape(input)[3]! : 1,
      pads: padding(sliding, this.#shape(input), height, width),
    });
    return this.#activate(result, sliding.activation);
  }

  #arithmetic(step: Step, operator: { kind: 'add' | 'sub' | 'mul'; activation: Activation }): string {
    const operands = step.inputs.map((id) => {
      const weight = weightBehind(this.#graph, this.#makers, id);
      return weight ? this.#perChannel(weight) : this.#value(id);
    });
    const type = { add: 'Add', sub: 'Sub', mul: 'Mul' }[operator.kind];
    return this.#activate(this.onnx.node(type, operands), operator.activation);
  }

  /** Older Keras exports spell PReLU as relu(x) + c * (x - |x|), where c is half the slope. Null for any other addition. */
  #spelledOutPrelu(step: Step): string | null {
    if (step.operator.kind !== 'add') return null;
    const [a, b] = step.inputs as [number, number];
    return this.#preluOf(a, b) ?? this.#preluOf(b, a);
  }

  #preluOf(positive: number, negative: number): string | null {
    const relu = this.#makers.get(positive);
    const product = this.#makers.get(negative);
    if (relu?.operator.kind !== 'relu' || product?.operator.kind !== 'mul') return null;
    const x = relu.inputs[0]!;
    const weights = product.inputs.map((id) => weightBehind(this.#graph, this.#makers, id));
    const constant = weights.find((weight) => weight !== null);
    const computed = product.inputs[weights.indexOf(null)];
    const difference = computed === undefined ? undefined : this.#makers.get(computed);
    if (!constant || difference?.operator.kind !== 'sub' || difference.inputs[0] !== x) return null;
    const magnitude = this.#makers.get(difference.inputs[1]!);
    if (magnitude?.operator.kind !== 'abs' || magnitude.inputs[0] !== x) return null;
    const slopes = floatsOf(constant).map((c) => 2 * c);
    return this.#prelu(this.#value(x), slopes, constant.id);
  }

  /**
   * PReLU, a slope per channel below zero, as slope * x + (1 - slope) * relu(x) with convolutions of one pixel. onnxruntime
   * keeps pictures in blocks of channels from convolution to convolution; its own PRelu knows no blocks, and unpacking and
   * packing around it took more than half of the time of mesh and embedder.
   */
  #prelu(x: string, slopes: readonly number[], id: number): string {
    const channels = slopes.length;
    const onePixel = { kernel_shape: [1, 1], strides: [1, 1], group: channels, pads: [0, 0, 0, 0] };
    const times = (value: string, name: string, factors: readonly number[]) =>
      this.onnx.node('Conv', [value, this.onnx.floats(`${name}${id}`, [channels, 1, 1, 1], factors)], onePixel);
    const rest = slopes.map((slope) => 1 - slope);
    // While no factor is negative, relu may come last, where the runtime makes it part of the convolution.
    const above = rest.every((factor) => factor >= 0)
      ? this.onnx.node('Relu', [times(x, 'rest', rest)])
      : times(this.onnx.node('Relu', [x]), 'rest', rest);
    return this.onnx.node('Add', [times(x, 'slope', slopes), above]);
  }

  #activate(value: string, activation: Activation): string {
    if (activation === 'none') return value;
    if (activation === 'relu') return this.onnx.node('Relu', [value]);
    return this.onnx.node('Clip', [value, this.onnx.floats('zero', [], [0]), this.onnx.floats('six', [], [6])]);
  }

  /** A constant with one number per channel, shaped so that ONNX spreads it over height and width. */
  #perChannel(weight: Weight): string {
    const channels = weight.shape.at(-1);
    return addWeight(this.onnx, this.#written, weight, channels === undefined ? [] : [channels, 1, 1]);
  }

  /** A picture back in TFLite's order; with a single pixel the two orders are the same. */
  #inTfliteOrder(value: string, shape: readonly number[]): string {
    const isPicture = shape.length === 4 && shape[1]! * shape[2]! > 1;
    return isPicture ? this.onnx.node('Transpose', [value], { perm: [0, 2, 3, 1] }) : value;
  }

  #shape(id: number): number[] {
    return this.#graph.tensors[id]!.shape;
  }

  #weight(id: number): Weight {
    const weight = weightBehind(this.#graph, this.#makers, id);
    if (!weight) throw new Error(`tensor ${id} should be a constant`);
    return weight;
  }
}

function axesInNchw(byAxis: readonly number[]): number[] {
  const moved: number[] = [];
  for (const [axis, value] of byAxis.entries()) moved[AXIS_IN_NCHW[axis]!] = value;
  return moved;
}

/** TFLite's SAME padding puts the odd pixel at the bottom and right. Order: top, left, bottom, right. */
function padding(sliding: Sliding, shape: readonly number[], height: number, width: number): number[] {
  if (!sliding.same) return [0, 0, 0, 0];
  const around = (size: number, stride: number, kernel: number) => {
    const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + kernel - size);
    return [total >> 1, total - (total >> 1)] as const;
  };
  const [top, bottom] = around(shape[1]!, sliding.strideY, height);
  const [left, right] = around(shape[2]!, sliding.strideX, width);
  return [top, left, bottom, right];
}
