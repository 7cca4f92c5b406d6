// Nothing that people read stands outside the catalogue: a translation of it is a translation of the Portal.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "vite";
import { expect, test } from "vitest";

const ROOT = import.meta.dirname;
/** Attributes that people see or hear. */
const SPOKEN = new Set(["title", "alt", "placeholder", "label", "description", "aria-label"]);

type Node = { readonly type: string; readonly [field: string]: unknown };

test("finds text outside the catalogue", () => {
  expect(literals('<p title="Close"><b>Hello {name}</b> {"you"}</p>')).toEqual([
    "Close",
    "Hello",
    "you",
  ]);
  expect(literals('<p className="x" data-testid="y">{`1 × 2`} · 12 %</p>')).toEqual([]);
});

const FILES = readdirSync(ROOT, { recursive: true, encoding: "utf8" });

test.each(FILES.filter((file) => file.endsWith(".tsx")))("%s says nothing of its own", (file) => {
  expect(literals(readFileSync(join(ROOT, file), "utf8"))).toEqual([]);
});

function literals(source: string): readonly string[] {
  const { program } = parseSync("file.tsx", source);
  return spoken(program as unknown as Node).filter((text) => /\p{L}{2}/u.test(text));
}

// Text between tags, strings in braces between tags, and strings of spoken attributes.
function spoken(node: Node, isShown = false): readonly string[] {
  switch (node.type) {
    case "JSXText":
      return [String(node.value).trim()];
    case "Literal":
      return isShown && typeof node.value === "string" ? [node.value] : [];
    case "JSXAttribute":
      return childrenOf(node.value).flatMap((child) => spoken(child, isSpoken(node)));
    case "JSXExpressionContainer":
      return childrenOf(node.expression).flatMap((child) => spoken(child, isShown));
    case "JSXElement":
    case "JSXFragment":
      return [
        ...childrenOf(node.openingElement).flatMap((child) => spoken(child)),
        ...childrenOf(node.children).flatMap((child) => spoken(child, true)),
      ];
    default:
      return Object.values(node).flatMap((field) =>
        childrenOf(field).flatMap((one) => spoken(one)),
      );
  }
}

function isSpoken({ name }: Node): boolean {
  return SPOKEN.has(String((name as Node).name));
}

function childrenOf(field: unknown): readonly Node[] {
  const some: readonly unknown[] = Array.isArray(field) ? field : [field];
  return some.filter((one) => typeof one === "object" && one !== null && "type" in one) as Node[];
}
