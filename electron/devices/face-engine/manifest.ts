import { z } from 'zod';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** A plain file name: a manifest cannot make the station read outside the models folder. */
const FileName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,80}$/);
const Side = z.int().min(16).max(1024);

const model = {
  name: z.string().min(1).max(60),
  file: FileName,
  bytes: z.int().min(1).max(200_000_000),
  sha256: Sha256,
  licence: z.string().min(1),
  source: z.object({ package: z.string(), version: z.string(), file: z.string(), sha256: Sha256 }),
  input: z.object({
    name: z.string(),
    width: Side,
    height: Side,
    colourOrder: z.enum(['rgb', 'bgr']),
    mean: z.number(),
    scale: z.number().positive(),
  }),
  /** Shapes without the batch dimension. */
  outputs: z.record(z.string(), z.array(z.int().positive()).min(1)),
};

const Threshold = z.number().min(-1).max(1);

const Detector = z.object({ role: z.literal('detector'), ...model });
const Mesh = z.object({ role: z.literal('mesh'), ...model });
const Embedder = z
  .object({
    role: z.literal('embedder'),
    ...model,
    embedding: z.object({
      /** How the face is laid into the picture; the thresholds hold for this way only. */
      template: z.enum(['five-points-112', 'two-alignments-112']),
      length: z.int().min(16).max(4096),
      distance: z.literal('cosine'),
      /** Whether the mirror image is averaged in; `two-alignments-112` always does. */
      mirrored: z.boolean(),
      thresholds: z.object({ '1e-2': Threshold, '1e-3': Threshold, '1e-4': Threshold }),
    }),
  })
  .refine((m) => m.input.width === 112 && m.input.height === 112, 'the templates are of 112 x 112')
  .refine((m) => m.outputs.embedding?.join() === String(m.embedding.length), 'the output embedding has another length')
  .refine(
    ({ embedding: { thresholds: t } }) => t['1e-2'] <= t['1e-3'] && t['1e-3'] <= t['1e-4'],
    'thresholds must rise',
  );

/** A site's own network that tells photographs and screens from people. Its word is advice: none is good enough to decide. */
const Passive = z
  .object({
    role: z.literal('passive'),
    ...model,
    passive: z.object({
      /** Side of the square that is shown to it, in widths of the face's box. */
      faceWidths: z.number().min(0.5).max(5),
      output: z.string(),
      /** Which of the output's values is that of a living person, from 0. */
      liveIndex: z.int().min(0).max(99),
      /** The values are to be turned into shares of 1 first. */
      softmax: z.boolean(),
    }),
  })
  .refine((m) => m.input.width === m.input.height, 'its picture must be a square')
  .refine((m) => {
    const shape = m.outputs[m.passive.output];
    return shape !== undefined && m.passive.liveIndex < shape.reduce((product, side) => product * side, 1);
  }, 'liveIndex is not in the output');

const REQUIRED = ['detector', 'mesh', 'embedder'];

/**
 * `models/manifest.json`: one detector, one mesh, one embedder, and a passive network where a site has one. Detector and mesh
 * are the ones the chain was written for; the embedder may be a site's own, of any length, with thresholds measured for it.
 */
export const ModelManifest = z
  .object({
    format: z.literal(1),
    models: z
      .array(z.discriminatedUnion('role', [Detector, Mesh, Embedder, Passive]))
      .min(3)
      .max(4),
  })
  .refine(({ models }) => new Set(models.map((m) => m.role)).size === models.length, 'one model for each role')
  .refine(
    ({ models }) => REQUIRED.every((role) => models.some((m) => m.role === role)),
    'detector, mesh or embedder is missing',
  );

export type ModelManifest = z.infer<typeof ModelManifest>;
export type ListedModel = ModelManifest['models'][number];
export type ListedEmbedder = z.infer<typeof Embedder>;
export type ListedPassive = z.infer<typeof Passive>;
