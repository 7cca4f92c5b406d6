// Vector drawings -> OUT/SET/NNNNN.png, 128 x 128, and OUT/SET.jsonl: {file, label, tags} a line.
//   node render.mjs --packages FOLDER --drawings FOLDER --debian FOLDER --out FOLDER [SET ...]
// packages: where `npm install` put sharp and the emoji (README.md); drawings: unpacked flags/ and logos/.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

const SIDE = 128;
// Three drawings in eleven lie on a pale ground, so that white does not mean "drawn".
const GROUNDS = ["#fdebd0", "#d6eaf8", "#d5f5e3", "#fadbd8", "#e8daef", "#fcf3cf", "#eaeded"];
const PARTS = /skin-tone|skin tone|^keycap|^regional-indicator|^u\d|^x[0-9a-f]{4}|^uni/;
const CLEAR = "#0000";

const { values: folders, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    packages: { type: "string", default: "." },
    drawings: { type: "string", default: "." },
    debian: { type: "string", default: "." },
    out: { type: "string", default: "rendered" },
  },
});
const installed = resolve(folders.packages, "node_modules");
const load = createRequire(join(installed, "/"));
const sharp = load("sharp");
sharp.concurrency(1);
sharp.cache(false);
const emoji = load("emojibase-data/en/data.json");
const byCode = new Map(emoji.map((each) => [withoutVariant(each.hexcode), each]));
const byName = new Map(emoji.map((each) => [toSlug(each.label), each]));

const SETS = {
  "emoji-twemoji": twemoji,
  "emoji-openmoji": openmoji,
  "emoji-noto": () => iconify("noto"),
  "emoji-fluent": () => iconify("fluent-emoji", "fluent-emoji-flat"),
  "emoji-other": () =>
    iconify("noto-v1", "fxemoji", "emojione", "streamline-emojis", "flat-color-icons"),
  "icons-game": () => iconify("game-icons"),
  flags,
  logos,
  "tuxpaint-svg": () => stamps("tuxpaint-stamps-default/usr/share/tuxpaint/stamps"),
};
for (const name of wanted.length ? wanted : Object.keys(SETS)) await render(name, SETS[name]());

async function render(name, drawings) {
  mkdirSync(join(folders.out, name), { recursive: true });
  const rows = [];
  let failed = 0;
  for (const { label, tags = [], svg } of drawings) {
    const file = `${name}/${String(rows.length).padStart(5, "0")}.png`;
    try {
      await draw(svg, join(folders.out, file), name === "logos" ? 8 : 4);
      rows.push({ file, label, tags });
    } catch {
      failed++; // not every drawing is one that librsvg can read
    }
  }
  writeFileSync(
    join(folders.out, `${name}.jsonl`),
    rows.map((row) => `${JSON.stringify(row)}\n`).join(""),
  );
  console.log(`${name}: ${rows.length} drawings, ${failed} failed`);
}

/** Fitted into a square with a margin. */
async function draw(svg, path, margin) {
  const chance = createHash("md5").update(svg).digest();
  const background = chance[0] < 70 ? GROUNDS[chance[1] % GROUNDS.length] : "#ffffff";
  const { width, height } = await sharp(svg, { unlimited: true }).metadata();
  const dotsPerInch = Math.ceil((72 * SIDE) / Math.max(width, height));
  const density = Math.max(1, Math.min(2400, dotsPerInch));
  const inner = SIDE - 2 * margin;
  await sharp(svg, { unlimited: true, density })
    .resize(inner, inner, { fit: "contain", background: CLEAR })
    .extend({ top: margin, bottom: margin, left: margin, right: margin, background: CLEAR })
    .flatten({ background })
    .png({ compressionLevel: 1 })
    .toFile(path);
}

function* twemoji() {
  const folder = join(installed, "@twemoji/svg");
  for (const file of readdirSync(folder).sort()) {
    const known = byCode.get(withoutVariant(file.slice(0, -4).toUpperCase()));
    const isComponent = known?.group === 2;
    if (known && !isComponent) yield { ...named(known), svg: readFileSync(join(folder, file)) };
  }
}

function* openmoji() {
  for (const each of load("openmoji/data/openmoji.json")) {
    const path = join(installed, "openmoji/color/svg", `${each.hexcode}.svg`);
    if (each.skintone || each.group.includes("component") || !existsSync(path)) continue;
    const tags = `${each.tags},${each.openmoji_tags}`.split(",").map((tag) => tag.trim());
    yield { label: each.annotation, tags: tags.filter(Boolean), svg: readFileSync(path) };
  }
}

/** Icon sets of Iconify: names that are an emoji's get its label and keywords. */
function* iconify(...packages) {
  for (const each of packages) {
    const set = load(`@iconify-json/${each}/icons.json`);
    for (const [name, icon] of Object.entries(set.icons)) {
      const known = byName.get(name);
      const label = known?.label ?? name.replace(/-\d+$/, "").replace(/-/g, " ");
      if (icon.hidden || PARTS.test(name) || label.length < 3 || label.startsWith("abstract"))
        continue;
      yield { label, tags: known?.tags ?? [], svg: toSvg(icon, set) };
    }
  }
}

function toSvg(icon, set) {
  const width = icon.width || set.width || 16;
  const height = icon.height || set.height || 16;
  const box = `${icon.left || 0} ${icon.top || 0} ${width} ${height}`;
  const spaces = `xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"`;
  return Buffer.from(
    `<svg ${spaces} viewBox="${box}" width="128" height="128" color="#000">${icon.body}</svg>`,
  );
}

function* flags() {
  const folder = join(folders.drawings, "flags");
  const countries = JSON.parse(readFileSync(join(folder, "countries.json"), "utf8"));
  for (const file of readdirSync(join(folder, "svg")).sort()) {
    const label = countries[file.slice(0, -4).toUpperCase()];
    if (label) yield { label, svg: readFileSync(join(folder, "svg", file)) };
  }
}

function* logos() {
  const folder = join(folders.drawings, "logos");
  for (const { name, files } of JSON.parse(readFileSync(join(folder, "logos.json"), "utf8")))
    for (const path of files.map((file) => join(folder, "logos", file)))
      if (existsSync(path)) yield { label: name, svg: readFileSync(path) };
}

/** The stamps that are drawings; their first line of text is English. */
function* stamps(folder) {
  const entries = readdirSync(join(folders.debian, folder), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    const text = join(folders.debian, path.replace(/\.svg$/, ".txt"));
    if (entry.isDirectory()) yield* stamps(path);
    else if (path.endsWith(".svg") && existsSync(text)) {
      const [label] = readFileSync(text, "utf8").split("\n");
      yield { label: label.trim(), svg: readFileSync(join(folders.debian, path)) };
    }
  }
}

function named({ label, tags }) {
  return { label, tags };
}

function withoutVariant(code) {
  return code.replace(/-FE0F/g, "");
}

function toSlug(label) {
  const plain = label.toLowerCase().replace(/[’'“”.!()]/g, "");
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}
