import { expect, test } from "vitest";
import { hostOf, readUrls } from "./url-list.ts";

test("reads a URL per line and forgives spaces, commas and empty lines", () => {
  const { urls, bad } = readUrls(" https://a.example/1.jpg,\r\n\nHTTP://b.example/2.png\n", false);
  expect(urls).toEqual(["https://a.example/1.jpg", "HTTP://b.example/2.png"]);
  expect(bad).toEqual([]);
});

test("names the lines that are no URL", () => {
  const { urls, bad } = readUrls(
    "https://a.example/1.jpg\nftp://a.example/1\nhello\nhttp://a b",
    false,
  );
  expect(urls).toHaveLength(1);
  expect(bad.map(({ line, given }) => [line, given])).toEqual([
    [2, "ftp://a.example/1"],
    [3, "hello"],
    [4, "http://a b"],
  ]);
});

test("takes a repeated URL once unless duplicates are wanted", () => {
  const given = "https://a.example/1.jpg\nhttps://a.example/1.jpg";
  expect(readUrls(given, false)).toMatchObject({ urls: { length: 1 }, repeated: 1 });
  expect(readUrls(given, true)).toMatchObject({ urls: { length: 2 }, repeated: 0 });
});

test("a URL may have 8192 characters and no more", () => {
  const url = (length: number) => "https://a.example/".padEnd(length, "x");
  expect(readUrls(url(8192), false).urls).toHaveLength(1);
  expect(readUrls(url(8193), false).bad).toHaveLength(1);
});

test("knows the host that all URLs share", () => {
  expect(hostOf(["https://a.example/1", "https://a.example/2"])).toBe("a.example");
  expect(hostOf(["https://a.example/1", "https://b.example/2"])).toBe("");
});
