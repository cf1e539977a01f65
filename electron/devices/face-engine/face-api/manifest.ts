import { z } from 'zod';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** Below node_modules, and nowhere else. */
const PackagePath = z.string().regex(/^(@[a-z0-9-]+\/)?[a-z0-9-]+(\/[A-Za-z0-9][A-Za-z0-9._-]*)+$/);
const Threshold = z.number().min(-1).max(1);

const File = z.object({ path: PackagePath, bytes: z.int().min(1).max(50_000_000), sha256: Sha256 });

const Model = z.object({
  role: z.enum(['detector', 'landmarks', 'embedder']),
  name: z.string().min(1).max(60),
  licence: z.string().min(1),
  source: z.string().min(1),
  weights: File,
  /** Names, shapes and quantisation of the weights. */
  layout: File,
});

/** `models/face-api.json`: what the second engine loads out of npm packages, and where its likeness passes. */
export const FaceApiManifest = z
  .object({
    format: z.literal(1),
    models: z.array(Model).length(3),
    /** The WebAssembly backend, with and without SIMD. */
    wasm: z.array(File).min(1),
    thresholds: z.object({ '1e-2': Threshold, '1e-3': Threshold, '1e-4': Threshold }),
  })
  .refine(({ models }) => new Set(models.map((m) => m.role)).size === 3, 'one model for each role')
  .refine(({ thresholds: t }) => t['1e-2'] <= t['1e-3'] && t['1e-3'] <= t['1e-4'], 'thresholds must rise');

export type FaceApiManifest = z.infer<typeof FaceApiManifest>;
export type ListedFile = z.infer<typeof File>;
