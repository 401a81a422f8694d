// Bundles the scripts and styles, which lie beside their slices, and the font into the folder given as the first argument, each also
// compressed.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile, copyFile, mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const folder = process.argv[2];
const packages = createRequire(import.meta.url);

// A style names a font by its package; the page asks for it at the address that Asset.Url gives it.
const fonts = {
  name: "fonts",
  setup: ({ onResolve }) => onResolve({ filter: /\.woff2$/ }, async ({ path }) => {
    const bytes = await readFile(packages.resolve(path));
    await writeFile(join(folder, basename(path)), bytes);
    return { path: `/assets/${basename(path)}?v=${createHash("sha256").update(bytes).digest("hex").slice(0, 12)}`, external: true };
  }),
};

const shared = { bundle: true, minify: true, legalComments: "none", logLevel: "warning", target: ["es2022", "safari16.4"] };

await mkdir(folder, { recursive: true });
await Promise.all([
  build({ ...shared, entryPoints: ["app.ts"], outfile: join(folder, "handoff.js"), format: "esm" }),
  build({ ...shared, entryPoints: ["Layout/theme-first.ts"], outfile: join(folder, "theme.js"), format: "iife" }),
  build({ ...shared, entryPoints: ["app.css"], outfile: join(folder, "handoff.css"), plugins: [fonts] }),
  copyFile("Layout/icon.svg", join(folder, "icon.svg")),
  copyFile(packages.resolve("@fontsource-variable/inter/LICENSE"), join(folder, "font-license.txt")),
]);

for (const name of await readdir(folder)) {
  const plain = await readFile(join(folder, name));
  await writeFile(join(folder, name + ".br"), brotliCompressSync(plain));
  await writeFile(join(folder, name + ".gz"), gzipSync(plain, { level: 9 }));
}
