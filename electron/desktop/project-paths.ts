import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where the parts of one installation lie. All absolute. */
export interface ProjectPaths {
  /** The folder with package.json: the clone, or `app.asar` when packaged. */
  root: string;
  /** The built desks: index.html and hashed files. */
  rendererDir: string;
  resourcesDir: string;
  modelsDir: string;
}

/**
 * Finds the parts from the folder of the running module, which is `electron/` in development and `out/main/` when built.
 *
 * @param packagedResources  Electron's `process.resourcesPath` in an installed app: models and resources lie there, outside
 *   the archive, because onnxruntime and hash checks open them by name
 * @throws Error when no package.json stands above `fromDir`
 */
export function projectPaths(fromDir: string, packagedResources?: string): ProjectPaths {
  let root = fromDir;
  while (!existsSync(join(root, 'package.json'))) {
    const above = dirname(root);
    if (above === root) throw new Error(`no package.json above ${fromDir}: the installation is incomplete`);
    root = above;
  }
  const outside = packagedResources ?? root;
  return {
    root,
    rendererDir: join(root, 'out', 'renderer'),
    resourcesDir: join(outside, 'resources'),
    modelsDir: join(outside, 'models'),
  };
}

/** Electron's resources folder when the module runs out of an installed app's archive, undefined everywhere else. */
export const packagedResources = (fromDir: string): string | undefined =>
  /[\\/]app\.asar([\\/]|$)/.test(fromDir) ? (process as { resourcesPath?: string }).resourcesPath : undefined;
