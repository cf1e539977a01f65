import type { InferenceSession } from 'onnxruntime-node';
import type { ListedModel } from '../manifest.ts';
import type { Network } from './network.ts';

type Runtime = typeof import('onnxruntime-node');

/** Inputs or outputs other than the manifest says; `detail` names what was found. */
export class ModelShapeMismatch extends Error {}

/**
 * Loads a verified model, one thread: two were slower, and the station's other work needs the second core.
 *
 * @throws ModelShapeMismatch when the model's inputs or outputs are not those of the manifest; what the runtime throws
 *   when the bytes are no model
 */
export async function loadNetwork(runtime: Runtime, bytes: Uint8Array, listed: ListedModel): Promise<Network> {
  const session = await runtime.InferenceSession.create(bytes, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionProviders: ['cpu'],
    // Measured: a plan of where tensors lie costs 10 MB more than it saves, and no time.
    enableMemPattern: false,
    logSeverityLevel: 3,
  });
  const { name, width, height } = listed.input;
  requirePort(session.inputMetadata, name, [3, height, width]);
  for (const [output, shape] of Object.entries(listed.outputs)) requirePort(session.outputMetadata, output, shape);
  return async (input, batch) => {
    const tensor = new runtime.Tensor('float32', input, [batch, 3, height, width]);
    const outputs = await session.run({ [name]: tensor });
    return Object.fromEntries(Object.entries(outputs).map(([key, value]) => [key, floatsOf(key, value.data)]));
  };
}

function requirePort(ports: readonly InferenceSession.ValueMetadata[], name: string, shape: readonly number[]): void {
  const port = ports.find((p) => p.name === name);
  if (!port?.isTensor) throw new ModelShapeMismatch(`no tensor named ${name}`);
  const found = port.shape.slice(1); // the first dimension is the batch
  const same = found.length === shape.length && found.every((d, i) => d === shape[i]);
  if (port.type !== 'float32' || !same) {
    throw new ModelShapeMismatch(`${name} is ${port.type} ${found.join('x')}, expected float32 ${shape.join('x')}`);
  }
}

function floatsOf(name: string, data: unknown): Float32Array {
  if (!(data instanceof Float32Array)) throw new TypeError(`output ${name} is not float32`);
  return data;
}
