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

/**
 * `models/manifest.json`: one detector, one mesh, one embedder. Detector and mesh are the ones the chain was written
 * for; the embedder may be a site's own, of any length, with thresholds measured for it.
 */
export const ModelManifest = z
  .object({ format: z.literal(1), models: z.array(z.discriminatedUnion('role', [Detector, Mesh, Embedder])).length(3) })
  .refine(({ models }) => new Set(models.map((m) => m.role)).size === 3, 'one model for each role');

export type ModelManifest = z.infer<typeof ModelManifest>;
export type ListedModel = ModelManifest['models'][number];
export type ListedEmbedder = z.infer<typeof Embedder>;
