// Settings about URLs: comma-separated text -> records. What they do stands in engine/fetch-image.ts.
import { resolve } from "node:path";
import { z } from "zod";

/** A host by name, as URLs write it: lower case, punycode, brackets around IPv6. */
export type AllowedHost = {
  readonly hostname: string;
  /** TCP port; undefined: any. */
  readonly port: number | undefined;
};

/** URLs that start like this are files in a folder of this machine. */
export type UrlMirror = {
  /** Host with its port unless that is the default, such as "localhost:8080". */
  readonly host: string;
  /** Decoded segments of the path that the URL starts with; often none. */
  readonly prefix: readonly string[];
  /** Absolute path. */
  readonly folder: string;
};

/** "host", "host:port" -> hosts. */
export const urlAllowSchema = listOf(toAllowedHost, "hosts such as photos.lan,localhost:9000");

/** "host=folder", "host/path=folder" -> mirrors. */
export const urlMirrorSchema = listOf(
  toUrlMirror,
  "hosts with folders such as example.com=./folder,example.org/photos=./photos",
);

function listOf<T>(toEntry: (text: string) => T | undefined, expected: string) {
  return z.string().transform((text, { issues }) => {
    const given = text.split(",").filter((part) => part.trim() !== "");
    const entries = given.map((part) => toEntry(part.trim()));
    const good = entries.filter((entry) => entry !== undefined);
    if (good.length === given.length) return good;
    issues.push({ code: "custom", message: expected, input: text });
    return z.NEVER;
  });
}

function toAllowedHost(text: string): AllowedHost | undefined {
  const [, host = "", digits] = /^(\[[^\]]*\]|[^:/?#@*\\]*)(?::(\d{1,5}))?$/.exec(text) ?? [];
  const port = digits === undefined ? undefined : Number(digits);
  if (host === "" || !URL.canParse(`http://${host}`) || (port ?? 1) < 1 || (port ?? 1) > 65535) {
    return undefined;
  }
  return { hostname: new URL(`http://${host}`).hostname, port };
}

function toUrlMirror(text: string): UrlMirror | undefined {
  const [start = "", ...rest] = text.split("=");
  const folder = rest.join("=");
  if (folder === "" || /\/\/|[?#@*\\\s]/.test(start) || !URL.canParse(`http://${start}`)) {
    return undefined;
  }
  const { host, pathname } = new URL(`http://${start}`);
  const prefix = toSegments(pathname);
  return host === "" || prefix === undefined
    ? undefined
    : { host, prefix, folder: resolve(folder) };
}

/** Decoded segments of a URL's path without empty ones; undefined if it is not well encoded. */
export function toSegments(pathname: string): readonly string[] | undefined {
  try {
    return pathname
      .split("/")
      .filter((segment) => segment !== "")
      .map(decodeURIComponent);
  } catch {
    return undefined; // a percent sign that encodes nothing
  }
}
