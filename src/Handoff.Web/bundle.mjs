// Bundles Scripts/ and Styles/ into the folder given as the first argument, each file also compressed.
import { build } from "esbuild";
import { readdir, readFile, writeFile, copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const folder = process.argv[2];
const shared = { bundle: true, minify: true, legalComments: "none", logLevel: "warning", target: ["es2022", "safari16.4"] };

await mkdir(folder, { recursive: true });
await Promise.all([
  build({ ...shared, entryPoints: ["Scripts/handoff.ts"], outfile: join(folder, "handoff.js"), format: "esm" }),
  build({ ...shared, entryPoints: ["Scripts/theme-first.ts"], outfile: join(folder, "theme.js"), format: "iife" }),
  build({ ...shared, entryPoints: ["Styles/handoff.css"], outfile: join(folder, "handoff.css") }),
  copyFile("Styles/icon.svg", join(folder, "icon.svg")),
]);

for (const name of await readdir(folder)) {
  const plain = await readFile(join(folder, name));
  await writeFile(join(folder, name + ".br"), brotliCompressSync(plain));
  await writeFile(join(folder, name + ".gz"), gzipSync(plain, { level: 9 }));
}
