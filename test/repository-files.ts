import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export type RepositoryFile = { path: string; text: string };

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TEXT = /\.(ts|tsx|mts|mjs|js|css|html|mjml|sql|md|json|ya?ml|csv)$|^\.env\.example$|^[^.]+$/;

/** All text files that are, or are to be, under version control, by path from the root, with `/` on every machine. */
export async function repositoryFiles(): Promise<RepositoryFile[]> {
  const isIgnored = await ignoredNames();
  const paths: string[] = [];
  const walk = async (directory: string): Promise<void> => {
    for (const entry of await readdir(directory, { withFileTypes: true })) {
      if (isIgnored(entry.name)) continue;
      const path = join(directory, entry.name);
      if (entry.isDirectory()) await walk(path);
      else if (entry.isFile() && TEXT.test(entry.name)) paths.push(path);
    }
  };
  await walk(ROOT);
  return Promise.all(
    paths.sort().map(async (path) => ({
      path: relative(ROOT, path).split(sep).join('/'),
      text: await readFile(path, 'utf8'),
    })),
  );
}

/** By .gitignore, which lists plain names; asking git would need a checkout that git trusts. */
async function ignoredNames(): Promise<(name: string) => boolean> {
  const lines = (await readFile(join(ROOT, '.gitignore'), 'utf8')).split('\n');
  const names = new Set(['.git', ...lines.map((line) => line.trim().replace(/\/$/, ''))]);
  return (name) => names.has(name);
}
